"""One condition: what the product and the others read of it, against its truth."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.scans import rivals
from benchmarks.scans.cases import Case, cases
from benchmarks.scans.product import Verdicts, as_document, judge
from benchmarks.scans.score import ReadTable, Score, score
from schemas.errors import UnreadableError

RIVALS = ("pdfplumber", "camelot", "img2table", "RapidOCR")


@dataclass(slots=True)
class Line:
    """The results of one condition, its pages added up. `rivals` holds the counts of the others
    that could run; `missed` tells every miss with its document."""

    condition: str
    score: Score = field(default_factory=Score)
    verdicts: Verdicts = field(default_factory=Verdicts)
    rivals: dict[str, Score] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def shown(self) -> str:
        """One line of the report."""
        s, v = self.score, self.verdicts
        others = "".join(
            f" {_share(r.numbers_exact, r.numbers)}" if (r := self.rivals.get(name)) else "      -"
            for name in RIVALS
        )
        return (
            f"{self.condition:18}{s.cells:6} {_share(s.placed, s.cells)} {_share(s.exact, s.cells)}"
            f" {_share(s.numbers_exact, s.numbers)} {_share(v.right, v.numbers)}"
            f" {_share(v.sure, v.numbers)}{v.silent:7}{v.unsaid:7}{v.wrong_units:6}"
            f" {_share(s.boxes_right, s.boxes)} |{others}"
        )


HEADER = (
    f"{'':18}{'cells':>6} {'placed':>6} {'exact':>6} {'before':>6} {'after':>6} {'sure':>6}"
    f"{'SILENT':>7}{'unsaid':>7}{'units':>6} {'boxes':>6} | {'plumb.':>6} {'camel.':>6}"
    f" {'img2t.':>6} {'Rapid':>6}"
)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:6.2f}" if whole else "     -"


def measure(condition: str, seed: int, count: int, others: bool) -> Line:
    """Read so many documents of a condition."""
    line = Line(condition)
    made = list(cases(condition, seed, count))
    for case in made:
        try:
            found, verdicts, _ = judge(case.sheet, case.cells, as_document(case.name, case.data))
        except UnreadableError as error:
            line.refused.append(f"{case.name}: {type(error).__name__}: {error}")
            found, verdicts = score(case.cells, ()), _nothing(case)
        line.missed += [f"{case.name} {miss}" for miss in found.misses]
        verdicts.examples = [f"{example} ({case.name})" for example in verdicts.examples]
        line.score.add(found)
        line.verdicts.add(verdicts)
    if others:
        _others(line, made)
    return line


def _nothing(case: Case) -> Verdicts:
    return Verdicts(numbers=sum(bool(c.figure) and c.number for c in case.cells))


def _others(line: Line, made: Sequence[Case]) -> None:
    def count(name: str, case: Case, tables: Sequence[ReadTable]) -> None:
        line.rivals.setdefault(name, Score()).add(score(case.cells, tables))

    for case in made:
        if case.scans:
            count("RapidOCR", case, rivals.rapidocr_tables(case.scans))
        else:
            count("pdfplumber", case, rivals.pdfplumber_tables(case.data, case.cells))
            count("camelot", case, rivals.camelot_tables(case.data, case.cells))
    found = rivals.img2table_all({case.name: case.data for case in made})
    if found is not None:
        for case in made:
            count("img2table", case, found.get(case.name, ()))


def show_examples(line: Line, most: int) -> None:
    """What went wrong, a few of each kind."""
    for text in line.refused[:most]:
        print("    REFUSED", text)
    silent = [e for e in line.verdicts.examples if not e.startswith("unsaid")]
    unsaid = [e for e in line.verdicts.examples if e.startswith("unsaid")]
    for text in (*silent[: max(most, 5)], *unsaid[:most]):
        print("   ", text)
    for text in line.missed[:most]:
        print("   ", text)
