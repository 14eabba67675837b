"""Performance tables whose cells are laid out: from raw tables to `PerformanceTable`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from normalize.performance.across import (
    AcrossForm,
    across_to_amounts,
    budget_of_whole,
    draft_to_unit_targets,
    rows_to_units,
    with_own_targets,
)
from normalize.performance.evidence import Ballots, count_votes, evidences, votes
from normalize.performance.fields import Field, Header, grid_to_header, with_signs
from normalize.performance.flat import rows_to_flat
from normalize.performance.grid import GridRow, Slot, tables_to_grid
from normalize.performance.heads import Head, head_findings, rows_to_head
from normalize.performance.indicators import drafts_to_indicators, target_of
from normalize.performance.levels import printed_to_levels
from normalize.performance.printed_levels import (
    PrintedLevels,
    Source,
    drafts_to_printed,
    is_damaged,
)
from normalize.performance.rejoin import with_broken_rows_joined
from normalize.performance.scores import scores_to_findings
from normalize.performance.upright import Draft, rows_to_drafts
from normalize.text import squeeze
from schemas.findings import Cause, Finding, Severity
from schemas.performance import PerformanceTable
from schemas.source import Line, Reader, Ref
from schemas.tables import AllocationTable, Part, TableKind


@dataclass(frozen=True, slots=True)
class _Form:
    """A form with its rows sorted, before the levels are decided."""

    part: Part
    rows: tuple[GridRow, ...]
    header: Header | None
    head: Head
    drafts: tuple[Draft, ...]
    others: tuple[GridRow, ...]
    printed: tuple[PrintedLevels, ...]
    damaged: bool
    findings: tuple[Finding, ...]


def part_to_performance(part: Part, number: int) -> PerformanceTable:
    """Reads one form; see `parts_to_performance`."""
    return parts_to_performance((part,), (number,))[0]


def parts_to_performance(
    parts: Sequence[Part], numbers: Sequence[int]
) -> tuple[PerformanceTable, ...]:
    """Reads the target tables and self-evaluations of one notice, in print order.

    All are read before the levels of any are decided, because undamaged forms of a notice say
    where an indicator of a damaged one belongs. `numbers` are the tables' numbers in the document.
    A part without a single printed cell gives a table without indicators, with a finding.
    """
    forms = [_part_to_form(part) for part in parts]
    ballots = _ballots(forms)
    return tuple(_form_to_table(f, n, ballots) for f, n in zip(forms, numbers, strict=True))


def _part_to_form(part: Part) -> _Form:
    rows = tables_to_grid(part.tables)
    flat = rows_to_flat(rows)
    if flat is not None:
        rows = flat.rows
    header = grid_to_header(rows) if rows else None
    rows = with_broken_rows_joined(rows, header)
    if header is not None:
        header = with_own_targets(with_signs(header, rows), rows)
    drafts, others = rows_to_drafts(rows, header) if header else ((), ())
    above = rows if header is None else rows[: header.row] if header.row >= 0 else others
    printed = drafts_to_printed(drafts)
    return _Form(
        part,
        rows,
        header,
        rows_to_head(above, part.lead),
        drafts,
        others if header is not None and header.row >= 0 else (),
        printed,
        is_damaged(printed, drafts),
        flat.findings if flat else (),
    )


def _ballots(forms: Sequence[_Form]) -> Ballots:
    return count_votes(
        (draft.name, row.level2)
        for form in forms
        if not form.damaged
        for draft, row in zip(form.drafts, form.printed, strict=True)
        if row.level2 and row.source2 is not Source.NONE
    )


def _form_to_table(form: _Form, number: int, ballots: Ballots) -> PerformanceTable:
    voted = votes(ballots, _ballots((form,)))
    targets = [(draft.name, target_of(draft)) for draft in form.drafts]
    levels = printed_to_levels(form.printed, evidences(targets, voted), form.damaged)
    indicators, findings = drafts_to_indicators(form.drafts, form.printed, levels, number)
    if form.header and form.header.units:
        units = form.header.units
        indicators = tuple(
            replace(indicator, by_unit=draft_to_unit_targets(draft, units))
            for indicator, draft in zip(indicators, form.drafts, strict=True)
        )
    columns = {column.field for column in form.header.columns} if form.header else set()
    return PerformanceTable(
        number=number,
        kind=TableKind.SELF_EVALUATION if Field.ACTUAL in columns else form.part.kind,
        title=form.part.title,
        measure=form.head.measure,
        budget_unit=squeeze(form.head.budget_unit),
        project=form.head.project,
        budget=budget_of_whole(form.head.budget, form.rows, _units(form)),
        goal=form.head.goal,
        result=form.head.result,
        indicators=indicators,
        amounts=_amounts(form, number),
        rows=len(indicators),
        columns=max((len(row.slots) for row in form.rows), default=0),
        reader=form.part.tables[0].reader if form.part.tables else Reader.SCRAMBLED,
        pages=_pages(form.part),
        ref=_place(form.part),
        findings=(
            *_form_findings(form, number),
            *findings,
            *scores_to_findings(indicators, form.head, form.others, number),
        ),
    )


def _pages(part: Part) -> tuple[int, ...]:
    pages = {table.page for table in part.tables} or {line.page for line in _lines(part)}
    return tuple(sorted(pages))


def _place(part: Part) -> Ref:
    """Where a part begins; a part of which nothing was printed cannot be."""
    return part.tables[0].ref if part.tables else _lines(part)[0].ref


def _lines(part: Part) -> tuple[Line, ...]:
    return (*part.lead, *part.body)


def _amounts(form: _Form, number: int) -> AllocationTable | None:
    units = _units(form)
    if not units:
        return None
    return across_to_amounts(AcrossForm(form.part, _above(form), units, form.head.measure), number)


def _above(form: _Form) -> tuple[GridRow, ...]:
    return form.rows[: max(form.header.row, 0)] if form.header else ()


def _units(form: _Form) -> tuple[Slot, ...]:
    """The units of a form in across form; none in an upright one."""
    return (form.header.units if form.header else ()) or rows_to_units(_above(form))


def _form_findings(form: _Form, number: int) -> tuple[Finding, ...]:
    found = [replace(f, table_no=number) for f in form.findings]
    ref = _place(form.part)

    def say(rule: str, severity: Severity, message: str) -> None:
        found.append(Finding(rule, severity, message, Cause.EXTRACTION, number, ref=ref))

    if form.header is None:
        say(
            "header-missing",
            Severity.ERROR,
            "No header of indicators (一级指标, …, 指标值) was found: no indicator was read.",
        )
    elif form.header.row < 0:
        say(
            "header-missing",
            Severity.WARNING,
            "The header of the indicators is missing; its columns were told from the rows.",
        )
    elif form.header.blocks > 1:
        say(
            "blocks-unread",
            Severity.WARNING,
            "Indicators stand side by side for several periods; only the yearly ones were read.",
        )
    if form.header is not None and not form.drafts:
        say("indicators-missing", Severity.WARNING, "The form prints no indicator.")
    if form.rows:
        found += [replace(f, table_no=number) for f in head_findings(form.head, form.rows[0])]
    return tuple(found)
