"""Allocation tables of made notices: real places, figures that add up, headers of two or three
levels."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from benchmarks.proof import programmes
from benchmarks.proof.programmes import Figure, Head, Programme
from benchmarks.scans.model import Align, Grid, RowUnit, Ruling, Slot
from normalize.places import Gazetteer
from normalize.places.gazetteer import NameKind
from schemas.places import Level, Unit
from schemas.tables import Role

_SOURCES = ("中央资金", "自治区资金", "省级资金", "市级配套资金", "结余资金", "上年结转资金")
_AMOUNTS = ("本次下达金额", "提前下达金额", "直达资金")
_MARKS = ("01中央直达资金", "01自治区直达资金", "02参照直达资金")


@dataclass(frozen=True, slots=True)
class Home:
    """The province or prefecture that allots, the year, and where its units are known from."""

    unit: Unit
    year: int
    gazetteer: Gazetteer


@dataclass(slots=True)
class _Row:
    name: str
    code: str
    figures: list[Figure]
    level: int
    role: Role


def random_home(gazetteer: Gazetteer, random: Random) -> Home:
    """A province or region that has prefectures with counties."""
    year = random.randint(2019, 2024)
    found = [u for u in gazetteer.units if u.level is Level.PROVINCE]
    found = [u for u in found if sum(1 for _ in _wholes(gazetteer, u, year)) > 7]
    return Home(random.choice(found), year, gazetteer)


def _parts(gazetteer: Gazetteer, whole: Unit, year: int) -> list[Unit]:
    """The units below a whole that stood in that year and, as the notice is from the year before,
    in that one too."""
    before = set(gazetteer.children(whole.code, year - 1))
    now = gazetteer.children(whole.code, year)
    return [u for u in now if u in before and u.parent == whole.code]


def _wholes(gazetteer: Gazetteer, unit: Unit, year: int) -> Iterator[Unit]:
    return (u for u in _parts(gazetteer, unit, year) if u.level is Level.PREFECTURE)


def _printed(gazetteer: Gazetteer, unit: Unit, short: bool) -> str:
    forms = [f.text for f in gazetteer.forms[unit] if f.kind is NameKind.SHORT]
    return forms[0] if short and forms else unit.name


def _sum(rows: list[list[Figure]]) -> list[Decimal]:
    return [
        sum((f or Decimal(0) for f in column), Decimal(0)) for column in zip(*rows, strict=True)
    ]


def _rows(home: Home, programme: Programme, count: int, random: Random) -> list[_Row]:
    """The total, then prefectures each with some of their counties: exactly `count` rows where
    the home has so many."""
    gazetteer = home.gazetteer
    short = random.random() < 0.5
    wholes = _wholes(gazetteer, home.unit, home.year)
    blocks: list[list[_Row]] = []
    left = count - 1
    for whole in wholes:
        parts = _parts(gazetteer, whole, home.year)
        # The first leaves room for a second: a total of one block is that block's.
        taken = min(len(parts), random.randint(3, 9), left - 1 - (not blocks))
        if left == 0:
            break
        if taken < 2:
            blocks.append(
                [
                    _Row(
                        _printed(gazetteer, whole, short),
                        whole.code,
                        programme.unit(),
                        1,
                        Role.UNIT,
                    )
                ]
            )
            left -= 1
            continue
        chosen = sorted(random.sample(range(len(parts)), taken))
        below = [
            _Row(
                _printed(gazetteer, parts[i], short), parts[i].code, programme.unit(), 2, Role.UNIT
            )
            for i in chosen
        ]
        figures = programme.whole(_sum([r.figures for r in below]))
        blocks.append(
            [_Row(_printed(gazetteer, whole, short), whole.code, figures, 1, Role.SUBTOTAL), *below]
        )
        left -= taken + 1
    total = programme.whole(_sum([b[0].figures for b in blocks]))
    name = random.choice(("合计", "总计", "全区合计" if "自治区" in home.unit.name else "全省合计"))
    return [_Row(name, home.unit.code, total, 0, Role.TOTAL), *(r for b in blocks for r in b)]


def _text(figure: Figure, head: Head, grouped: bool) -> str:
    if figure is None:
        return "×"
    shown = format(figure, f"{',' if grouped else ''}.{head.places}f")
    return shown + ("%" if head.measure == "%" else "")


def _named(programme: Programme, random: Random) -> list[Head]:
    """The heads with names as offices print them."""
    if programme.name not in ("sources", "amounts"):
        return list(programme.heads)
    pool = _SOURCES if programme.name == "sources" else _AMOUNTS
    names = random.sample(pool, sum(h.name != "合计" for h in programme.heads))
    return [
        Head(h.name if h.name == "合计" else names.pop(), h.label, h.formula, h.measure, h.places)
        for h in programme.heads
    ]


_PENSION_HEADS = (
    "{before}年2季度实际参保缴费人数", "{year}年测算参保缴费人数", "补助比例",
    "城乡居民缴费补贴资金", "{before}年2季度基础养老金领取人数", "{year}年按增长率测算领取待遇人数",
    "补助比例", "城乡居民基础养老金补助资金", "{year}年财政补助预算资金合计",
    "{earlier}年城乡居民养老保险结算资金", "{year}年拨付资金",
)  # fmt: skip


def _header(
    programme: Programme, heads: list[Head], year: int, ruling: Ruling, random: Random
) -> list[Slot]:
    """Header cells, the name column being 0; the last row prints labels and formulas.

    Without lines between them nobody can see which header cells are merged: there are none then.
    """
    labels = any(h.label for h in heads)
    if programme.name == "pensions":
        names = [n.format(year=year, before=year - 1, earlier=year - 2) for n in _PENSION_HEADS]
        slots = [Slot(0, 0, "单位", 3, 1), Slot(0, 12, "直达资金标识", 3, 1)]
        slots += [Slot(0, 1, "缴费补助资金部分（按每人每年标准补助）", 1, 4)]
        slots += [Slot(0, 5, "基础养老金补助资金部分（按每人每月标准补助）", 1, 4)]
        slots += [Slot(1, c, names[c - 1]) for c in range(1, 9)]
        slots += [Slot(0, c, names[c - 1], 2, 1) for c in range(9, 12)]
        last = 2
    else:
        ruled = ruling in (Ruling.FULL, Ruling.OPEN)
        group = random.random() < 0.6 and len(heads) > 2 and ruled
        slots = [Slot(0, 0, "地区", 1 + group + labels if ruled else 1, 1)]
        if labels and not ruled:
            slots += [Slot(1, 0, "")]
        if group:
            slots += [Slot(0, 1, f"{year}年补助资金安排情况", 1, len(heads))]
        slots += [Slot(int(group), c, _measured(h)) for c, h in enumerate(heads, 1)]
        last = 1 + group
    if labels:
        slots += [Slot(last, c, h.formula or h.label) for c, h in enumerate(heads, 1)]
    return slots


def _measured(head: Head) -> str:
    return f"{head.name}（{head.measure}）" if head.measure == "人" else head.name


_TITLES = {
    "pensions": "城乡居民基本养老保险",
    "sources": "困难群众救助",
    "standards": "优抚对象抚恤",
    "execution": "就业",
    "amounts": "医疗服务与保障能力提升",
}


def allocation(home: Home, make: str, count: int, ruling: Ruling, random: Random) -> Grid:
    """A table of `count` data rows; `make` names a programme of benchmarks.proof.programmes."""
    programme: Programme = getattr(programmes, make)(random)
    heads = _named(programme, random)
    rows = _rows(home, programme, count, random)
    slots = _header(programme, heads, home.year, ruling, random)
    top = max(s.row + s.rowspan for s in slots)
    slots += _body(rows, heads, top, random)
    if programme.name == "pensions":
        slots += _marks(len(rows), top, random)
    wide = max(s.column for s in slots) > 8
    measures = dict.fromkeys(h.measure for h in heads if h.measure != "%")
    return Grid(
        f"{home.unit.name}{home.year}年{_TITLES[programme.name]}补助资金分配表",
        f"单位：{'、'.join(measures)}",
        tuple(slots),
        top,
        ruling,
        tuple(RowUnit(n, r.name, r.code, r.role) for n, r in enumerate(rows, 1)),
        7.5 if wide else random.choice((8.5, 9.5)),
        14.5 if wide else random.choice((15.0, 17.0)),
    )


def _body(rows: list[_Row], heads: list[Head], top: int, random: Random) -> list[Slot]:
    grouped, indent = random.random() < 0.15, random.random() < 0.3
    align = random.choice((Align.CENTRE, Align.RIGHT))
    slots: list[Slot] = []
    for number, row in enumerate(rows, 1):
        at = top + number - 1
        name = "　" * (row.level if indent else 0) + row.name
        slots.append(Slot(at, 0, name, align=Align.LEFT if indent else Align.CENTRE))
        for column, (figure, head) in enumerate(zip(row.figures, heads, strict=True), 1):
            text = _text(figure, head, grouped)
            place = (number, column)
            slots.append(Slot(at, column, text, 1, 1, align, place, figure is not None))
    return slots


def _marks(rows: int, top: int, random: Random) -> list[Slot]:
    """The last column, of words, blank here and there."""
    mark = random.choice(_MARKS)
    return [
        Slot(top + n, 12, mark if random.random() < 0.9 else "", place=(n + 1, 12))
        for n in range(rows)
    ]
