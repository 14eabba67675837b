"""A notice typed into Word or into a spreadsheet gives the figures that its text gives."""

import pytest

from extract.layout import document_to_layout
from ingest.recipe import read_document
from ingest.records import notice_to_records
from schemas.records import FigureRecord
from tests.extract.office.made import document, retyped_sheet, retyped_word
from tests.golden.cases import FIXTURES

# Header levels with spans, a table cut in two, formulas, prose, a form with a column a county.
CASES = [
    "html_three_level_header",
    "fragments_of_pages",
    "lettered_formulas",
    "prose_shares",
    "targets_across_by_county",
]


@pytest.mark.parametrize("make", [retyped_word, retyped_sheet])
@pytest.mark.parametrize("case", CASES)
def test_the_same_figures_units_and_proofs(case: str, make: object) -> None:
    (path,) = (FIXTURES / case).glob("input.*")
    text = document(path.read_bytes(), path.name)
    data = make(document_to_layout(text).layout)  # type: ignore[operator]
    records = notice_to_records(read_document(text))
    typed = notice_to_records(read_document(document(data, "typed")))
    assert list(map(_said, typed.figures)) == list(map(_said, records.figures))
    assert typed.notices[0].doc_no == records.notices[0].doc_no
    assert typed.notices[0].title == records.notices[0].title


def _said(figure: FigureRecord) -> tuple[object, ...]:
    place = (figure.table_no, figure.row_no, figure.col_no)
    unit = ("".join(figure.unit_printed.split()), figure.unit_code, figure.unit_status)
    return (*place, *unit, figure.item, figure.measure, figure.value, figure.status, figure.proofs)
