"""What a run says of itself: exit status, report, metrics, progress."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.nightly.memory import Memory, trusted_until
from ingest.nightly.metrics import summary_to_metrics, write_metrics
from ingest.nightly.report import summary_to_page, write_report
from ingest.nightly.summary import Summary
from ingest.nightly.tally import Tally
from ingest.store import Books, Quarantined, Run, RunOutcome, Trouble, Version

BEGAN = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
VERSION = Version("0.1.0", 1, "abc")
CLEAN = Summary(
    run=7,
    version=str(VERSION),
    archive="/srv/notices",
    store="sqlite:///store.db",
    workers=2,
    started=BEGAN,
    finished=BEGAN + timedelta(seconds=90),
    outcome=RunOutcome.FINISHED,
    books=Books(seen=10, unchanged=6, accepted=2, needs_review=1, duplicates=1),
    stored={"accepted": 2, "needs_review": 1},
    gone=0,
    failures={},
    set_aside=(),
    troubles=(),
)
HOSTILE = "<script>alert(1)</script>\n.pdf"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, 0),
        (
            {
                "books": Books(seen=3, accepted=2, rejected=1),
                "stored": {"accepted": 2, "rejected": 1},
            },
            0,
        ),
        ({"books": Books(seen=3, accepted=2, quarantined=1), "stored": {"accepted": 2}}, 3),
        ({"books": Books(seen=3, accepted=2), "stored": {"accepted": 2}}, 2),
        ({"stored": {"accepted": 1, "needs_review": 1}}, 2),
        ({"outcome": RunOutcome.INTERRUPTED, "stopped_by": 143, "books": Books(seen=3)}, 143),
    ],
    ids=["clean", "rejected", "quarantined", "one lost", "not in the store", "stopped"],
)
def test_exit_status(changes: dict[str, object], status: int) -> None:
    assert replace(CLEAN, **changes).exit_status == status  # type: ignore[arg-type]


def test_books_that_do_not_balance_are_said_in_words() -> None:
    lost = replace(CLEAN, books=replace(CLEAN.books, seen=11))
    assert lost.discrepancies == ("11 were seen and 10 are accounted for",)
    assert "11 were seen and 10 are accounted for" in summary_to_page(lost)
    assert lost.to_json()["balanced"] is False


def test_a_run_that_was_stopped_is_no_fault_of_the_books() -> None:
    books = Books(seen=3, accepted=2)
    stopped = replace(
        CLEAN, outcome=RunOutcome.INTERRUPTED, stopped_by=143, books=books, stored={"accepted": 2}
    )
    assert "xiada_ingest_books_balance 1\n" in summary_to_metrics(stopped)
    lost = replace(stopped, outcome=RunOutcome.FINISHED)
    assert "xiada_ingest_books_balance 0\n" in summary_to_metrics(lost)


def test_the_report_says_why_and_escapes_what_strangers_wrote(tmp_path: Path) -> None:
    aside = Quarantined("ab" * 32, HOSTILE, "", 7, BEGAN, 3, "3 attempts failed <b>")
    trouble = Trouble("a.zip", "in.pdf", "encrypted", "it opens only with a password")
    summary = replace(CLEAN, set_aside=(aside,), troubles=(trouble,), failures={"crashed": 3})
    told, page = write_report(tmp_path / "reports", summary)
    assert json.loads(told.read_text("utf-8"))["quarantined"][0]["path"] == HOSTILE
    text = page.read_text("utf-8")
    assert "<script>" not in text
    assert "a.zip!/in.pdf" in text
    assert sorted(path.name for path in (tmp_path / "reports").iterdir()) == [
        "run-7.html",
        "run-7.json",
    ]


def test_metrics_are_written_whole(tmp_path: Path) -> None:
    file = tmp_path / "xiada.prom"
    file.write_text("old")
    write_metrics(file, replace(CLEAN, failures={"timed_out": 2}))
    text = file.read_text()
    assert 'xiada_ingest_documents{outcome="unchanged"} 6\n' in text
    assert 'xiada_ingest_failed_attempts{kind="timed_out"} 2\n' in text
    assert "xiada_ingest_end_time_seconds 1767578490.0\n" in text
    assert text == summary_to_metrics(replace(CLEAN, failures={"timed_out": 2}))
    assert [path.name for path in tmp_path.iterdir()] == ["xiada.prom"]


def run(number: int, outcome: RunOutcome | None, archive: str = "a") -> Run:
    started = BEGAN + timedelta(days=number)
    finished = None if outcome is None else started + timedelta(hours=1)
    return Run(number, VERSION, 1, archive, started, finished, outcome)


def nanoseconds(moment: datetime) -> int:
    return int(moment.timestamp()) * 1_000_000_000


LATER = nanoseconds(BEGAN + timedelta(days=30))


@pytest.mark.parametrize(
    ("runs", "now", "day"),
    [
        ((), LATER, None),
        ((run(1, RunOutcome.FINISHED), run(2, RunOutcome.FINISHED)), LATER, 2),
        ((run(1, RunOutcome.FINISHED), run(2, RunOutcome.INTERRUPTED)), LATER, 1),
        ((run(1, None), run(2, None)), LATER, 1),
        ((run(1, RunOutcome.FINISHED), run(2, RunOutcome.FINISHED, "other")), LATER, 1),
        ((run(1, RunOutcome.FINISHED),), nanoseconds(BEGAN), None),
    ],
    ids=["first", "last whole one", "an interrupted one", "none whole", "another", "clock back"],
)
def test_times_are_trusted_until_the_last_whole_run(
    runs: tuple[Run, ...], now: int, day: int | None
) -> None:
    expected = 0 if day is None else nanoseconds(BEGAN + timedelta(days=day))
    assert trusted_until(runs, "a", now) == expected


def test_without_trust_nothing_is_the_same() -> None:
    from ingest.archive import Sighting  # noqa: PLC0415
    from ingest.store import Known, SourceState  # noqa: PLC0415

    known = Known(5, 1_000, "ab" * 32, SourceState.READ)
    seen = Sighting("a", "a", 5, 1_000, 1_000)
    assert not Memory({("a", ""): known}, 0).is_read(seen)
    assert Memory({("a", ""): known}, LATER).is_read(seen)
    assert not Memory({("a", ""): known}, LATER).is_read(seen._replace(touched_ns=LATER))


def test_tally_and_books_are_the_same_counts() -> None:
    tally = Tally(seen=6, unchanged=1, accepted=1, needs_review=1, rejected=1, quarantined=1)
    assert tally.settled == 5
    assert not tally.books().balanced


def test_the_line_tells_what_is_gone() -> None:
    assert "gone" not in CLEAN.line
    assert replace(CLEAN, gone=2).line.endswith("1 duplicates; gone from the archive: 2; 90.0 s")
