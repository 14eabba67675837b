"""Numbers of spreadsheets shown as dates and times."""

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from extract.office.number_codes import Piece, PieceKind, Section

_LAST_DAY = 2_958_465
# The day that Lotus counted and the calendar never had: 29 February 1900.
_LEAP_DAY = 60
_SHIFT_1904 = 1462
_DAY = 86_400
_WEEKDAYS = "一二三四五六日"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NOON = 12


def show_date(value: Decimal, section: Section, *, since_1904: bool) -> str | None:
    """A number of days as the date that the section shows; None where it is no date.

    >>> from extract.office.number_codes import code_to_sections
    >>> (section,) = code_to_sections('yyyy"年"m"月"d"日"')
    >>> show_date(Decimal(44190), section, since_1904=False)
    '2020年12月25日'
    """
    days = value + (_SHIFT_1904 if since_1904 else 0)
    if not 0 <= days <= _LAST_DAY:
        return None
    seconds = int((days * _DAY).to_integral_value(ROUND_HALF_UP))
    whole, rest = divmod(seconds, _DAY)
    first = datetime(1899, 12, 31 if whole < _LEAP_DAY else 30)
    moment = first + timedelta(days=whole, seconds=rest)
    twelve = any(p.kind is PieceKind.DATE and "/" in p.text for p in section.pieces)
    return "".join(
        _part(section.pieces, i, moment, seconds, twelve) for i in range(len(section.pieces))
    )


def _part(pieces: tuple[Piece, ...], at: int, moment: datetime, seconds: int, twelve: bool) -> str:
    piece = pieces[at]
    if piece.kind is PieceKind.ELAPSED:
        unit = {"h": 3600, "m": 60, "s": 1}[piece.text[0]]
        return str(seconds // unit).zfill(len(piece.text))
    if piece.kind is not PieceKind.DATE:
        return piece.text if piece.kind is PieceKind.LITERAL else ""
    if "/" in piece.text:
        return piece.text.split("/")[moment.hour >= _NOON]
    minutes = piece.text[0] == "m" and _is_minute(pieces, at)
    if piece.text[0] in "hs" or minutes:
        hour = (moment.hour % _NOON or _NOON) if twelve else moment.hour
        number = {"h": hour, "m": moment.minute, "s": moment.second}[piece.text[0]]
        return str(number).zfill(min(len(piece.text), 2))
    return _of_day(piece.text, moment)


def _of_day(letters: str, moment: datetime) -> str:
    letter, length = letters[0], len(letters)
    weekday = _WEEKDAYS[moment.weekday()]
    if letter in "yebg":
        return f"{moment.year:04}" if length > 2 or letter == "e" else f"{moment.year % 100:02}"
    if letter == "a":
        return f"星期{weekday}" if length > 3 else weekday
    if letter == "m":
        return _MONTHS[moment.month - 1] if length > 2 else str(moment.month).zfill(length)
    return f"星期{weekday}" if length > 2 else str(moment.day).zfill(length)


def _is_minute(pieces: tuple[Piece, ...], at: int) -> bool:
    """Whether m means minutes: after hours, or before seconds."""
    times = [i for i, p in enumerate(pieces) if p.kind in (PieceKind.DATE, PieceKind.ELAPSED)]
    place = times.index(at)
    before = pieces[times[place - 1]].text[0] if place else ""
    after = pieces[times[place + 1]].text[0] if place + 1 < len(times) else ""
    return before == "h" or after == "s"
