"""Allocation tables of many programmes, right in every figure, from a seed.

Each programme is a way in which offices work out an allocation: counts times a standard times a
share, several sources of money that add up, a budget less what was paid before, shares of a whole,
rates of execution, or amounts alone. Depth, places, order of totals and printed formulas vary.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

Figure = Decimal | None


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its name, label, formula as printed, measure, and places."""

    name: str
    label: str
    formula: str
    measure: str
    places: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A finished table: rows of (name, figures), None for ×; `heads` tell the columns, `wholes` for
    each row the row that sums it up, None for the outermost: what a gazetteer would tell."""

    programme: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[str, tuple[Figure, ...]], ...]
    wholes: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """`unit` makes a unit's figures; `whole` those of a sum of rows, from the column sums."""

    name: str
    heads: tuple[Head, ...]
    unit: Callable[[], list[Figure]]
    whole: Callable[[list[Decimal]], list[Figure]]


def rounded(value: Decimal, places: int) -> Decimal:
    """Rounded half up, as spreadsheets do."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _size(random: Random, low: float, high: float) -> int:
    return int(10 ** random.uniform(low, high))


def pensions(random: Random) -> Programme:
    """Counts, growth, shares and standards: eleven columns."""
    growth = random.choice([Decimal("1.01"), Decimal("1.02"), Decimal("1.005")])
    first, second = random.choice([50, 60, 100]), random.choice([52, 40, 103])
    heads = (
        Head("缴费人数", "1", "", "人", 0),
        Head("测算人数", "2", "", "人", 0),
        Head("补助比例", "3", "", "%", 0),
        Head("缴费补贴", "4", f"4=2×3×{first}元/10000", "万元", 0),
        Head("领取人数", "5", "", "人", 0),
        Head("测算领取人数", "6", "", "人", 0),
        Head("补助比例", "7", "", "%", 0),
        Head("基础养老金", "8", f"8=6×7×12×{second}元/10000", "万元", 0),
        Head("合计", "9", "9=4+8", "万元", 0),
        Head("结算资金", "10", "", "万元", 0),
        Head("拨付资金", "11", "11=9+10", "万元", 0),
    )

    def unit() -> list[Figure]:
        payers, takers = Decimal(_size(random, 2.5, 5.5)), Decimal(_size(random, 2, 5))
        shares = [Decimal(s) for s in random.choice([(60, 36), (60, 36), (100, 100), (90, 90)])]
        more = rounded(takers * growth, 0)
        paid = rounded(payers * shares[0] / 100 * first / 10000, 0)
        basic = rounded(more * shares[1] / 100 * 12 * second / 10000, 0)
        settled = Decimal(random.randint(-200, 200))
        both = paid + basic
        return [payers, payers, shares[0], paid, takers, more, shares[1], basic, both, settled,
                both + settled]  # fmt: skip

    def whole(sums: list[Decimal]) -> list[Figure]:
        figures: list[Figure] = list(sums)
        figures[2] = figures[6] = None
        figures[5] = rounded(sums[4] * growth, 0)
        return figures

    return Programme("pensions", heads, unit, whole)


def sources(random: Random) -> Programme:
    """Money of two to five sources, and their sum first or last."""
    count, places = random.randint(2, 5), random.choice([0, 0, 2])
    first = random.random() < 0.5
    label = [str(i + 1) for i in range(count + 1)]
    parts, total = (label[1:], label[0]) if first else (label[:-1], label[-1])
    heads = [Head(f"资金{i}", p, "", "万元", places) for i, p in enumerate(parts)]
    heads.insert(
        0 if first else count, Head("合计", total, f"{total}={'+'.join(parts)}", "万元", places)
    )

    def unit() -> list[Figure]:
        made = [rounded(Decimal(_size(random, 2, 6)) / 100, places) for _ in range(count)]
        made.insert(0 if first else count, sum(made, Decimal(0)))
        return list(made)

    return Programme("sources", tuple(heads), unit, list)


def standards(random: Random) -> Programme:
    """A count times a standard, less what was paid before; letters for columns."""
    standard = random.choice([30, 120, 360, 600, 1250])
    heads = (
        Head("补助人数", "A", "", "人", 0),
        Head("应补资金", "B", f"B=A*{standard}/10000", "万元", 2),
        Head("已下达", "C", "", "万元", 2),
        Head("本次下达", "D", "D=B-C", "万元", 2),
    )

    def unit() -> list[Figure]:
        people = Decimal(_size(random, 2, 5))
        due = rounded(people * standard / 10000, 2)
        paid = rounded(due * random.randint(50, 99) / 100, 2)
        return [people, due, paid, due - paid]

    return Programme("standards", heads, unit, list)


def execution(random: Random) -> Programme:
    """Budget, execution, what is left and the rate of execution."""
    heads = (
        Head("预算数", "1", "", "万元", 2),
        Head("执行数", "2", "", "万元", 2),
        Head("结余", "3", "3=1-2", "万元", 2),
        Head("执行率", "4", "4=2/1×100%", "%", 2),
    )

    def line(budget: Decimal, done: Decimal) -> list[Figure]:
        rate = rounded(100 * done / budget, 2) if budget else Decimal(0)
        return [budget, done, budget - done, rate]

    def unit() -> list[Figure]:
        budget = rounded(Decimal(_size(random, 3, 6)) / 100, 2)
        return line(budget, rounded(budget * random.randint(5000, 10000) / 10000, 2))

    return Programme("execution", heads, unit, lambda sums: line(sums[0], sums[1]))


def amounts(random: Random) -> Programme:
    """One or two columns of amounts, nothing to compare them with but their sums."""
    count, places = random.randint(1, 2), random.choice([0, 2])
    heads = tuple(Head(f"金额{i}", "", "", "万元", places) for i in range(count))

    def unit() -> list[Figure]:
        return [rounded(Decimal(_size(random, 3, 6)) / 100, places) for _ in range(count)]

    return Programme("amounts", heads, unit, list)


PROGRAMMES = (pensions, sources, standards, execution, amounts)


class _Builder:
    """Rows in print order, sums before or after their parts."""

    def __init__(self, programme: Programme, random: Random, named: bool) -> None:
        self.programme, self.random, self.named = programme, random, named
        self.rows: list[tuple[str, list[Figure]]] = []
        self.numbers: list[int] = []
        self.count = 0
        self.wholes: dict[int, int] = {}
        self.before = random.random() < 0.75

    def block(self, name: str, depth: int, whole: int | None = None) -> list[Decimal]:
        place, number = len(self.rows), self._number(whole)
        parts: list[list[Decimal]] = []
        for i in range(self.random.randint(2, 12) if depth < 2 else self.random.randint(2, 6)):
            if depth and self.random.random() < 0.9:
                parts.append(self.block(f"{name[:2]}{i}地区", depth - 1, number))
            else:
                figures = self.programme.unit()
                self.rows.append((f"{name[:2]}{i}县", figures))
                self.numbers.append(self._number(number))
                parts.append([f or Decimal(0) for f in figures])
        made = self.programme.whole([sum(c, Decimal(0)) for c in zip(*parts, strict=True)])
        called = f"{name}合计" if self.named else name
        place = place if self.before else len(self.rows)
        self.rows.insert(place, (called, made))
        self.numbers.insert(place, number)
        return [f or Decimal(0) for f in made]

    def _number(self, whole: int | None) -> int:
        """A number for a row, whichever place it will have; `whole` is that of the row above it."""
        self.count += 1
        if whole is not None:
            self.wholes[self.count] = whole
        return self.count

    def whole_rows(self) -> tuple[int | None, ...]:
        """For each row the place of the row that sums it up."""
        place = {number: i for i, number in enumerate(self.numbers)}
        return tuple(place[w] if (w := self.wholes.get(n)) else None for n in self.numbers)


def make_sheet(seed: int, formulas: bool) -> Sheet:
    """The table of a seed; the same seed gives the same table."""
    random = Random(seed)
    programme = PROGRAMMES[seed % len(PROGRAMMES)](random)
    builder = _Builder(programme, random, random.random() < 0.5)
    builder.block("全区", random.choice([0, 1, 1, 1, 2]))
    heads = programme.heads
    if not formulas:
        heads = tuple(Head(h.name, "", "", h.measure, h.places) for h in heads)
    rows = tuple((name, tuple(figures)) for name, figures in builder.rows)
    return Sheet(programme.name, heads, rows, builder.whole_rows())
