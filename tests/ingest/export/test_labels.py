"""The words of the workbook cover everything that the tables can hold."""

import pytest

from ingest.export.columns import TABLES, table_columns
from ingest.export.labels import column_label, sheet_labels, terms
from schemas.findings import Cause, Severity
from schemas.places import UnitStatus
from schemas.proofs import Status
from schemas.tables import Role, TableKind


def test_every_table_has_a_sheet() -> None:
    assert [label.table for label in sheet_labels()] == list(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_a_header_of_its_own(table: str) -> None:
    headers = [column_label(table, column.name).header for column in table_columns(table)]
    assert all(headers)
    assert len(set(headers)) == len(headers)


def test_a_column_without_label_is_an_error() -> None:
    with pytest.raises(LookupError, match="no label"):
        column_label("figures", "colour")


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("status", Status),
        ("unit_status", UnitStatus),
        ("role", Role),
        ("severity", Severity),
        ("cause", Cause),
        ("kind", TableKind),
    ],
)
def test_every_word_of_a_column_is_explained(column: str, words: type) -> None:
    explained = [term.value for term in terms() if term.column == column and term.about]
    assert explained == [word.value for word in words]  # type: ignore[attr-defined]
