"""One notice after all stages: everything that is known of it, before it becomes records."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from schemas.findings import Finding
from schemas.head import NoticeHead
from schemas.performance import PerformanceTable
from schemas.places import Placement
from schemas.proofs import Structure, TableProof
from schemas.source import Document, Layout
from schemas.tables import AllocationTable, PlainTable


@dataclass(frozen=True, slots=True)
class Allocation:
    """An allocation table with what was found out about its rows: one placement for each row."""

    table: AllocationTable
    structure: Structure
    placements: tuple[Placement, ...]


@dataclass(frozen=True, slots=True)
class Performance:
    """A performance table with its unit, and the amounts by unit of a table in across form."""

    table: PerformanceTable
    placement: Placement
    amounts: Allocation | None


NoticeTable = Allocation | Performance | PlainTable

Proofs = Mapping[int, TableProof]
"""What was proved of allocation tables, by the number of the table."""


@dataclass(frozen=True, slots=True)
class ReadNotice:
    """A document read to the end. `layout` keeps the raw cells for `--raw`, `proofs` the verdicts
    on the figures of its tables. A document that could not be read, or not so that anybody may use
    it, has `rejected` set and a finding that says why.
    """

    document: Document
    layout: Layout
    head: NoticeHead
    tables: tuple[NoticeTable, ...]
    findings: tuple[Finding, ...]
    proofs: Proofs = field(default_factory=dict)
    rejected: bool = False
