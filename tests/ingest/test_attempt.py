"""What goes wrong in one document is a finding of it; what may be wrong with the process is not."""

import errno
from pathlib import Path

import pytest

from ingest import attempt as module
from ingest.attempt import attempt


def fails(error: BaseException) -> object:
    """A reader that raises."""

    def read(*_: object) -> None:
        raise error

    return read


@pytest.fixture(name="document")
def made_document(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("关于提前下达补助资金的通知", encoding="utf-8")
    return path


def test_a_fault_of_ours_is_a_finding_of_the_document(
    document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "read_with_pages", fails(KeyError("x")))
    records = attempt(document, "a.txt").records
    assert records.notices[0].outcome == "rejected"
    assert [finding.rule for finding in records.findings] == ["internal-error"]


def test_too_little_memory_is_told_to_who_watches_and_rejects_no_document(
    document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "read_with_pages", fails(MemoryError()))
    with pytest.raises(MemoryError):
        attempt(document, "a.txt")


def test_a_full_disk_rejects_no_document_for_good(
    document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "read_with_pages", fails(OSError(errno.ENOSPC, "no room")))
    with pytest.raises(OSError, match="no room"):
        attempt(document, "a.txt")
