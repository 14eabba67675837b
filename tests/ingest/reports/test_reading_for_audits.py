"""An audit reads on where native code dies of a document, and a child's answer loses nothing."""

from pathlib import Path

import pytest

import ingest.reports.reading
from ingest.attempt import attempt
from ingest.isolated import Wanted
from ingest.isolation import Limits
from ingest.reports.archive import audit_notices
from ingest.reports.reading import from_bytes, proved_notice, read_for_audit, to_bytes
from tests.ingest import deadly

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
HASTE = Limits(seconds=2.0)
FUNCTION = "tests.ingest.reports.deadly_reader:read"


@pytest.mark.parametrize(
    "name", ["nested_subtotals", "lettered_formulas", "self_evaluation_form_b", "pdf_three_lines"]
)
def test_a_notice_is_the_same_on_the_other_side_of_a_pipe(name: str) -> None:
    path = next((FIXTURES / name).glob("input*"))
    proved = proved_notice(attempt(path, name).notice)
    assert from_bytes(to_bytes(proved)) == proved
    assert proved.records.notices[0].outcome != "rejected"


def test_documents_that_kill_their_reader_are_told_and_harm_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest.reports.reading, "_FUNCTION", FUNCTION)
    monkeypatch.setattr(ingest.reports.reading, "is_text", lambda path: path.name == "0")
    text = next((FIXTURES / "nested_subtotals").glob("input*")).read_bytes()
    wanted = []
    for number, data in enumerate((text, deadly.CRASH, text, deadly.HANG, text)):
        path = tmp_path / str(number)
        path.write_bytes(data)
        wanted.append(Wanted(path, str(number)))
    audited = list(audit_notices(read_for_audit(wanted, HASTE)))
    assert [one.notice.source for one in audited] == ["0", "1", "2", "3", "4"]
    assert [one.failed for one in audited] == [False, True, False, True, False]
    assert [audited[n].findings[0].rule for n in (1, 3)] == ["crashed", "timed-out"]
    here, there = audited[0], audited[4]
    assert there.tables == here.tables
    assert len(there.tables[0].figures) > 1
