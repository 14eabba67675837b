"""Allocations told in prose: 其中:伊宁县120万元(中央80万元、自治区40万元)、霍城县90万元。

The sentence becomes an allocation table: a row a unit, a column for the amount and one for each
share told in brackets.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import regex

from normalize.quantities import measures, parse_number, split_measure, text_to_quantity
from normalize.text import fold
from normalize.vocabulary import words_for
from schemas.source import Line, LineRef, Reader, Ref
from schemas.tables import AllocationTable, CellKind, Column, Part, Quantity, Row

_LEAST_UNITS = 2
_AMOUNT_ITEM = "金额"
_NAME = regex.compile(r"\p{Han}{2,20}(?:\(\p{Han}{1,6}\))?")
_SEPARATORS = "、,;和及 "
_EACH = "各"
_PLACE = regex.compile(r"[县市区旗州盟]$")
# 1.城关区:320万元; a list with numbers, a colon before each amount.
_LISTED = regex.compile(
    r"(?:^|(?<=[、,;:。() ]))(?P<number>[(]?[0-9一二三四五六七八九十]{1,3}[.、)])? ?"
    r"(?P<name>\p{Han}{1,19}[县市区旗州盟]) ?[::] ?$"
)


@dataclass(frozen=True, slots=True)
class _Text:
    """Folded text of several lines as one string; `lines[i]` is the line of character i."""

    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    """A name with its amount and its shares, and where they lie in the text."""

    name: str
    amount: str
    shares: tuple[tuple[str, str, int], ...]
    start: int
    figure: int
    end: int


@dataclass(frozen=True, slots=True)
class _Listing:
    """Items in a row, with the amount that the same sentence told before them."""

    total: _Item | None
    items: tuple[_Item, ...]


@cache
def _amount() -> regex.Pattern[str]:
    """A number with a measure of money, and what the brackets behind it say."""
    money = sorted((w for w, m in measures().items() if m.kind.value == "money"), key=len)[::-1]
    return regex.compile(
        rf"(?P<figure>-?[0-9][0-9,]{{0,15}}(?:\.[0-9]{{1,8}})? ?(?:{'|'.join(money)}))(?!/)"
        r"(?:\((?P<shares>[^()]{1,120})\))?"
    )


def prose_spans(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Index ranges of the lines that tell an allocation.

    >>> told = "现下达1200万元,其中:伊宁县120万元、霍城县1080万元。"
    >>> prose_spans([Line(told, LineRef(1))])
    [(0, 1)]
    """
    text = _join(lines)
    return [
        (
            text.lines[min((listing.total or listing.items[0]).start, listing.items[0].start)],
            text.lines[listing.items[-1].end - 1] + 1,
        )
        for listing in _listings(text.text)
    ]


def prose_to_allocation(part: Part, number: int) -> AllocationTable:
    """The allocation that the lines of `part` tell. Columns: the amount, then shares by name."""
    text = _join(part.body)
    listing = next(_listings(text.text))
    items = (*((listing.total,) if listing.total else ()), *listing.items)
    share_names = tuple(dict.fromkeys(name for item in items for name, _, _ in item.shares))
    refs = _refs(part.body, text)
    page = part.body[0].page
    rows = tuple(_row(item, i, share_names, refs, page) for i, item in enumerate(items, start=1))
    measure = rows[-1].cells[0].measure
    names = (_AMOUNT_ITEM, *share_names)
    columns = tuple(
        Column(i, (name,), "", "", measure, is_text=False) for i, name in enumerate(names, start=1)
    )
    first = part.body[0]
    return AllocationTable(
        number, part.title, measure, columns, rows, Reader.PROSE, (first.page,), first.ref
    )


def _join(lines: Sequence[Line]) -> _Text:
    parts: list[str] = []
    places: list[int] = []
    for i, line in enumerate(lines):
        folded = "" if line.furniture else fold(line.text)
        parts.append(folded)
        places.extend([i] * len(folded))
    return _Text("".join(parts), tuple(places))


def _listings(text: str) -> Iterator[_Listing]:
    """Chains of items with nothing but separators between; a chain of shares only is none."""
    items = list(_items(text))
    first = 0
    for i in range(1, len(items) + 1):
        if i < len(items) and not text[items[i - 1].end : items[i].start].strip(_SEPARATORS):
            continue
        units = [item for item in items[first:i] if item.name]
        if len(units) >= _LEAST_UNITS and not all(u.name in words_for("share") for u in units):
            yield _Listing(_total(items[: first + 1], units), tuple(units))
        first = i


def _total(before: Sequence[_Item], units: Sequence[_Item]) -> _Item | None:
    """The amount told before the units that is their sum; None where none is.

    Sentences tell standards and other amounts too, so a neighbour alone is no total.
    """
    whole = sum((_worth(unit) for unit in units), start=Decimal(0))
    sums = [item for item in before if item is not units[0] and _worth(item) == whole]
    same = [item for item in sums if _measure(item) == _measure(units[0])]
    found = same or sums
    return found[-1] if found else None


def _measure(item: _Item) -> str:
    return split_measure(item.amount)[1]


def _worth(item: _Item) -> Decimal:
    """The amount in its base measure: 120万元 is 1200000."""
    figure, word = split_measure(item.amount)
    number = parse_number(figure)
    return number[0] * measures()[word].factor if number else Decimal(0)


def _items(text: str) -> Iterator[_Item]:
    end = 0
    for match in _amount().finditer(text):
        lead = text[max(end, match.start() - 60) : match.start()]
        shares = tuple(_shares(match["shares"] or "", match.start("shares")))
        names = _names(lead, match.start())
        if not any(name for name, _, _ in names) and _are_places([name for name, _, _ in shares]):
            # 现拨付1000万元(其中:榆中县700万元、皋兰县300万元): the brackets hold the units.
            yield _Item("", match["figure"], (), match.start(), match.start(), match.end("figure"))
            for name, figure, place in shares:
                yield _Item(name, figure, (), place - len(name), place, place + len(figure))
            end = match.end()
            continue
        for name, start, stop in names:
            yield _Item(name, match["figure"], shares, start, match.start(), stop or match.end())
        same = _amount().fullmatch(text, match.start("shares"), match.end("shares"))
        if same:  # the amount said again in another measure: 1.7亿元(17000万元)
            yield _Item("", same["figure"], (), same.start(), same.start(), match.end())
        end = match.end()


def _are_places(names: Sequence[str]) -> bool:
    return len(names) >= _LEAST_UNITS and all(_PLACE.search(name) for name in names)


def _names(lead: str, figure: int) -> list[tuple[str, int, int]]:
    """The units named before a figure, each with its start, and its end where it is not the last.

    Words after the last separator or 其中, all Chinese; `甲县、乙县各1500万元` names two. [("", …)]
    where the words name no unit (下达补助资金): then the amount is no unit's.
    """
    listed = _LISTED.search(lead)
    if listed and not any(word in listed["name"] for word in words_for("prose_trigger")):
        return [(listed["name"], figure - len(lead) + listed.start(), 0)]
    tail = _after_triggers(regex.split(r"[、,;:。()]", lead)[-1])
    if not tail.endswith(_EACH):
        return [_name(tail, figure)]
    found = [_name(tail.removesuffix(_EACH), figure - len(_EACH))]
    rest = lead[: len(lead) - len(tail)]
    while rest.endswith("、") and found[-1][0]:
        word = _after_triggers(regex.split(r"[、,;:。()]", rest[:-1])[-1])
        name, start, _ = _name(word, figure - len(lead) + len(rest) - 1)
        if not name:
            break
        found.append((name, start, start + len(name)))
        rest = rest[: len(rest) - 1 - len(word)]
    return found[::-1]


def _after_triggers(words: str) -> str:
    for trigger in words_for("prose_trigger"):
        words = words.rsplit(trigger, 1)[-1]
    return words.strip()


def _name(words: str, end: int) -> tuple[str, int, int]:
    is_name = _NAME.fullmatch(words) and not words.endswith(_fund_endings())
    return (words, end - len(words), 0) if is_name else ("", end, 0)


@cache
def _fund_endings() -> tuple[str, ...]:
    return tuple(words_for("fund_ending"))


def _shares(text: str, start: int) -> Iterator[tuple[str, str, int]]:
    end = 0
    for match in _amount().finditer(text):
        words = regex.split(r"[、,;:]", text[end : match.start()])[-1].strip()
        for trigger in words_for("prose_trigger"):
            words = words.removeprefix(trigger)
        if words:
            yield words, match["figure"], start + match.start()
        end = match.end()


def _refs(body: Sequence[Line], text: _Text) -> dict[int, Ref]:
    """Where each figure of the text stands: its line, and its place among the line's figures."""
    refs: dict[int, Ref] = {}
    orders: Counter[int] = Counter()
    for match in _figures(text.text):
        line = text.lines[match.start()]
        orders[line] += 1
        ref = body[line].ref
        refs[match.start()] = LineRef(ref.line, orders[line]) if isinstance(ref, LineRef) else ref
    return refs


def _figures(text: str) -> Iterator[regex.Match[str]]:
    pattern = _amount()
    for match in pattern.finditer(text):
        yield match
        if match["shares"]:
            yield from pattern.finditer(text, match.start("shares"), match.end("shares"))


def _row(
    item: _Item, number: int, share_names: Sequence[str], refs: dict[int, Ref], page: int
) -> Row:
    ref = refs[item.figure]
    shares = {name: (figure, place) for name, figure, place in item.shares}
    blank = Quantity("", CellKind.BLANK, None, 0, "", ref)
    cells = [text_to_quantity(item.amount, ref)]
    for name in share_names:
        figure, place = shares.get(name, ("", item.figure))
        cells.append(text_to_quantity(figure, refs[place]) if figure else blank)
    return Row(number, item.name, tuple(cells), page, ref)
