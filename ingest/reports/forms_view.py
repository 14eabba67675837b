"""What the HTML report of an audit shows of a performance table: its amounts and indicators, with
what was found beside each."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ingest.reports.audited import Audited
from ingest.reports.pages import shown
from ingest.reports.sentences import finding_in_chinese
from ingest.reports.words import words
from schemas.findings import Severity
from schemas.proofs import Status
from schemas.records import FindingRecord, IndicatorRecord
from schemas.tables import TableKind

_KINDS = (TableKind.PERFORMANCE_TARGET, TableKind.SELF_EVALUATION)
_AMOUNTS = ("amount_total", "amount_fiscal", "amount_other", "budget", "executed")
_ABOUT = ("budget_unit", "project")
_COLUMNS = ("level1", "level2", "indicator", "target_printed")
_OPTIONAL = ("actual_printed", "attained", "weight", "score")
_MARKS = {Severity.ERROR: "suspect", Severity.WARNING: "unproved"}

Place = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class FormRow:
    """An indicator: its anchor and number, its cells as (text, class), whether there is nothing to
    look at, and all facts as lines."""

    anchor: str
    number: int
    cells: tuple[tuple[str, str], ...]
    clean: bool
    facts: str


@dataclass(frozen=True, slots=True)
class FormView:
    """A performance table as the page shows it; `about` are names with what the form prints."""

    anchor: str
    number: int
    title: str
    about: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[FormRow, ...]
    mark: str


def form_views(prefix: str, audited: Audited) -> tuple[FormView, ...]:
    """The performance tables of a notice that have indicators; `prefix` is its anchor."""
    found: defaultdict[Place, list[FindingRecord]] = defaultdict(list)
    for finding in audited.findings:
        found[finding.table_no, finding.row_no].append(finding)
    titles = {t.table_no: t.title or "" for t in audited.records.tables if t.kind in _KINDS}
    grouped = groupby(audited.records.indicators, key=lambda row: row.table_no)
    return tuple(
        _form(prefix, number, titles[number], tuple(rows), found)
        for number, rows in grouped
        if number in titles
    )


def _form(
    prefix: str,
    number: int,
    title: str,
    rows: Sequence[IndicatorRecord],
    found: Mapping[Place, list[FindingRecord]],
) -> FormView:
    word, first = words(), rows[0]
    # A form in across form has targets for each unit: which one is then told row by row.
    units = len({row.budget_unit for row in rows}) > 1
    about = [name for name in (*_ABOUT, *_AMOUNTS) if not (units and name != "project")]
    printed = tuple((word[name], _text(first, name)) for name in about if _text(first, name))
    columns = [*(["budget_unit"] if units else []), *_COLUMNS]
    columns += [name for name in _OPTIONAL if any(_text(row, name) for row in rows)]
    anchor = f"{prefix}t{number}"
    return FormView(
        anchor,
        number,
        title,
        printed,
        tuple(word[name] for name in columns),
        tuple(_row(anchor, row, columns, found.get((number, row.row_no), [])) for row in rows),
        _mark(found.get((number, None), [])),
    )


def _row(
    anchor: str, row: IndicatorRecord, columns: Sequence[str], found: Sequence[FindingRecord]
) -> FormRow:
    mark = _mark(found)
    # An equation that holds says so of the target, and of nothing else in the row.
    proved = Status.PROVED.value if row.status is Status.PROVED else ""
    return FormRow(
        f"{anchor}r{row.row_no}",
        row.row_no,
        tuple(
            (_text(row, name), mark or (proved if name == "target_printed" else ""))
            for name in columns
        ),
        not mark,
        "\n".join(_facts(row, found)),
    )


def _facts(row: IndicatorRecord, found: Sequence[FindingRecord]) -> Iterator[str]:
    word = words()
    yield f"{word['indicator']}：{row.indicator or '—'}"
    yield f"{word['target_printed']}：{row.target_printed or '—'}"
    if row.status is Status.PROVED:
        yield f"{word['status']}：{word['status.proved']}"
    if row.actual_printed:
        yield f"{word['actual_printed']}：{row.actual_printed}"
    for finding in found:
        yield f"{word[f'severity.{finding.severity}']}：{_line(str(finding_in_chinese(finding)))}"
        if finding.recomputed is not None:
            yield f"{word['recomputed']}：{shown(finding.recomputed)}"
        if finding.difference is not None:
            yield f"{word['printed_difference']}：{shown(finding.difference)}"
    yield f"{word['ref']}：{row.ref}"


def _mark(found: Sequence[FindingRecord]) -> str:
    severities = {finding.severity for finding in found}
    return next((mark for severity, mark in _MARKS.items() if severity in severities), "")


def _text(row: IndicatorRecord, name: str) -> str:
    value: Any = getattr(row, name)
    if value is None:
        return ""
    if name == "attained":
        return words()[f"attained.{value}"]
    return _line(str(value)) if isinstance(value, str) else shown(value)


def _line(text: str) -> str:
    return " ".join(text.split())
