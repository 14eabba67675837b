"""The cases of `fixtures/`, and what `xiada extract` makes of a file."""

import contextlib
import csv
import io
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from click.testing import CliRunner, Result

from xiada.cli import main

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "fixtures"
TABLES = ("notices", "figures", "indicators", "tables", "findings")

Row = dict[str, str]
Rows = dict[str, list[Row]]


class NotReadError(AssertionError):
    """The command did not read a file that a golden test gave it."""


@dataclass(frozen=True, slots=True)
class Case:
    """One folder of `fixtures/`."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def input(self) -> Path:
        (path,) = self.folder.glob("input.*")
        return path

    @property
    def truth(self) -> Path:
        return self.folder / "truth"

    @property
    def expected(self) -> Path:
        return self.folder / "expected"

    @property
    def is_scan(self) -> bool:
        """Whether its words were recognised from a picture. Another processor may read one of them
        otherwise, so such a case is held against its truth only."""
        return self.name.startswith("scan_")

    @property
    def is_text(self) -> bool:
        return self.input.suffix in (".txt", ".md", ".html", ".csv")


def all_cases() -> tuple[Case, ...]:
    """Every case, in the order of their names."""
    return tuple(Case(path.parent) for path in sorted(FIXTURES.glob("*/README.md")))


def case_named(name: str) -> Case:
    """One case; raises KeyError where there is none of that name."""
    found = {case.name: case for case in all_cases()}
    return found[name]


def run_extract(*paths: Path | str, output: Path) -> Result:
    """`xiada extract PATHS -o output`, run in this process from the root of the repository."""
    arguments = ["extract", *map(str, paths), "-o", str(output), "--quiet"]
    with contextlib.chdir(ROOT):
        return CliRunner().invoke(main, arguments)


@cache
def extract_tables(path: Path) -> dict[str, bytes]:
    """The five csv files that the command writes for one readable file.

    A path below the root is given relative to it, so that `source` is the same on every machine.
    """
    given = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    with tempfile.TemporaryDirectory() as folder:
        result = run_extract(given, output=Path(folder))
        if result.exit_code != 0:
            findings = Path(folder) / "findings.csv"
            said = findings.read_text("utf-8-sig") if findings.exists() else result.output
            raise NotReadError(f"{given}: exit status {result.exit_code}\n{said}{result.exception}")
        return {name: (Path(folder) / f"{name}.csv").read_bytes() for name in TABLES}


def parse_tables(tables: dict[str, bytes]) -> Rows:
    """The rows of the five csv files."""
    return {name: parse_csv(data) for name, data in tables.items()}


def parse_csv(data: bytes) -> list[Row]:
    """Rows of a csv file as the program or a person wrote it, with or without byte-order mark."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def read_csv(path: Path) -> list[Row]:
    """Rows of a csv file, none where there is no such file."""
    return parse_csv(path.read_bytes()) if path.exists() else []
