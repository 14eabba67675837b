"""Numbers of spreadsheets as the sheet shows them.

A file stores 12.345 and the number format shows 12.35: printed is what is shown, as on paper, so
that its last place says how exact it is. Stored numbers are binary fractions; like a spreadsheet,
no more than their 15 significant digits are believed (0.28999999999999998 is 0.29).
"""

import csv
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import cache
from importlib.resources import files

from extract.office.number_codes import Piece, PieceKind, Section, code_to_sections
from extract.office.number_dates import show_date

GENERAL = "General"
_BELIEVED = Context(prec=15, rounding=ROUND_HALF_EVEN)
# What a cell of the General format shows at most, its point counted.
_GENERAL_WIDTH = 11
# No double is larger or smaller.
_MOST_EXPONENT = 308
_EXACT = Context(prec=700, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cell shows of a number; `rounded` says that it stores more digits than that, `hidden`
    that it stores a number and shows nothing."""

    text: str
    rounded: bool = False
    hidden: bool = False


@cache
def builtin_codes() -> dict[int, str]:
    """The formats that every spreadsheet program knows by number, as shown in China."""
    with (
        files("extract.office").joinpath("data/number_formats.csv").open(encoding="utf-8") as lines
    ):
        return {int(row["id"]): row["code"] for row in csv.DictReader(lines)}


def stored_to_number(stored: str) -> Decimal | None:
    """The number that a cell stores, to 15 significant digits; None where it stores none.

    >>> stored_to_number("0.28999999999999998"), stored_to_number("1E+999999999")
    (Decimal('0.29'), None)
    """
    try:
        number = Decimal(stored)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > _MOST_EXPONENT:
        return None
    number = _BELIEVED.plus(number)
    return number.normalize(_BELIEVED) if number else Decimal(0)


def show_number(value: Decimal, code: str, *, since_1904: bool = False) -> Shown:
    """A number by a number format.

    >>> [show_number(Decimal(n), c).text for n, c in (("12.345", "0.00"), ("0.6", "0%"))]
    ['12.35', '60%']
    >>> [show_number(Decimal("-1234.5"), c).text for c in ("General", "#,##0.00_);(#,##0.00)")]
    ['-1234.5', '(1,234.50)']
    >>> show_number(Decimal(0), builtin_codes()[43]).text, show_number(Decimal(5), "0.##").text
    ('-', '5')
    """
    sections = code_to_sections(code)
    section, signed = _section(value, sections)
    if section.is_date:
        text = show_date(value, section, since_1904=since_1904)
        return Shown(text.strip()) if text is not None else Shown(_general(value))
    if any(piece.kind in (PieceKind.GENERAL, PieceKind.SLASH) for piece in section.pieces):
        return _mixed(value if signed else abs(value), section)
    if not section.pieces:
        # `General` is the only format without any sign of its own; an empty section hides.
        return Shown("", hidden=True) if code else Shown(_general(value))
    if not any(piece.kind is PieceKind.DIGIT for piece in section.pieces):
        text = "".join(p.text for p in section.pieces if p.kind is PieceKind.LITERAL)
        if any(piece.kind is PieceKind.TEXT for piece in section.pieces):
            return Shown(_general(value))
        return Shown(text.strip(), rounded=bool(value), hidden=not text.strip())
    return _by_digits(value if signed else abs(value), section)


def show_text(text: str, code: str) -> str:
    """A text by the fourth section of a number format: `@"县"` adds 县.

    >>> show_text("塔城", '0;-0;0;@"市"'), show_text("塔城市", "0.00")
    ('塔城市', '塔城市')
    """
    sections = code_to_sections(code)
    section = sections[3] if len(sections) > 3 else sections[-1]
    if not any(piece.kind is PieceKind.TEXT for piece in section.pieces):
        return text
    shown = (PieceKind.TEXT, PieceKind.LITERAL)
    return "".join(
        text if p.kind is PieceKind.TEXT else p.text for p in section.pieces if p.kind in shown
    )


def _section(value: Decimal, sections: tuple[Section, ...]) -> tuple[Section, bool]:
    """The section for a value, and whether it prints the sign itself."""
    numeric = sections[:3] if len(sections) > 3 else sections
    for index, section in enumerate(numeric):
        if section.condition is not None and _holds(value, *section.condition):
            return section, index == 0 or value >= 0
    if any(section.condition is not None for section in numeric):
        rest = [s for s in numeric if s.condition is None]
        return (rest[-1] if rest else numeric[-1]), True
    if len(numeric) == 1 or value > 0:
        return numeric[0], True
    if value < 0:
        return numeric[1], False
    return (numeric[2] if len(numeric) > 2 else numeric[0]), True


def _holds(value: Decimal, sign: str, bound: Decimal) -> bool:
    return {
        "<": value < bound,
        "<=": value <= bound,
        ">": value > bound,
        ">=": value >= bound,
        "=": value == bound,
        "<>": value != bound,
    }[sign]


def _general(value: Decimal) -> str:
    """As a cell without a format shows it: 11 signs at most; whole numbers are shown whole."""
    text = format(value, "f")
    if "." not in text or len(text.lstrip("-")) <= _GENERAL_WIDTH:
        return text
    whole = len(text.lstrip("-").partition(".")[0])
    places = max(_GENERAL_WIDTH - whole - 1, 0)
    rounded = _quantized(value, places)
    if not rounded:
        return f"{value:.5E}"
    shown = format(rounded, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _quantized(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)


def _mixed(value: Decimal, section: Section) -> Shown:
    """General among literals; a fraction is shown as the decimal that it stands for."""
    number = _general(value)
    kinds = {piece.kind for piece in section.pieces}
    if PieceKind.GENERAL not in kinds:
        return Shown(number)
    parts = [
        number if p.kind is PieceKind.GENERAL else p.text
        for p in section.pieces
        if p.kind in (PieceKind.GENERAL, PieceKind.LITERAL)
    ]
    return Shown("".join(parts).strip())


def _by_digits(value: Decimal, section: Section) -> Shown:
    pieces = section.pieces
    if any(piece.kind is PieceKind.POWER for piece in pieces):
        return _scientific(value, pieces)
    point = next((i for i, p in enumerate(pieces) if p.kind is PieceKind.POINT), len(pieces))
    digits = [i for i, p in enumerate(pieces) if p.kind is PieceKind.DIGIT]
    whole = [i for i in digits if i < point]
    fraction = [i for i in digits if i > point]
    end = max(whole, default=-1)
    scaling = 0
    while end + scaling + 1 < len(pieces) and pieces[end + scaling + 1].kind is PieceKind.COMMA:
        scaling += 1
    grouped = any(p.kind is PieceKind.COMMA and whole and whole[0] < i < end
                  for i, p in enumerate(pieces))  # fmt: skip
    percents = sum(piece.kind is PieceKind.PERCENT for piece in pieces)
    scaled = value.scaleb(2 * percents - 3 * scaling, _EXACT)
    shown = _quantized(abs(scaled), len(fraction))
    before, _, after = format(shown, "f").partition(".")
    printed = {
        **_whole_digits(before if shown >= 1 else "", pieces, whole, grouped),
        **_fraction_digits(after, pieces, fraction),
    }
    text = "".join(_printed(i, piece, printed, point, fraction) for i, piece in enumerate(pieces))
    if not any(printed[i] for i in whole) and any(printed[i] for i in fraction):
        # `#.00` and `.00` leave the nought before the point to the reader.
        text = text.replace(".", f"{before}.", 1)
    elif not whole:
        text = (before if shown >= 1 else "") + text
    # A minus in front, unless nothing but noughts is shown.
    sign = "-" if value < 0 and shown else ""
    text = text.strip()
    return Shown(sign + text if text else "", rounded=shown != abs(scaled), hidden=not text)


def _printed(at: int, piece: Piece, digits: dict[int, str], point: int, fraction: list[int]) -> str:
    if piece.kind is PieceKind.DIGIT:
        return digits.get(at, "")
    if at == point:
        return "." if any(digits.get(i) for i in fraction) else ""
    return piece.text if piece.kind in (PieceKind.LITERAL, PieceKind.PERCENT) else ""


def _whole_digits(
    digits: str, pieces: tuple[Piece, ...], places: list[int], grouped: bool
) -> dict[int, str]:
    """The digits before the point, by the place that prints them: from the right, one each; the
    first place takes all that are left."""
    printed: dict[int, str] = {}
    rest = digits
    for count, place in enumerate(reversed(places)):
        last = count == len(places) - 1
        here, rest = (rest, "") if last else (rest[-1:], rest[:-1])
        if not here:
            here = "0" if pieces[place].text == "0" else ""
        printed[place] = _grouped(here, count) if grouped else here
    return printed


def _grouped(digits: str, count: int) -> str:
    """Digits with separators; `count` digits stand to the right of them."""
    out = ""
    for i, digit in enumerate(reversed(digits)):
        at = count + i
        out = digit + ("," if at and at % 3 == 0 else "") + out
    return out


def _fraction_digits(digits: str, pieces: tuple[Piece, ...], places: list[int]) -> dict[int, str]:
    """The digits after the point; `#` and `?` print no noughts at the end."""
    printed = dict(zip(places, digits, strict=True)) if places else {}
    for place in reversed(places):
        if pieces[place].text == "0" or printed[place] != "0":
            break
        printed[place] = ""
    return printed


def _scientific(value: Decimal, pieces: tuple[Piece, ...]) -> Shown:
    power = next(i for i, p in enumerate(pieces) if p.kind is PieceKind.POWER)
    point = next((i for i, p in enumerate(pieces) if p.kind is PieceKind.POINT), power)
    places = sum(p.kind is PieceKind.DIGIT for p in pieces[point:power])
    return Shown(f"{value:.{places}E}", rounded=True)
