"""Every case against the tables that were accepted, byte for byte."""

from pathlib import Path

import pytest

from tests.golden.cases import TABLES, Case, all_cases, case_named, extract_tables
from tests.golden.expected import HOW_TO_ACCEPT, accept, expected_diff

SHOWN_LINES = 80


@pytest.mark.parametrize("name", [case.name for case in all_cases() if not case.is_scan])
def test_the_tables_are_as_accepted(name: str) -> None:
    case = case_named(name)
    diff = expected_diff(case, extract_tables(case.input))
    shown = "\n".join(diff[:SHOWN_LINES])
    assert not diff, f"{shown}\n({len(diff)} lines)\n{HOW_TO_ACCEPT}"


def test_nothing_lies_in_expected_that_is_no_table() -> None:
    names = {path.name for case in all_cases() for path in case.expected.glob("*")}
    assert names <= {f"{table}.csv" for table in TABLES}


def test_the_difference_of_one_changed_cell_is_one_line_each_way(tmp_path: Path) -> None:
    case = Case(tmp_path)
    tables = {name: f"\ufeffa,b\r\n1,{name}\r\n".encode() for name in TABLES}
    accept(case, tables)
    assert expected_diff(case, tables) == []
    changed = tables | {"figures": "\ufeffa,b\r\n2,figures\r\n".encode()}
    diff = expected_diff(case, changed)
    assert [line for line in diff if line in ("-1,figures", "+2,figures")] == diff[-2:]
