"""What becomes of known damage: silent errors, detection, right repairs, false alarms."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from audit.proof import prove_table
from audit.structure import table_to_structure
from benchmarks.proof.damage import misread
from benchmarks.proof.programmes import Head, Sheet
from schemas.proofs import Status, TableProof
from schemas.source import LineRef, Reader
from schemas.tables import AllocationTable, CellKind, Column, Quantity, Row

Printed = tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class Tally:
    """Counts over many tables. `reached` are damaged cells that a clean print would have proved,
    `twice` those of which two equations would have: what can be known where a cell is wrong."""

    cells: int = 0
    damaged: int = 0
    reached: int = 0
    silent: int = 0
    detected: int = 0
    detected_reached: int = 0
    repaired: int = 0
    repaired_reached: int = 0
    twice: int = 0
    repaired_twice: int = 0
    alarms: int = 0
    proved: int = 0
    examples: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        """One line of the report."""

        def share(part: int, whole: int) -> str:
            return f"{100 * part / whole:6.2f}" if whole else "   -  "

        return (
            f"{name:22}{self.cells:8}{self.damaged:7}{self.reached:7}{self.silent:7}"
            f"{share(self.detected, self.damaged)} {share(self.detected_reached, self.reached)}"
            f" {share(self.repaired, self.damaged)} {share(self.repaired_reached, self.reached)}"
            f" {share(self.repaired_twice, self.twice)}"
            f"  {share(self.alarms, self.cells - self.damaged)}"
            f"  {share(self.proved, self.cells)}"
        )


HEADER = (
    f"{'':22}{'cells':>8}{'damag.':>7}{'reach.':>7}{'SILENT':>7}"
    f"{'  det.':>6} {'reach.':>6} {' rep.':>6} {'reach.':>6} {'twice':>6}"
    f"  {'alarm':>6}  {'proved':>6}"
)


def print_sheet(sheet: Sheet) -> Printed:
    """The figures as a right print shows them."""
    return tuple(
        tuple(
            "×" if f is None else format(f, f".{h.places}f") + ("%" if h.measure == "%" else "")
            for f, h in zip(figures, sheet.heads, strict=True)
        )
        for _, figures in sheet.rows
    )


def damage_print(printed: Printed, rate: float, even: bool, seed: int) -> Printed:
    """The print with about so many of its figures misread."""
    random = Random(seed)

    def maybe(text: str) -> str:
        if text == "×" or random.random() >= rate:
            return text
        return misread(text.rstrip("%"), even, random) + ("%" if text.endswith("%") else "")

    return tuple(tuple(maybe(t) for t in line) for line in printed)


def lose_some(printed: Printed, rate: float, seed: int) -> Printed:
    """The print with about so many of its figures left out."""
    random = Random(seed)
    return tuple(
        tuple("" if t != "×" and random.random() < rate else t for t in line) for line in printed
    )


def _quantity(text: str, ref: LineRef) -> Quantity:
    if not text:
        return Quantity(text, CellKind.BLANK, None, 0, "", ref)
    if text == "×":
        return Quantity(text, CellKind.NOT_APPLICABLE, None, 0, "", ref)
    number = text.rstrip("%")
    places = len(number.partition(".")[2])
    measure = "%" if text.endswith("%") else ""
    return Quantity(text, CellKind.NUMBER, Decimal(number), places, measure, ref)


def _column(number: int, head: Head) -> Column:
    return Column(number, (head.name,), head.label, head.formula, head.measure, False)


def printed_table(sheet: Sheet, printed: Printed) -> AllocationTable:
    """The table that a reader would hand to audit."""
    rows = tuple(
        Row(
            n,
            name,
            tuple(_quantity(t, LineRef(n, c)) for c, t in enumerate(line, 2)),
            1,
            LineRef(n),
        )
        for n, ((name, _), line) in enumerate(zip(sheet.rows, printed, strict=True), 1)
    )
    columns = tuple(_column(n, h) for n, h in enumerate(sheet.heads, 1))
    return AllocationTable(
        1, sheet.programme, "", columns, rows, Reader.TABS, (1,), LineRef(1), (), ()
    )


def prove(table: AllocationTable, wholes: tuple[int | None, ...] = ()) -> TableProof:
    """Structure and proof of a table; `wholes` is what places tell of its rows."""
    return prove_table(table, table_to_structure(table, wholes), False)


def count(
    tally: Tally, sheet: Sheet, printed: Printed, clean: TableProof, found: TableProof
) -> None:
    """Add the cells of one damaged table to a tally."""
    right = print_sheet(sheet)
    for r, line in enumerate(right):
        for c, text in enumerate(line):
            proof = found.proofs[r][c]
            if text == "×" or not printed[r][c]:
                continue
            wrong = printed[r][c] != text
            truth = Decimal(text.rstrip("%"))
            repaired = proof.status is Status.REPAIRED
            told = proof.status is Status.SUSPECT or repaired
            good = proof.value == truth
            tally.cells += 1
            tally.proved += proof.status in (Status.PROVED, Status.REPAIRED)
            if proof.status in (Status.PROVED, Status.REPAIRED) and not good:
                tally.silent += 1
                tally.examples.append(
                    f"{sheet.programme} ({r}, {c}): {text} printed {printed[r][c]}"
                    f" {proof.status} as {proof.value}"
                )
            if not wrong:
                tally.alarms += told
                continue
            reached = clean.proofs[r][c].status is Status.PROVED
            tally.damaged += 1
            tally.reached += reached
            tally.detected += told
            tally.detected_reached += told and reached
            tally.repaired += repaired and good
            tally.repaired_reached += repaired and good and reached
            twice = reached and clean.proofs[r][c].proofs > 1
            tally.twice += twice
            tally.repaired_twice += repaired and good and twice


def statuses(found: TableProof) -> Counter[Status]:
    """How many cells have each status."""
    return Counter(p.status for line in found.proofs for p in line)
