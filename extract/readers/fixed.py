"""Lines of a fixed-pitch print as tokens, each with the columns of print that it covers."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extract.claims import looks_like_figure

_TOKEN = regex.compile(r"\S+(?: \S+)*+")
_BLANK = regex.compile(r"[ \u3000]")
_GAP = regex.compile(r"  |\u3000")
_HAN = regex.compile(r"[一-鿿]")
_SENTENCE = regex.compile(r"[。；]")
_OTHER_SIGNS = regex.compile(r"[\t|｜]")
_LONGEST_ROW = 600


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line with the columns of print that it covers, `end` not included."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """The pieces of one line. `placed` says that the columns mean something: pieces that single
    blanks part stand wherever the text before them ended."""

    pieces: tuple[Token, ...]
    placed: bool

    @property
    def is_row(self) -> bool:
        """Whether the line may be a row: a name and a figure, or two figures among three cells."""
        figures = [looks_like_figure(piece.text) for piece in self.pieces]
        if len(figures) == 2:
            return figures == [False, True]
        return len(figures) >= 3 and sum(figures) >= 2


NO_TOKENS = Tokens((), placed=False)


def columns(text: str) -> int:
    """Width in a fixed-pitch print: East Asian wide characters take two columns (UAX #11).

    >>> columns("塔城市 30")
    9
    """
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def line_to_tokens(text: str) -> Tokens:
    """Tokens by two blanks and more; pieces that end in figures are cut at single blanks too.

    >>> [piece.text for piece in line_to_tokens("呼图壁 县    72   43 115").pieces]
    ['呼图壁 县', '72', '43', '115']
    """
    inner = text.strip()
    if len(text) > _LONGEST_ROW or not _BLANK.search(inner) or _OTHER_SIGNS.search(text):
        return NO_TOKENS
    if not _GAP.search(inner):
        return _by_single_blanks(text)
    wide = text.replace("\u3000", "  ").rstrip()
    pieces: list[Token] = []
    at = end = 0
    for match in _TOKEN.finditer(wide):
        at += columns(wide[end : match.start()])
        pieces.extend(_cut_figures(match[0], at))
        at, end = at + columns(match[0]), match.end()
    pieces = _spread_names(pieces)
    return Tokens(tuple(pieces), placed=True) if len(pieces) > 1 else NO_TOKENS


def _by_single_blanks(text: str) -> Tokens:
    """`塔城市 30 243 273`: a row where at least half of the pieces are figures."""
    parts = [piece.text for piece in _spread_names(list(_in_turn(text.split(), 0)))]
    figures = sum(looks_like_figure(part) for part in parts[1:])
    if len(parts) < 2 or figures * 2 < len(parts) or _SENTENCE.search(text):
        return NO_TOKENS
    return Tokens(tuple(_in_turn(parts, 0)), placed=False)


def _spread_names(pieces: list[Token]) -> list[Token]:
    """`奇　台　县` and `合  计` are names spread over their column: single characters are one."""
    whole: list[Token] = []
    joined = False
    for piece in pieces:
        single = len(piece.text) == 1 and bool(_HAN.match(piece.text))
        if single and joined:
            before = whole.pop()
            whole.append(Token(f"{before.text} {piece.text}", before.start, piece.end))
        else:
            whole.append(piece)
        joined = single
    return whole


def _cut_figures(text: str, start: int) -> Iterator[Token]:
    """`4429.1 497.3` are two cells, `呼图壁 县` is one."""
    parts = text.split(" ")
    if len(parts) > 1 and all(looks_like_figure(part) for part in parts[1:]):
        yield from _in_turn(parts, start)
    else:
        yield Token(text, start, start + columns(text))


def _in_turn(parts: list[str], start: int) -> Iterator[Token]:
    for part in parts:
        end = start + columns(part)
        yield Token(part, start, end)
        start = end + 1
