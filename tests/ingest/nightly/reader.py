"""A reader for tests of the job: quick, and it comes to grief where a marked file says so."""

import hashlib
import re
import time
from decimal import Decimal
from pathlib import Path

from ingest.nightly.packing import records_to_bytes
from ingest.records import Records
from schemas.findings import Cause, Severity
from schemas.places import UnitStatus
from schemas.proofs import Status
from schemas.records import FigureRecord, FindingRecord, NoticeRecord
from schemas.source import Media
from schemas.tables import Role
from tests.ingest.isolation.killers import obey

MODULE = "tests.ingest.nightly.reader"
OUTCOMES = {b"REVIEW": "needs_review", b"BROKEN": "rejected"}


def read(place: str, source: str, _password: str) -> bytes:
    """A notice with one figure that is the number of bytes."""
    if b"SLOW" in Path(place).read_bytes():
        time.sleep(0.03)
    data = obey(place)
    if count := re.search(rb"CRASH UNTIL (\S+)", data):
        _crash_unless(Path(count[1].decode()))
    if replaced := re.search(rb"REPLACED BY (\S+)", data):
        Path(replaced[1].decode()).replace(place)
        data = Path(place).read_bytes()
    outcome = next((word for mark, word in OUTCOMES.items() if mark in data), "accepted")
    return records_to_bytes(_records(hashlib.sha256(data).hexdigest(), source, len(data), outcome))


def _crash_unless(mark: Path) -> None:
    if not mark.exists():
        raise SystemExit(3)


def _records(notice_id: str, source: str, size: int, outcome: str) -> Records:
    notice = NoticeRecord.model_validate(
        {"notice_id": notice_id, "source": source, "media": Media.TEXT, "outcome": outcome}
    )
    figure = FigureRecord(
        notice_id=notice_id,
        source=source,
        table_no=1,
        page=1,
        row_no=1,
        role=Role.UNIT,
        unit_printed="某县",
        unit_status=UnitStatus.UNRESOLVED,
        unit_score=Decimal(0),
        col_no=1,
        item="金额",
        printed=str(size),
        value=Decimal(size),
        status=Status.UNPROVED,
        ref="L1",
    )
    finding = FindingRecord(
        notice_id=notice_id,
        source=source,
        rule="damaged-file",
        severity=Severity.ERROR,
        cause=Cause.SOURCE,
        message=f"{source} was not read: it is damaged.",
    )
    found = (finding,) if outcome == "rejected" else ()
    return Records((notice,), (figure,), (), (), found)
