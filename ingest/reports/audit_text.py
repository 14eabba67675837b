"""The audit as text for a terminal: a line a notice, what does not agree, and why."""

from collections.abc import Iterator, Sequence

from ingest.export.plain import plain_decimal
from ingest.reports.audited import FIGURE_RULES, TO_LOOK_AT, Audited, FigureFacts
from ingest.reports.words import is_discrepancy
from schemas.findings import Severity
from schemas.proofs import Status
from schemas.records import FindingRecord

SUMMARY_HEADER = (
    "notice",
    "figures",
    "proved",
    "repaired",
    "suspect",
    "unproved",
    "discrepancies",
    "errors",
    "warnings",
    "notes",
)
MOST_LINES = 20
"""So many discrepancies of one notice are listed; a report has them all."""


def summary_row(audited: Audited) -> tuple[str, ...]:
    """The line of a notice, in the order of `SUMMARY_HEADER`."""
    notice, count = audited.notice, audited.severities()
    severities = [str(count[severity]) for severity in Severity]
    if audited.failed:
        return (notice.source, "not read", *[""] * 5, *severities)
    counts = (notice.figures, notice.proved, notice.repaired, notice.suspect, notice.unproved)
    return (notice.source, *map(str, counts), str(audited.discrepancies), *severities)


def discrepancy_lines(audited: Audited) -> list[str]:
    """What does not agree in a notice, the worst first; "" where everything does."""
    found = [f for f in audited.findings if f.rule in FIGURE_RULES or is_discrepancy(f)]
    if audited.failed:
        found = [f for f in audited.findings if f.severity is Severity.ERROR]
    lines = [visible(_finding_line(finding)) for finding in found[:MOST_LINES]]
    if len(found) > MOST_LINES:
        lines.append(f"… and {len(found) - MOST_LINES} more; --report has them all")
    return lines


def _finding_line(finding: FindingRecord) -> str:
    places = (("table", finding.table_no), ("row", finding.row_no), ("column", finding.col_no))
    place = " ".join(f"{name} {number}" for name, number in places if number)
    where = ", ".join(text for text in (place, finding.ref) if text)
    rule = f"{finding.rule} ({where})" if where else finding.rule
    return f"{finding.severity.value}: {rule}: {finding.message}"


def explain_lines(audited: Audited) -> Iterator[str]:
    """For each figure that is not proved its equations with numbers put in, the worst first."""
    for facts in audited.tables:
        table = facts.allocation.table
        found = [
            (TO_LOOK_AT.index(figure.status), r, c, figure)
            for r, row in enumerate(facts.figures)
            for c, figure in enumerate(row)
            if figure.status in TO_LOOK_AT
        ]
        for _, r, c, figure in sorted(found, key=lambda one: one[:3]):
            where = f"table {table.number}, {table.rows[r].unit_printed}, {table.columns[c].item}"
            yield visible(f"{figure.status.value}: {where} ({figure.ref}): {_what(figure)}")
            yield from (visible(f"    {text}") for text in figure.equations)
            if not figure.equations:
                yield "    no equation reaches it"


def _what(figure: FigureFacts) -> str:
    text = f"printed {figure.printed}"
    if figure.status is Status.REPAIRED and figure.value is not None:
        text += f", read as {plain_decimal(figure.value)}"
    if figure.proposals:
        text += f", perhaps {' or '.join(map(plain_decimal, figure.proposals))}"
    return text


def visible(text: str) -> str:
    r"""A text that a terminal only shows: line breaks and escapes become signs.

    >>> visible("甲\x1b[2J乙")
    '甲\\x1b[2J乙'
    """
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def worst_first(rows: Sequence[tuple[tuple[int, ...], int]]) -> list[int]:
    """Indices of notices by how bad they are, the worst first, else as they came.

    >>> worst_first([((0, 1), 0), ((0, 5), 1), ((0, 1), 2)])
    [1, 0, 2]
    """
    return [index for _, index in sorted(rows, key=lambda row: tuple(-n for n in row[0]))]
