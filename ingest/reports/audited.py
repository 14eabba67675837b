"""One notice as an auditor wants it: every figure with what was recomputed and why.

The reports only lay out what stands here.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from audit.sentences import equation_text
from ingest.findings import finding_record
from ingest.records import Records
from ingest.reports.words import is_discrepancy
from schemas.findings import Finding, Severity
from schemas.notice import Allocation
from schemas.proofs import Holding, Proof, ProofEquation, Status, TableProof
from schemas.records import FindingRecord, NoticeRecord
from schemas.source import Document
from schemas.tables import Quantity

TO_LOOK_AT = (Status.SUSPECT, Status.REPAIRED, Status.UNREADABLE, Status.UNPROVED)
"""The statuses of figures that somebody may want to see, the worst first."""

FIGURE_RULES = ("figure-repaired", "figure-suspect")
"""The rules of the findings that stand for one figure each."""


@dataclass(frozen=True, slots=True)
class FigureFacts:
    """A cell of an allocation table. `printed` is what stands there and `extracted` its number;
    `value` is the number that is accepted.

    `recomputed` is what the equations give, as far as one gives a number; `difference` is what
    is printed less that. `main` is the equation that says it, `equations` all, with numbers.
    """

    printed: str
    extracted: Decimal | None
    value: Decimal | None
    status: Status
    recomputed: Decimal | None
    difference: Decimal | None
    tolerance: Decimal | None
    main: ProofEquation | None
    equations: tuple[str, ...]
    proposals: tuple[Decimal, ...]
    ref: str


@dataclass(frozen=True, slots=True)
class TableFacts:
    """An allocation table with the facts of each cell, row by row."""

    allocation: Allocation
    figures: tuple[tuple[FigureFacts, ...], ...]


@dataclass(frozen=True, slots=True)
class Audited:
    """A notice after its audit. `findings` are sorted, the worst first."""

    records: Records
    tables: tuple[TableFacts, ...]
    findings: tuple[FindingRecord, ...]

    @property
    def notice(self) -> NoticeRecord:
        """The row of the table `notices`."""
        return self.records.notices[0]

    @property
    def failed(self) -> bool:
        """Whether it could not be read."""
        return self.notice.outcome == "rejected"

    @property
    def discrepancies(self) -> int:
        """How many figures are repaired or suspect, and how many other findings say that figures
        do not agree."""
        told = {(f.table_no, f.row_no, f.col_no) for f in self.findings if f.rule in FIGURE_RULES}
        others = sum(
            is_discrepancy(finding)
            for finding in self.findings
            if finding.rule not in FIGURE_RULES
            or (finding.table_no, finding.row_no, finding.col_no) not in told
        )
        return self.notice.repaired + self.notice.suspect + others

    def severities(self) -> Counter[Severity]:
        """How many findings there are of each severity."""
        return Counter(finding.severity for finding in self.findings)

    def badness(self) -> tuple[int, ...]:
        """Grows with what is wrong, for an order with the worst first."""
        count = self.severities()
        notice = self.notice
        doubtful = (notice.suspect, count[Severity.ERROR], notice.repaired)
        return (int(self.failed), *doubtful, count[Severity.WARNING], notice.unproved)


_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def audit_proved(
    records: Records,
    tables: Iterable[tuple[Allocation, TableProof]],
    more: Iterable[Finding] = (),
) -> Audited:
    """A notice with the proofs of its allocation tables, ready for a report; `more` are findings
    that other notices lead to."""
    notice = records.notices[0]
    document = Document(notice.source, notice.notice_id, notice.media, b"")
    added = [finding_record(document, finding) for finding in more]
    facts = tuple(TableFacts(found, table_facts(found, proof)) for found, proof in tables)
    return Audited(records, facts, worst_findings_first((*records.findings, *added)))


def worst_findings_first(findings: Iterable[FindingRecord]) -> tuple[FindingRecord, ...]:
    """Findings by severity; of one severity those first by which figures do not agree."""
    return tuple(sorted(findings, key=lambda f: (_ORDER.index(f.severity), not is_discrepancy(f))))


def table_facts(found: Allocation, proof: TableProof) -> tuple[tuple[FigureFacts, ...], ...]:
    """The facts of every cell of a table."""
    texts = [equation_text(proof.proofs, equation) for equation in proof.equations]
    return tuple(
        tuple(_facts((r, c), quantity, proof, texts) for c, quantity in enumerate(row.cells))
        for r, row in enumerate(found.table.rows)
    )


def _facts(
    cell: tuple[int, int], quantity: Quantity, table: TableProof, texts: list[str]
) -> FigureFacts:
    proof = table.proofs[cell[0]][cell[1]]
    equations = sorted(proof.equations, key=lambda i: _rank(cell, proof.status, table.equations[i]))
    main = table.equations[equations[0]] if equations else None
    recomputed = _recomputed(cell, proof, main)
    difference = None
    if recomputed is not None and quantity.value is not None:
        difference = quantity.value - recomputed
    return FigureFacts(
        quantity.printed,
        quantity.value,
        proof.value,
        proof.status,
        recomputed,
        difference,
        main.tolerance if main else None,
        main,
        tuple(texts[i] for i in equations),
        proof.proposals,
        str(quantity.ref),
    )


def _rank(
    cell: tuple[int, int], status: Status, equation: ProofEquation
) -> tuple[int, int, int, Decimal]:
    """The equation that says most of a cell first: one that fails for a suspect cell, one that
    holds for others; one whose result it is, or a plain sum that it is a part of; the shorter;
    the tighter."""
    holding = (Holding.HOLDS, Holding.LOOSE, Holding.FAILS).index(equation.holding)
    first = -holding if status in (Status.SUSPECT, Status.UNPROVED) else holding
    part = 0 if equation.out == cell else 1 if not equation.terms else 2
    return first, part, len(equation.inputs), equation.tolerance


def _recomputed(cell: tuple[int, int], proof: Proof, main: ProofEquation | None) -> Decimal | None:
    """What the equations give for a cell: of a sum also for its parts, by what is left."""
    if proof.status is Status.REPAIRED:
        return proof.value
    if main is None or proof.value is None:
        return None
    if main.out == cell:
        return main.recomputed
    if not main.terms and main.difference is not None and main.inputs.count(cell) == 1:
        return proof.value + main.difference
    return proof.proposals[0] if len(proof.proposals) == 1 else None
