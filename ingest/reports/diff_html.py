"""A comparison as one HTML page: what differs, then both sides of each table side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from pathlib import Path

from audit.diff import ComparedCell, Comparison, Difference, SideCell
from ingest.comparing.result import DiffResult, LongComparison, counting
from ingest.reports.diff_csv import shown_key
from ingest.reports.diff_words import shown_note
from ingest.reports.pages import render, render_in_parts, shown, write_page
from ingest.reports.words import words


@dataclass(frozen=True, slots=True)
class PairView:
    """Both sides of a figure: texts, class, and all facts as lines."""

    left: str
    right: str
    difference: str
    status: str
    facts: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A row that both sides have; None where neither has a figure in a column."""

    name: str
    key: str
    clean: bool
    pairs: tuple[PairView | None, ...]


def write_diff_html(path: Path, result: DiffResult) -> None:
    """Write the page."""
    head = render("diff_head.html", result=result, compared=_sum(result))
    sections = (part for c in result.comparisons for part in _section(c, result.of_runs))
    write_page(path, words()["diff.title"], chain([head], sections))


def _sum(result: DiffResult) -> tuple[int, int, int]:
    """Compared figures, equal ones, and differences that count, over all tables."""
    compared = sum(c.compared for c in result.comparisons)
    equal = sum(c.equal for c in result.comparisons)
    return compared, equal, sum(map(counting, result.comparisons))


def _section(comparison: Comparison | LongComparison, of_runs: bool) -> Iterator[str]:
    return render_in_parts(
        "diff_table.html",
        comparison=comparison,
        of_runs=of_runs,
        count=counting(comparison),
        counting=(_with_key(d) for d in comparison.differences if d.counts),
        others=_by_kind([d for d in comparison.differences if not d.counts]),
        rows=_rows(comparison),
    )


def _by_kind(asides: Sequence[Difference]) -> list[tuple[str, list[tuple[Difference, str]]]]:
    """Differences that do not count, kind by kind."""
    kinds = dict.fromkeys(one.kind for one in asides)
    return [(kind.value, [_with_key(d) for d in asides if d.kind is kind]) for kind in kinds]


def _with_key(one: Difference) -> tuple[Difference, str]:
    return replace(one, note=shown_note(one.note)), shown_key(one.key)


def _rows(comparison: Comparison | LongComparison) -> list[RowView]:
    """The rows in which both sides have a figure."""
    rows: list[RowView] = []
    for number, group in groupby(comparison.cells, key=lambda cell: cell.row):
        cells: Sequence[ComparedCell] = tuple(group)
        pairs: list[PairView | None] = [None] * len(comparison.columns)
        for cell in cells:
            pairs[cell.column] = _pair(comparison, cell)
        key, name = comparison.rows[number]
        clean = all(cell.same for cell in cells)
        rows.append(RowView(name, shown_key(key), clean, tuple(pairs)))
    return rows


def _pair(comparison: Comparison | LongComparison, cell: ComparedCell) -> PairView:
    word = words()
    left, right = comparison.columns[cell.column]
    facts = [
        f"{word['item']}：{left}",
        f"{word['left']}：{cell.left.text or '—'}",
        f"{word['right']}：{cell.right.text or '—'}（{right}）",
        f"{word['difference']}：{shown(cell.difference)}",
        f"{word['tolerance']}：±{shown(cell.tolerance)}",
    ]
    if cell.left.status:
        facts.append(f"{word['status']}：{word[f'status.{cell.left.status}']}")
    facts += [
        f"{word['left_place']}：{cell.left.place}",
        f"{word['right_place']}：{cell.right.place}",
    ]
    return PairView(
        _text(cell.left),
        _text(cell.right),
        "" if cell.same and not cell.difference else shown(cell.difference),
        "same" if cell.same else "off",
        "\n".join(facts),
    )


def _text(cell: SideCell) -> str:
    return cell.text or "—" if cell.value is None else shown(cell.value)
