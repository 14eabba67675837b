"""`xiada extract` reads on where native code dies of a document."""

from pathlib import Path

import pytest

import ingest.isolated
from ingest.isolated import HowToRead, Wanted, read_files
from ingest.isolation import Limits
from tests.ingest import deadly

ROOT = Path(__file__).resolve().parents[2]
GOOD = ROOT / "fixtures" / "nested_subtotals"
HASTE = Limits(seconds=2.0)


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Wanted]:
    """Good ones before, between and behind two that kill their reader."""
    monkeypatch.setattr(ingest.isolated, "_FUNCTION", "tests.ingest.deadly:read")
    text = next(GOOD.glob("input*")).read_bytes()
    contents = (text, deadly.CRASH, text, deadly.HANG, text)
    wanted = []
    for number, data in enumerate(contents):
        path = tmp_path / f"{number}"
        path.write_bytes(data)
        wanted.append(Wanted(path, f"{number}"))
    return wanted


@pytest.mark.parametrize("workers", [1, 2])
def test_documents_that_kill_their_reader_are_told_and_harm_no_other(
    documents: list[Wanted], workers: int
) -> None:
    read = list(read_files(documents, HowToRead(workers=workers, limits=HASTE)))
    notices = [one.records.notices[0] for one in read]
    assert [notice.source for notice in notices] == ["0", "1", "2", "3", "4"]
    assert [notice.outcome == "rejected" for notice in notices] == [False, True, False, True, False]
    rules = [one.records.findings[0].rule for one in (read[1], read[3])]
    assert rules == ["crashed", "timed-out"]


def test_raw_cells_come_from_children_too(documents: list[Wanted]) -> None:
    good = documents[::2]
    here = list(read_files(good, HowToRead(raw=True)))
    there = list(read_files(good, HowToRead(raw=True, workers=2)))
    assert here == there
    assert all(one.raw for one in here)
