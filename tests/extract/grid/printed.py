"""Words laid on a page as print would lay them: Han as wide as high, figures half as wide."""

from extract.pages import Box, Page, Rule, Word
from schemas.source import Block, Line, RawTable

SIZE = 10.0


def width_of(text: str, size: float = SIZE) -> float:
    return sum(size if ord(sign) > 0x2000 else size / 2 for sign in text)


def word(text: str, x: float, y: float, size: float = SIZE, **more: object) -> Word:
    """A word whose left top is at x, y."""
    return Word(text, Box(x, y, x + width_of(text, size), y + size), **more)


def words(text: str, x: float, y: float, size: float = SIZE) -> list[Word]:
    """Words parted by spaces."""
    found = []
    for part in text.split(" "):
        if part:
            found.append(word(part, x, y, size))
        x += width_of(part, size) + size / 2
    return found


def right(text: str, x: float, y: float) -> Word:
    """A word that ends at x."""
    return word(text, x - width_of(text), y)


def page(words: list[Word], rules: list[Rule] = (), *, typed: bool = True) -> Page:
    return Page(1, 595, 842, tuple(words), tuple(rules), typed=typed)


def ruled(xs: list[float], ys: list[float]) -> list[Rule]:
    level = [Rule(xs[0], y, xs[-1], y) for y in ys]
    return level + [Rule(x, ys[0], x, ys[-1]) for x in xs]


def texts(block: Block) -> list[list[str]] | str:
    """A line's text, or a table's rows; what a merged cell covers is ^."""
    if isinstance(block, Line):
        return block.text
    return [["^" if cell.covered else cell.text for cell in row] for row in block.rows]


def tables(blocks: tuple[Block, ...]) -> list[RawTable]:
    return [block for block in blocks if isinstance(block, RawTable)]
