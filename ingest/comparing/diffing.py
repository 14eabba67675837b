"""Two files or folders side by side, whatever they are: the entry of `xiada diff`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from audit.diff import (
    Comparison,
    Difference,
    DifferenceKind,
    Pairing,
    SideColumn,
    SideTable,
    Tolerances,
    compare_runs,
    likely_pairs,
    mirrored,
    pair_tables,
)
from ingest.comparing.errors import NotComparableError
from ingest.comparing.grids import file_to_grids
from ingest.comparing.keys import Whereabouts, sheet_to_side, whereabouts_of
from ingest.comparing.named import Sheet
from ingest.comparing.result import DiffResult
from ingest.comparing.runs import Run, read_run, run_figures, run_tables
from ingest.comparing.sheets import grid_to_sheet, spelling
from normalize.places import load_gazetteer

_CELL_KEY = ("table_no", "row_no", "col_no")
_NAMED = 8


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person told beside the two files.

    `on` are the columns that say which figure is meant; `tolerance` holds for all columns but those
    of `tolerances` (by header); `matches` are headers of the right side with the left ones that
    they mean; `ignored` are headers of a spreadsheet that are not looked at.
    """

    on: tuple[str, ...] = ()
    tolerance: Decimal = Decimal(0)
    tolerances: Mapping[str, Decimal] = field(default_factory=dict)
    matches: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()


def diff_files(left: Path, right: Path, wishes: Wishes) -> DiffResult:
    """Compare two files or output folders.

    Raises NotComparableError (exit status 2) where there is nothing to compare, and OSError.
    """
    runs = (read_run(left), read_run(right))
    if runs[0] is not None and runs[1] is not None:
        comparisons: tuple[Comparison, ...] = (_diff_runs(runs[0], runs[1], wishes),)
    elif runs[1] is not None:
        # The columns of a spreadsheet are found by those of the run, whichever is named first.
        there = replace(wishes, matches={ours: theirs for theirs, ours in wishes.matches.items()})
        comparisons = tuple(map(mirrored, _diff_tables((right, left), runs[1], there)))
    else:
        comparisons = _diff_tables((left, right), runs[0], wishes)
    of_runs = None not in runs
    return DiffResult(str(left), str(right), of_runs, comparisons)


def _diff_runs(left: Run, right: Run, wishes: Wishes) -> Comparison:
    key = wishes.on or (_document_column(left, right), *_CELL_KEY)
    items = {f.get("item", "") for run in (left, right) for f in run.figures}
    folded = {item: spelling(item) for item in items}
    tolerances = _tolerances(wishes, folded.values())
    names = (left.name, right.name)
    return compare_runs(run_figures(left, key), run_figures(right, key), names, tolerances, folded)


def _document_column(left: Run, right: Run) -> str:
    """Which column says that two runs read the same document: its hash, or its path where no hash
    is in both (the files were changed, or read in another form)."""
    here, there = ({f.get("notice_id", "") for f in run.figures} for run in (left, right))
    return "notice_id" if here & there - {""} or not (here and there) else "source"


def _diff_tables(
    paths: tuple[Path, Path], run: Run | None, wishes: Wishes
) -> tuple[Comparison, ...]:
    """A run, or a spreadsheet where `run` is None, beside a spreadsheet."""
    lefts = list(run_tables(run)) if run else [r(None) for r in _sheets(paths[0], wishes)]
    rights = _sheets(paths[1], wishes)
    plain = [reading(None) for reading in rights]
    if not lefts:
        raise NotComparableError(f"{paths[0]} holds no figures.")
    columns = [c for table in (*lefts, *plain) for c in table.columns]
    tolerances = _tolerances(wishes, (s for c in columns for s in c.spellings))
    _check_matches(wishes, lefts, plain)
    pairing = pair_tables(
        lefts, rights, tolerances, lambda left, right: _given(wishes, left, right)
    )
    return _comparisons(pairing, lefts, rights)


@dataclass(slots=True)
class _Reading:
    """A sheet of an auditor's file, with keys as of the table that it lies beside."""

    sheet: Sheet
    title: str
    known: dict[Whereabouts, SideTable] = field(default_factory=dict)

    def __call__(self, beside: SideTable | None) -> SideTable:
        """The table with its keys; with no table beside it the names speak for themselves."""
        gazetteer = load_gazetteer()
        keys = [row.key for row in beside.rows] if beside else []
        where = whereabouts_of(keys, gazetteer)
        if where not in self.known:
            self.known[where] = sheet_to_side(self.sheet, self.title, where, gazetteer)
        return self.known[where]


def _sheets(path: Path, wishes: Wishes) -> list[_Reading]:
    grids = [grid for grid in file_to_grids(path) if grid.rows]
    read = [(grid.name, grid_to_sheet(grid, wishes.on)) for grid in grids]
    sheets = [(name, sheet) for name, sheet in read if sheet is not None]
    if not sheets:
        raise NotComparableError(f"{path} has no table with unit names and figures.")
    heads = [column for _, sheet in sheets for column in sheet.columns]
    unknown = [name for name in wishes.ignored if not _headed(name, heads)]
    if unknown:
        raise NotComparableError(f"--ignore: no column of {path} is headed {', '.join(unknown)}.")
    return [
        _Reading(_without(sheet, wishes.ignored), f"{path}!{name}" if name else str(path))
        for name, sheet in sheets
    ]


def _without(sheet: Sheet, ignored: Sequence[str]) -> Sheet:
    """A sheet without some of its columns."""
    left_out = {i for name in ignored for i in _headed(name, sheet.columns)}
    kept = [i for i in range(len(sheet.columns)) if i not in left_out]
    rows = (replace(row, cells=tuple(row.cells[i] for i in kept)) for row in sheet.rows)
    return replace(sheet, columns=tuple(sheet.columns[i] for i in kept), rows=tuple(rows))


def _tolerances(wishes: Wishes, known: Iterable[str]) -> Tolerances:
    by_column = {spelling(name): value for name, value in wishes.tolerances.items()}
    unknown = set(by_column) - set(known)
    if unknown:
        names = [name for name in wishes.tolerances if spelling(name) in unknown]
        raise NotComparableError(f"--abs-tol: no column is headed {', '.join(names)}.")
    return Tolerances(wishes.tolerance, by_column)


def _check_matches(wishes: Wishes, lefts: Sequence[SideTable], rights: Sequence[SideTable]) -> None:
    """Raise where `--match` names a column that is in no table, or stands twice in one."""
    for theirs, ours in wishes.matches.items():
        for name, tables in ((theirs, rights), (ours, lefts)):
            counts = [len(_headed(name, table.columns)) for table in tables]
            if not any(counts):
                raise NotComparableError(f"--match: no column is headed {name}.")
            if max(counts) > 1:
                raise NotComparableError(f"--match: several columns are headed {name}.")


def _headed(name: str, columns: Sequence[SideColumn]) -> list[int]:
    """Columns with a header: by its whole path, else by its last part."""
    full = [i for i, c in enumerate(columns) if spelling(name) == (*c.spellings, "")[0]]
    return full or [i for i, c in enumerate(columns) if spelling(name) in c.spellings]


def _given(wishes: Wishes, left: SideTable, right: SideTable) -> dict[int, int]:
    pairs: dict[int, int] = {}
    for theirs, ours in wishes.matches.items():
        one, other = _headed(ours, left.columns), _headed(theirs, right.columns)
        if one and other:
            pairs[other[0]] = one[0]
    return pairs


def _comparisons(
    pairing: Pairing, lefts: Sequence[SideTable], rights: Sequence[_Reading]
) -> tuple[Comparison, ...]:
    if pairing.unclear:
        table, near = pairing.unclear[0]
        names = "; ".join(near[:_NAMED])
        raise NotComparableError(
            f"{table} may be about several tables ({names}): give a run of the one notice."
        )
    if not pairing.comparisons:
        raise _nothing_in_common(lefts, rights)
    alone = tuple(
        Difference(DifferenceKind.RIGHT_TABLE, table.title, right=table.title)
        for table in pairing.alone
    )
    rest = (Comparison("", table.table, 0, (table,)) for table in alone)
    return (*pairing.comparisons, *rest)


def _nothing_in_common(
    lefts: Sequence[SideTable], rights: Sequence[_Reading]
) -> NotComparableError:
    """Why no figure meets another: which units and columns there are, and what may be meant."""
    beside = [(left, reading(left)) for left in lefts for reading in rights]
    for left, right in beside:
        keys = {row.key for row in left.rows} & {row.key for row in right.rows}
        if keys:
            hints = "; ".join(f"--match '{r}={i}'" for i, r in likely_pairs(left, right)[:_NAMED])
            may = f" By its figures it may be: {hints}." if hints else ""
            return NotComparableError(
                f"The two sides have {len(keys)} units in common, but no column is surely the "
                f"same.{may} Columns of the left: {_heads([left])}. "
                f"Columns of the right: {_heads([right])}."
            )
    there = [right for _, right in beside]
    return NotComparableError(
        "The two sides have no unit in common. "
        f"Rows of the left: {_names(lefts)}. Rows of the right: {_names(there)}. "
        f"Columns of the left: {_heads(lefts)}. Columns of the right: {_heads(there)}."
    )


def _names(tables: Sequence[SideTable]) -> str:
    return "、".join(dict.fromkeys(r.name for t in tables for r in t.rows[:_NAMED]))


def _heads(tables: Sequence[SideTable]) -> str:
    return "、".join(dict.fromkeys(c.name for t in tables for c in t.columns[:_NAMED]))
