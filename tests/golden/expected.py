"""The five tables of a case as they were accepted, and how those of today differ from them."""

import difflib

from tests.golden.cases import TABLES, Case

HOW_TO_ACCEPT = (
    "If the new tables are right: `make accept` shows this, `make accept YES=1` takes them over."
)


def expected_diff(case: Case, tables: dict[str, bytes]) -> list[str]:
    """A unified diff over the five csv files, empty where they are the same byte for byte."""
    lines: list[str] = []
    for name in TABLES:
        path = case.expected / f"{name}.csv"
        old = path.read_bytes() if path.exists() else b""
        new = tables[name]
        if old == new:
            continue
        shown = list(
            difflib.unified_diff(
                _lines(old),
                _lines(new),
                f"{case.name}/expected/{name}.csv",
                "now",
                n=0,
                lineterm="",
            )
        )
        lines += shown or [f"{case.name}/expected/{name}.csv: only line ends or marks differ"]
    return lines


def accept(case: Case, tables: dict[str, bytes]) -> None:
    """Overwrite what was accepted with the tables of today."""
    case.expected.mkdir(exist_ok=True)
    for name in TABLES:
        (case.expected / f"{name}.csv").write_bytes(tables[name])


def _lines(data: bytes) -> list[str]:
    return data.decode("utf-8-sig").splitlines()
