"""Figures proved: by each table's own arithmetic, then by what the notice says elsewhere."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from audit.checks import CheckedNotice, check_notice
from audit.cross import Agreement, ReadFacts, amount_agreements, cross_check
from audit.grouping import doubt_points
from audit.proof import prove_table
from schemas.findings import Finding
from schemas.head import NoticeHead
from schemas.notice import Allocation, NoticeTable, Performance, Proofs
from schemas.proofs import Holding, Proof, Status, TableProof
from schemas.source import Layout, Line, Media, RawTable

# What these hold is what their author typed; text may be what some OCR made.
_TYPED = frozenset({Media.HTML, Media.DOCX, Media.XLSX})
_SHIFTED = frozenset({Status.UNPROVED})
_MISPLACED = frozenset({Status.UNPROVED, Status.PROVED})
_SAID = frozenset({Status.REPAIRED, Status.SUSPECT})


@dataclass(frozen=True, slots=True)
class Proved:
    """The proofs of a notice's tables, and what its tables and texts say against each other."""

    proofs: Proofs
    findings: tuple[Finding, ...]


def allocations(tables: Iterable[NoticeTable]) -> Iterator[Allocation]:
    """The allocation tables of a notice, and the amounts by unit of tables in across form."""
    for table in tables:
        if isinstance(table, Allocation):
            yield table
        elif isinstance(table, Performance) and table.amounts is not None:
            yield table.amounts


def was_typed(media: Media, layout: Layout) -> bool:
    """Whether a document was born digital as a whole; a PDF is where no table of it is a picture.

    >>> was_typed(Media.HTML, Layout(())), was_typed(Media.TEXT, Layout(()))
    (True, False)
    """
    tables = (block for block in layout.blocks if isinstance(block, RawTable))
    return media in _TYPED or (media is Media.PDF and all(table.reader.typed for table in tables))


def prove_tables(
    tables: Sequence[NoticeTable], body: Sequence[Line], head: NoticeHead, typed: bool
) -> Proved:
    """Recompute every figure that an equation reaches, in the tables and between them.

    `body` are the running lines of the notice. `typed` says that it was born digital as a whole;
    else a table of it may still have been. Nothing is repaired in what was born digital.
    """
    found = tuple(allocations(tables))
    proofs = tuple(_prove(allocation, typed) for allocation in found)
    facts = ReadFacts(
        allocations=found,
        performances=tuple(table for table in tables if isinstance(table, Performance)),
        body=tuple(body),
        head=head,
        proofs=proofs,
        born_digital=typed,
    )
    agreed = _with_agreements(proofs, amount_agreements(facts))
    by_number = {one.table.number: proof for one, proof in zip(found, agreed, strict=True)}
    checked = check_notice(CheckedNotice(found, facts.performances, typed))
    findings = [finding for finding in checked if not _is_superseded(finding, by_number)]
    return Proved(by_number, (*findings, *cross_check(facts)))


def _is_superseded(finding: Finding, proofs: Proofs) -> bool:
    """Whether the proof of a table says of a sum that fails what is to be said, cell by cell, or
    that it holds with what was repaired."""
    table, row, column = finding.table_no, finding.row_no, finding.col_no
    if finding.rule != "sum-mismatch" or table is None or row is None or column is None:
        return False
    if table not in proofs:
        return False
    proof, place = proofs[table], (row - 1, column - 1)
    cell = proof.proofs[place[0]][place[1]]
    sums = (proof.equations[i] for i in cell.equations)
    holds = any(
        e.out == place and e.holding is not Holding.FAILS and {c for _, c in e.inputs} == {place[1]}
        for e in sums
    )
    return holds or cell.status in _SAID


def _prove(allocation: Allocation, typed: bool) -> TableProof:
    born_digital = typed or allocation.table.reader.typed
    proof = prove_table(allocation.table, allocation.structure, born_digital)
    if not born_digital:
        proof = doubt_points(allocation.table, proof)
    rows = allocation.table.rows
    # Where the columns themselves are uncertain, equations hold under the wrong headers as well.
    doubted = _SHIFTED if not all(row.shift_uncertain for row in rows) else _MISPLACED
    cells = tuple(
        tuple(_doubted(cell, doubted) for cell in proofs) if row.shift_uncertain else proofs
        for row, proofs in zip(rows, proof.proofs, strict=True)
    )
    return replace(proof, proofs=cells)


def _doubted(proof: Proof, statuses: frozenset[Status]) -> Proof:
    """A figure that may stand in another's column is suspect until an equation says otherwise."""
    return replace(proof, status=Status.SUSPECT) if proof.status in statuses else proof


def _with_agreements(
    proofs: Sequence[TableProof], agreements: Sequence[Agreement]
) -> tuple[TableProof, ...]:
    """The proofs with one equation more for each cell that another table of the notice repeats."""
    repeated: dict[int, dict[tuple[int, int], int]] = defaultdict(lambda: defaultdict(int))
    for agreement in agreements:
        repeated[agreement.allocation][agreement.row, agreement.column] += 1
    return tuple(
        replace(
            proof,
            proofs=tuple(
                tuple(_agreed(cell, repeated[index][r, c]) for c, cell in enumerate(row))
                for r, row in enumerate(proof.proofs)
            ),
        )
        if repeated[index]
        else proof
        for index, proof in enumerate(proofs)
    )


def _agreed(proof: Proof, times: int) -> Proof:
    if not times:
        return proof
    status = Status.PROVED if proof.status is Status.UNPROVED else proof.status
    return replace(proof, status=status, proofs=proof.proofs + times)
