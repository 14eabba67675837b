"""The lines of a scrambled form to tokens: known words in one piece, the rest left as is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import regex

from normalize.performance.claims import is_claim_like
from normalize.performance.labels import Label, Meaning, exact_meaning
from normalize.performance.taxonomy import level_words
from normalize.performance.words import bare, clean, lookup
from normalize.quantities import text_to_quantity
from normalize.text import fold, label_key, squeeze
from schemas.source import Line, LineRef, Ref, SheetRef
from schemas.tables import CellKind

_MOST_PIECES = 6
_LONGEST_WORD = 48
_SPLINTER = 3
_LONG = 20
_PARAGRAPH = 30
_CAPTION = regex.compile(r"\([^()]{0,20}\)|[0-9]{4}年度?|年度")
_UNIT_LINE = regex.compile(r"(?:金额)?单位:.{0,5}")
_TITLE = regex.compile(r"(?:绩效(?:自评|目标|自评价|评价)[^，。；%]{0,12}表|自评表)$")
_LISTED = regex.compile(r"(?:附件[:：]?)?[0-9一二三四五六七八九十]{1,2}[.．、]")


class TokenKind(StrEnum):
    """What a token is, as far as its own text tells."""

    FREE = "free"
    LEVEL = "level"
    HEADER = "header"
    LABEL = "label"
    TITLE = "title"
    MEASURE = "measure"
    CAPTION = "caption"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a scrambled form. `line` is the index of the line that it begins on, `last` of the
    line on which it ends; `end` tells that it ends that line."""

    text: str
    kind: TokenKind
    ref: Ref
    line: int
    last: int
    end: bool = True
    meaning: Meaning | None = None


def width(text: str) -> int:
    """The printed width: a Chinese character takes two columns, a Latin one takes one.

    >>> width("≥95%"), width("满意度")
    (5, 6)
    """
    return sum(1 if char.isascii() else 2 for char in fold(text))


def lines_to_tokens(lines: Sequence[Line]) -> tuple[Token, ...]:
    """Pieces between blanks, in the order of the text; words of the form broken over lines are one
    token again (`满意度指` + `标`), and so are paragraphs (lines up to a 。)."""
    printed = [line for line in lines if clean(line.text)]
    paragraphs = _paragraphs(printed)
    pieces: list[Token] = []
    skip: set[int] = set()
    for number, line in enumerate(printed):
        if number in skip:
            continue
        if number in paragraphs:
            last = paragraphs[number]
            text = "".join(squeeze(clean(p.text)) for p in printed[number : last + 1])
            pieces.append(Token(text, TokenKind.PARAGRAPH, line.ref, number, last))
            skip.update(range(number, last + 1))
            continue
        words = clean(line.text).split()
        pieces += [
            Token(word, TokenKind.FREE, line.ref, number, number, end=at == len(words) - 1)
            for at, word in enumerate(words)
        ]
    return _glue_words(pieces)


def _paragraphs(lines: Sequence[Line]) -> dict[int, int]:
    """First to last line of every run of words that ends in a full stop."""
    texts = [squeeze(clean(line.text)) for line in lines]
    found: dict[int, int] = {}
    floor, before = 0, -1
    for last, text in enumerate(texts):
        if not text.endswith("。"):
            continue
        first = last
        while first > floor and _goes_on(texts[first - 1]):
            first -= 1
        if sum(map(len, texts[first : last + 1])) >= _PARAGRAPH:
            if before >= 0 and first == floor and _adjacent(lines[first - 1].ref, lines[first].ref):
                first = before
            found[first] = last
            floor, before = last + 1, first
    return found


def _goes_on(text: str) -> bool:
    """Whether a line of prose goes on below: it is full, it stops at a comma, or it runs on after a
    full stop (`减少失业。社会稳定和长治久`), as no cell of a form does."""
    open_end = len(text) >= _LONG or text.endswith(("，", "、", "；", ",")) or "。" in text
    return open_end and not text.endswith("。") and _plain(text)


def _is_title(key: str) -> bool:
    """Whether a line is the title of a form; `2.绩效目标表` is one of a list of attachments."""
    return _TITLE.search(key) is not None and _LISTED.match(key) is None


def _plain(text: str) -> bool:
    return not is_claim_like(text) and not _TITLE.search(text) and exact_meaning(text) is None


def _adjacent(one: Ref, two: Ref) -> bool:
    """Whether no blank line stands between two lines; unknown for boxes, which then are apart."""
    if isinstance(one, SheetRef) and isinstance(two, SheetRef):
        return one.sheet == two.sheet and two.line - one.line == 1
    return isinstance(one, LineRef) and isinstance(two, LineRef) and two.line - one.line == 1


def _glue_words(pieces: Sequence[Token]) -> tuple[Token, ...]:
    tokens: list[Token] = []
    at = 0
    while at < len(pieces):
        count, token = _longest_word(pieces, at)
        tokens.append(token)
        at += count
    return tuple(tokens)


def _longest_word(pieces: Sequence[Token], at: int) -> tuple[int, Token]:
    first = pieces[at]
    if first.kind is TokenKind.PARAGRAPH:
        return 1, first
    for count in range(min(_MOST_PIECES, len(pieces) - at), 0, -1):
        run = pieces[at : at + count]
        if any(p.kind is TokenKind.PARAGRAPH for p in run) or (count > 1 and not first.end):
            continue
        if count > 1 and any(not p.end for p in run[:-1]):
            continue
        text = "".join(piece.text for piece in run)
        if count > 1 and len(text) > _LONGEST_WORD:
            continue
        kind, meaning = _known(text, count)
        if kind is not TokenKind.FREE:
            last = run[-1]
            return count, Token(text, kind, first.ref, first.line, last.last, last.end, meaning)
    return 1, first


def _known(text: str, pieces: int) -> tuple[TokenKind, Meaning | None]:
    """The kind of a word of the form, by exact vocabulary: one glyph off may be anything."""
    if len(text) > _LONGEST_WORD:
        return TokenKind.FREE, None
    meaning = exact_meaning(text)
    key = label_key(text)
    tests = (
        (TokenKind.LEVEL, bare(text).endswith("指标") and bare(text) in level_words()),
        (TokenKind.HEADER, bare(text) in lookup("headers", "printed", "meaning")),
        (TokenKind.MEASURE, _UNIT_LINE.fullmatch(key) is not None),
        (TokenKind.TITLE, pieces == 1 and len(key) <= 40 and _is_title(key)),
        (TokenKind.LABEL, meaning is not None),
        (TokenKind.CAPTION, _CAPTION.fullmatch(fold(text)) is not None or _is_splinter(key)),
    )
    kind = next((kind for kind, holds in tests if holds), TokenKind.FREE)
    return kind, meaning if kind is TokenKind.LABEL else None


def _is_splinter(key: str) -> bool:
    """Whether a text is a piece of a level whose rest is lost: `数量指`, `指标`, `影响力`."""
    return 2 <= len(key) <= _SPLINTER and any(
        key in word for word in level_words() if word.endswith("指标") and key != word
    )


def is_number(token: Token) -> bool:
    """Whether a free token is a figure: the value of an amount."""
    if token.kind is not TokenKind.FREE:
        return False
    return text_to_quantity(token.text, token.ref).kind is CellKind.NUMBER


def is_amount_label(token: Token) -> bool:
    """Whether a token introduces an amount (预算数, 其中：社会保险基金)."""
    wanted = {Label.TOTAL, Label.FISCAL, Label.OTHER, Label.LOCAL, Label.BUDGET, Label.EXECUTED}
    return token.meaning is not None and token.meaning.label in wanted
