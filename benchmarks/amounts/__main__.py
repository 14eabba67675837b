"""`python -m benchmarks.amounts [TABLES [SEED]]`: bare columns of amounts under real names.

Most allocation tables have one or two columns of amounts, a row a county, and nothing but the sums
of prefectures to prove them. Each is made from a random province, damaged, written as a text and
read the whole way. Columns: cells, damaged, cells called proved or repaired that are wrong (SILENT;
two faults that cancel out in a column cannot be seen); of the damaged the percentage detected
(suspect or repaired) and rightly repaired; of the undamaged the percentage called suspect or
repaired (alarm); of all, the percentage proved or repaired; tables that were not read as one.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random

from benchmarks.names.generate import Case, provinces, table
from benchmarks.proof.damage import misread
from ingest.recipe import open_document, read_document
from normalize.places import load_gazetteer
from schemas.notice import Allocation, ReadNotice
from schemas.proofs import Proof, Status

_NO_DAMAGE = 0.0
_CONDITIONS = ((1, 0.0), (2, 0.0), (1, 0.01), (2, 0.01), (1, 0.04), (2, 0.04))
_HEADS = ("补助资金", "结算资金")


@dataclass(slots=True)
class Tally:
    """Counts over many tables; `lost` are those that were not read as one table of all rows."""

    cells: int = 0
    damaged: int = 0
    silent: int = 0
    detected: int = 0
    repaired: int = 0
    alarms: int = 0
    proved: int = 0
    lost: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, truth: str, printed: str, proof: Proof) -> None:
        """Count one cell."""
        good = proof.value == Decimal(truth)
        sure = proof.status in (Status.PROVED, Status.REPAIRED)
        told = proof.status in (Status.SUSPECT, Status.REPAIRED)
        self.cells += 1
        self.proved += sure
        if sure and not good:
            self.silent += 1
            self.examples.append(f"{truth} printed {printed} {proof.status} as {proof.value}")
        if printed == truth:
            self.alarms += told
        else:
            self.damaged += 1
            self.detected += told
            self.repaired += proof.status is Status.REPAIRED and good

    def line(self) -> str:
        """One line of the report."""

        def share(part: int, whole: int) -> str:
            return f"{100 * part / whole:7.2f}" if whole else "     - "

        return (
            f"{self.cells:8}{self.damaged:8}{self.silent:8}{share(self.detected, self.damaged)}"
            f"{share(self.repaired, self.damaged)}"
            f"{share(self.alarms, self.cells - self.damaged)}{share(self.proved, self.cells)}"
            f"{self.lost:6}"
        )


def column(case: Case, random: Random) -> list[int]:
    """Amounts for the rows of a case that add up as its blocks do."""
    amounts = [random.randint(1, 99_999) for _ in case.rows]
    heads = {row.head for row in case.rows}
    for head in sorted((h for h in heads if h is not None), reverse=True):
        amounts[head] = sum(
            a for a, row in zip(amounts, case.rows, strict=True) if row.head == head
        )
    return amounts


def notice_text(case: Case, printed: list[list[str]]) -> str:
    """The notice: its title, the measure, and the table with tabs."""
    lines = [
        f"{case.home.name}财政局关于下达{case.year}年城乡医疗救助补助资金的通知",
        "附件：资金分配表",
        "单位：万元",
        "\t".join(("地区", *_HEADS[: len(printed[0])])),
    ]
    rows = zip(case.rows, printed, strict=True)
    return "\n".join([*lines, *("\t".join((row.printed, *texts)) for row, texts in rows), ""])


def cases(count: int, seed: int) -> Iterator[tuple[Case, Random]]:
    """Tables of random provinces and prefectures whose blocks are told, with their generators."""
    gazetteer = load_gazetteer()
    homes = provinces(gazetteer)
    made = 0
    while made < count:
        random = Random(seed)
        case = table(gazetteer, random.choice(homes), random, _NO_DAMAGE)
        seed += 1
        if any(row.head is not None for row in case.rows):
            made += 1
            yield case, random


def run(count: int, seed: int, columns: int, rate: float, folder: Path) -> Tally:
    """Read so many tables of so many columns with that share of their figures misread."""
    tally = Tally()
    for case, random in cases(count, seed):
        drawn = [column(case, random) for _ in range(columns)]
        right = [list(map(str, line)) for line in zip(*drawn, strict=True)]
        printed = [
            [misread(t, False, random) if random.random() < rate else t for t in line]
            for line in right
        ]
        path = folder / "notice.txt"
        path.write_text(notice_text(case, printed), encoding="utf-8")
        notice = read_document(open_document(path, path.name))
        proofs = _proofs(notice, len(right))
        tally.lost += proofs is None
        for line, texts, found in zip(right, printed, proofs or (), strict=False):
            for truth, text, proof in zip(line, texts, found, strict=True):
                tally.add(truth, text, proof)
    return tally


def _proofs(notice: ReadNotice, rows: int) -> tuple[tuple[Proof, ...], ...] | None:
    """The proofs of a notice's one allocation table; None where it was not read as that."""
    tables = [t.table for t in notice.tables if isinstance(t, Allocation)]
    if len(tables) != 1 or len(tables[0].rows) != rows:
        return None
    return notice.proofs[tables[0].number].proofs


def main(count: int = 100, seed: int = 2000) -> int:
    """Print the report; 1 where a silent error was found."""
    heads = ("cells", "damaged", "SILENT", "det.", "rep.", "alarm", "proved", "lost")
    widths = (8, 8, 8, 7, 7, 7, 7, 6)
    print(f"{'':22}" + "".join(f"{h:>{w}}" for h, w in zip(heads, widths, strict=True)))
    silent = 0
    with tempfile.TemporaryDirectory() as folder:
        for columns, rate in _CONDITIONS:
            tally = run(count, seed, columns, rate, Path(folder))
            print(f"{f'{columns} columns, {rate:.0%} damaged':22}{tally.line()}", flush=True)
            for example in tally.examples[:5]:
                print("   SILENT", example)
            silent += tally.silent
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
