"""Words outside tables as running lines; lines that print has wrapped become one again."""

from collections.abc import Sequence
from dataclasses import dataclass

from extract.grid.printing import PrintLine, line_to_text, union, words_to_print_lines
from extract.lines import is_furniture
from extract.pages import Box, Page, Word
from schemas.source import Line

# Shares of the height of print: words further apart stand in columns of their own; a line ends
# and begins at the margin if it is no further from it, and a figure or a name that does not break
# leaves some room at the end of a line.
_APART = 2.5
_AT_MARGIN = 4.0
_NO_INDENT = 0.8
_LINE_PITCH = 2.6
_SAME_HEIGHT = 0.25
_SHORTEST_WRAPPED = 15
# Shares of the height of the page in which it prints its number.
_HEAD, _FOOT = 0.08, 0.88
_ENDS = ("。", "：", ":", "；", "！")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of one line that stand together."""

    line: PrintLine
    text: str


def words_to_lines(words: Sequence[Word], page: Page) -> tuple[Line, ...]:
    """Running lines of a page in reading order, furniture marked.

    A paragraph is one line, as in a text file; what stands far apart on one line is two lines.
    """
    pieces = _pieces(words)
    if not pieces:
        return ()
    left = min(piece.line.box.x0 for piece in pieces)
    right = max(piece.line.box.x1 for piece in pieces)
    lines: list[Line] = []
    open_pieces: list[_Piece] = []
    for piece in pieces:
        if open_pieces and not _goes_on(open_pieces[-1], piece, left, right):
            lines.append(_line(open_pieces, page))
            open_pieces = []
        open_pieces.append(piece)
    lines.append(_line(open_pieces, page))
    return tuple(lines)


def _pieces(words: Sequence[Word]) -> list[_Piece]:
    pieces: list[_Piece] = []
    for line in words_to_print_lines(words):
        for group in split_words(line.words, _APART):
            text = line_to_text(group)
            if text:
                box = union([word.box for word in group])
                pieces.append(_Piece(PrintLine(tuple(group), box), text))
    return pieces


def split_words(words: Sequence[Word], apart: float) -> list[list[Word]]:
    """Words of one line, from left to right, cut where the gap is wider than `apart` times their
    height."""
    groups: list[list[Word]] = []
    for word in words:
        if groups:
            before = groups[-1][-1].box
            em = min(before.y1 - before.y0, word.box.y1 - word.box.y0)
            if word.box.x0 - before.x1 <= apart * em:
                groups[-1].append(word)
                continue
        groups.append([word])
    return groups


def _goes_on(piece: _Piece, below: _Piece, left: float, right: float) -> bool:
    """Whether `below` is the rest of a paragraph whose line before is `piece`."""
    box, next_box, height = piece.line.box, below.line.box, piece.line.height
    return (
        len(piece.text) >= _SHORTEST_WRAPPED
        and not piece.text.endswith(_ENDS)
        and right - box.x1 < _AT_MARGIN * height
        and next_box.x0 - left < _NO_INDENT * height
        and 0 < next_box.y0 - box.y0 < _LINE_PITCH * height
        and abs(below.line.height - height) < _SAME_HEIGHT * height
        and not is_furniture(below.text)
    )


def _line(pieces: Sequence[_Piece], page: Page) -> Line:
    text = pieces[0].text
    for piece in pieces[1:]:
        ascii_both = text[-1:].isascii() and piece.text[:1].isascii()
        text += f" {piece.text}" if ascii_both and text[-1:].isalpha() else piece.text
    box = union([piece.line.box for piece in pieces])
    ref = page.placing.box_to_ref(box, page.number)
    furniture = is_furniture(text) or _is_page_number(text, box, page)
    return Line(text, ref, page.number, furniture)


def _is_page_number(text: str, box: Box, page: Page) -> bool:
    """A number alone at the foot or the head of a page: 3, 3/12."""
    number = text.replace(" ", "")
    plain = number.isascii() and number.isdigit() and len(number) <= 4
    of_pages = number.count("/") == 1 and number.replace("/", "").isdigit() and len(number) <= 9
    at_edge = box.y1 < _HEAD * page.height or box.y0 > _FOOT * page.height
    return (plain or of_pages) and at_edge
