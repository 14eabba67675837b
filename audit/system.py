"""All equations of a table: its relations in every row, and its sums over rows."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from audit.equations import Equation, Law, State, excess, judge
from audit.figures import Cell, Figures, Levels, usual_levels
from audit.forms import SUM
from audit.laws import Kind, explained, law_of, misses, with_law, with_room
from audit.misread import misread
from audit.relations import Relation
from audit.shares import share_equations
from audit.sums import additive_columns
from audit.words import is_count_measure
from schemas.proofs import Block, Structure
from schemas.tables import AllocationTable, Role

# Fewer sums of a kind show no law.
_FEW: Final = 3
# The share of equations that may miss by rounding alone.
_MISSES: Final = 0.1


@dataclass(frozen=True, slots=True)
class System:
    """The equations, in which of them each cell takes part, and their states with these figures;
    `levels` are the values of columns in which few come again and again; `units` the rows that are
    surely no sums; `alike` how many equations of the same kind hold; `aliased` the heads that may
    be misread by what the row after their parts prints, and have it for a part."""

    figures: Figures
    equations: tuple[Equation, ...]
    of_cell: dict[Cell, tuple[int, ...]]
    offs: tuple[tuple[int, int], ...]
    states: tuple[State, ...]
    levels: Levels
    units: frozenset[int]
    alike: tuple[int, ...]
    aliased: frozenset[Cell]


def _leaves(structure: Structure, rows: int) -> list[int]:
    """How many units each row sums up, 1 for a unit."""
    count = [1] * rows
    for block in reversed(structure.blocks):
        count[block.head] = sum(count[p] for p in block.parts)
    return count


def _sure_units(structure: Structure, leaves: list[int]) -> frozenset[int]:
    """The parts of sums that are no sums themselves: called none, and no row beside them is
    without a place, as the parts of a sum that was not found would be. A head that is nobody's
    part is without one as well, but for that of the whole table."""
    heads = {b.head for b in structure.blocks}
    parts = {p for b in structure.blocks for p in b.parts}
    whole = max(heads, key=lambda r: leaves[r], default=None)
    lost = set(range(len(leaves))) - parts - {whole}
    return frozenset(
        r
        for r in parts - heads
        if structure.roles[r] is Role.UNIT and lost.isdisjoint((r - 1, r + 1))
    )


def _row_equation(
    figures: Figures,
    relation: Relation,
    row: int,
    leaves: int,
    computed: frozenset[int],
) -> Equation | None:
    """The relation in one row. Where it adds up, a cell in which nothing stands counts as nothing
    if it holds so to the last digit; else a figure may have been lost, and nothing is said."""
    line = figures.values[row]
    absent = frozenset(k for k, c in enumerate(relation.inputs) if line[c] is None)
    inputs = tuple(c for k, c in enumerate(relation.inputs) if k not in absent)
    if line[relation.out] is None or not inputs:
        return None
    if line[relation.out] == 0 and all(line[c] == 0 for c in inputs):
        return None
    empty = all((row, relation.inputs[k]) in figures.empty for k in absent)
    if absent and not (relation.is_linear and empty):
        return None
    equation = Equation(
        (row, relation.out),
        tuple((row, c) for c in inputs),
        relation.form.without(absent),
        Law(),
        leaves,
        tuple(k for k, c in enumerate(inputs) if c in computed),
        relation.source,
    )
    if absent and judge(equation, excess(figures, equation)) is not State.HOLDS:
        return None
    return equation


def _rows_of(
    figures: Figures,
    relation: Relation,
    rows: Iterable[int],
    leaves: list[int],
    computed: frozenset[int],
) -> list[Equation]:
    made = (_row_equation(figures, relation, row, leaves[row], computed) for row in rows)
    return [e for e in made if e is not None]


def _nothing(figures: Figures, relations: list[Relation]) -> frozenset[Cell]:
    """The cells without a figure of which an equation of their row says that nothing belongs there,
    and those of rows in which nothing at all stands."""
    bare = {r for r, line in enumerate(figures.values) if not any(line)}
    rows = {r for r, _ in figures.empty} - bare
    held = {
        (row, c)
        for relation in relations
        if relation.is_linear
        for row in rows
        if _row_equation(figures, relation, row, 1, frozenset()) is not None
        for c in relation.inputs
    }
    return frozenset(c for c in figures.empty if c in held or c[0] in bare)


def _relation_kinds(
    figures: Figures,
    relation: Relation,
    structure: Structure,
    leaves: list[int],
    computed: frozenset[int],
) -> list[Kind]:
    """A linear relation is one kind over all rows; another one may hold differently in sums."""
    rows = range(len(figures.values))
    if relation.is_linear:
        alone = [1] * len(leaves)
        return [Kind(tuple(_rows_of(figures, relation, rows, alone, computed)))]
    heads = {b.head for b in structure.blocks}
    heads |= {r for r, role in enumerate(structure.roles) if role is not Role.UNIT}
    units = [r for r in rows if r not in heads]
    kinds = [Kind(tuple(_rows_of(figures, relation, units, leaves, computed)))]
    sums = _rows_of(figures, relation, sorted(heads), leaves, computed)
    if len(sums) < _FEW and with_law(figures, kinds[0]):
        # Too few to show a law of their own: they prove where they hold to the last digit.
        sums = [e for e in sums if judge(e, excess(figures, e)) is State.HOLDS]
    return [*kinds, Kind(tuple(sums))] if sums else kinds


def _block_equation(
    figures: Figures, block: Block, column: int, nothing: frozenset[Cell]
) -> Equation | None:
    if figures.values[block.head][column] is None:
        return None
    parts = [(r, column) for r in block.parts if figures.values[r][column] is not None]
    absent = {(r, column) for r in block.parts} - set(parts)
    if not absent <= figures.empty:
        return None
    cells = [(block.head, column), *parts]
    if not parts or all(figures.value(c) == 0 for c in cells):
        return None
    rounded = tuple(range(len(parts)))
    gap = not absent <= nothing
    return Equation((block.head, column), tuple(parts), SUM, Law(), 1, rounded, "", gap=gap)


def _sure(structure: Structure, block: Block) -> bool:
    """Whether rows belong together though some of their sums fail: as many hold, or one does and
    the head is the table's total, or there is but one."""
    if block.holds and structure.roles[block.head] is Role.TOTAL:
        return True
    return block.holds >= block.fails or (block.holds == 0 and block.fails == 1)


def _aliased(figures: Figures, structure: Structure) -> frozenset[Cell]:
    """Heads of sums that one column alone bears out, and that a single fault would make of the sum
    with one row more: 9208 before rows that add up to that, and one of 100 behind them."""
    return frozenset(
        (block.head, column)
        for block in structure.blocks
        if block.parts and block.holds + block.fails == 1
        for beyond in {min(block.parts) - 1, max(block.parts) + 1} - {block.head}
        if beyond in range(len(structure.roles)) and structure.roles[beyond] is Role.UNIT
        for column, now in enumerate(figures.values[block.head])
        if now is not None and (more := figures.values[beyond][column])
        if misread(figures, (block.head, column), now + more) is not None
    )


def _cut_short(structure: Structure, block: Block) -> bool:
    """Whether one column alone tells where a run of parts ends, and the next row is nobody's part.

    A head misread by what its last part prints fits the run without that part.
    """
    if block.holds + block.fails > 1 or not block.parts:
        return False
    beyond = {min(block.parts) - 1, max(block.parts) + 1} - {block.head}
    used = {r for b in structure.blocks for r in (b.head, *b.parts)}
    rows = range(len(structure.roles))
    return any(r in rows and r not in used and structure.roles[r] is Role.UNIT for r in beyond)


def _misread_only(figures: Figures, equations: list[Equation]) -> bool:
    """Whether a single misreading explains each of a block's sums that fails."""
    offs = [(e, excess(figures, e)[0]) for e in with_room(figures, equations)]
    failing = [(e, off) for e, off in offs if 2 * abs(off) > e.room]
    return bool(offs) and all(explained(figures, e, off) for e, off in failing)


def _sum_kinds(
    table: AllocationTable,
    figures: Figures,
    structure: Structure,
    nothing: frozenset[Cell],
    computed: frozenset[int],
) -> list[Kind]:
    """The sums of a column are one kind, and those of columns that all come out exactly are one.

    A column that was worked out in each row has been rounded there: whether its sums add up what is
    printed, or were worked out as well, no other column tells.
    """
    pooled: dict[int, list[Equation]] = defaultdict(list)
    kinds: list[Kind] = []
    columns = sorted(additive_columns(table, structure))
    of_block = [
        [e for c in columns if (e := _block_equation(figures, b, c, nothing)) is not None]
        for b in structure.blocks
    ]
    sure = [
        made
        for block, made in zip(structure.blocks, of_block, strict=True)
        if (_sure(structure, block) or _misread_only(figures, made))
        and not _cut_short(structure, block)
    ]
    for column in columns:
        equations = [e for made in sure for e in made if e.out[1] == column]
        own = column in computed
        if own or misses(figures, equations) > max(_MISSES * len(equations), 1):
            kinds.append(Kind(tuple(equations)))
        else:
            pooled[figures.scales[column]] += equations
    counted = {i for i, c in enumerate(table.columns) if is_count_measure(c.measure)}
    for scale, equations in sorted(pooled.items()):
        kinds += _apart(figures, equations, set() if scale else counted)
    return kinds


def _apart(figures: Figures, equations: list[Equation], counted: set[int]) -> list[Kind]:
    """The sums of columns that count whole things apart, where all together are too few to show
    that they come out exactly."""
    law = law_of(figures, with_room(figures, equations))
    if not counted or (law is not None and law.tight):
        return [Kind(tuple(equations))]
    whole = {c for c in counted if not misses(figures, [e for e in equations if e.out[1] == c])}
    kinds = [
        Kind(tuple(e for e in equations if e.out[1] in whole), True),
        Kind(tuple(e for e in equations if e.out[1] not in whole)),
    ]
    return [k for k in kinds if k.equations]


def make_system(
    table: AllocationTable,
    structure: Structure,
    figures: Figures,
    relations: list[Relation],
) -> System:
    """The equations that this table's figures obey, each with the law that its kind shows."""
    leaves = _leaves(structure, len(table.rows))
    computed = frozenset(r.out for r in relations if not r.is_linear)
    summed = {r.out: len(r.inputs) for r in relations if r.is_linear and len(r.inputs) > 1}
    kinds: list[Kind] = []
    for relation in relations:
        # What nobody printed as a product may be a sum of rounded ones: loose by their count.
        parts = 1 if relation.source else summed.get(relation.out, 1)
        loose = [count * parts for count in leaves]
        kinds += _relation_kinds(figures, relation, structure, loose, computed)
    nothing = _nothing(figures, relations)
    kinds += [Kind(group) for group in share_equations(figures, structure, relations)]
    kinds += _sum_kinds(table, figures, structure, nothing, computed)
    equations = tuple(e for k in kinds for e in with_law(figures, k))
    units, aliased = _sure_units(structure, leaves), _aliased(figures, structure)
    return system_of(figures, equations, units, aliased)


def system_of(
    figures: Figures,
    equations: tuple[Equation, ...],
    units: frozenset[int],
    aliased: frozenset[Cell],
) -> System:
    """A system of equations whose laws are known."""
    of_cell: dict[Cell, list[int]] = defaultdict(list)
    for i, equation in enumerate(equations):
        for cell in equation.cells:
            of_cell[cell].append(i)
    offs = tuple(excess(figures, e) for e in equations)
    states = tuple(judge(e, o) for e, o in zip(equations, offs, strict=True))
    taking_part = {c: tuple(i) for c, i in of_cell.items()}
    kinds = [(e.out[1], e.form, e.law) for e in equations]
    holding = Counter(k for k, s in zip(kinds, states, strict=True) if s is State.HOLDS)
    alike = tuple(holding[kind] for kind in kinds)
    levels = usual_levels(figures)
    return System(figures, equations, taking_part, offs, states, levels, units, alike, aliased)
