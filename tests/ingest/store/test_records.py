"""What is saved comes back, once, in order, and old answers stay."""

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.export.columns import TABLES, record_values
from ingest.export.formats import Format
from ingest.export.plain import value_text
from ingest.export.writers import open_archive_export
from ingest.records import Records, notice_to_records
from ingest.store import (
    CURRENT,
    Access,
    AttemptOutcome,
    Receipt,
    Saved,
    as_of_run,
    of_version,
    open_store,
)
from schemas.findings import Finding, Severity
from tests.ingest.store.made_store import (
    FIRST,
    SECOND,
    filled_store,
    made_file,
    made_records,
    take_in,
)
from tests.made_notices import FINDING, made_notice

PATHS = ("乙/2.txt", "B/1.txt", "a/1.txt", "乙/1\n.txt", "é.txt", "𠀀.txt", "甲.txt")


def by_path(*documents: Records) -> list[Records]:
    """In the order of an export: by the bytes of the path, whatever a server's locale says."""
    return sorted(documents, key=lambda records: records.notices[0].source.encode())


def printed(documents: list[Records]) -> list[list[str]]:
    return [
        [value_text(value) for value in record_values(record)]
        for records in documents
        for table in TABLES
        for record in getattr(records, table)
    ]


def titles(documents: list[Records]) -> list[str | None]:
    return [records.notices[0].title for records in documents]


def test_records_come_back_as_they_were_by_path(store_url: str) -> None:
    documents = [made_records(path) for path in PATHS]
    random.Random(3).shuffle(documents)
    with filled_store(store_url, *documents) as store:
        found = list(store.records(CURRENT))
    assert found == by_path(*documents)
    # Equal numbers may differ in their places, 91.5 == 91.50; printed they do not.
    assert printed(found) == printed(by_path(*documents))


def test_any_number_and_any_text_is_kept(store_url: str) -> None:
    numbers = ("-0.00", "1E+3", "0.000000000000000001", "99999999999999999999", "0.10", "-1.50")
    texts = ("a\x00b", "'; DROP TABLE figures; --", "100%_\\", "\t\r\n", "\U0010ffff", "")
    findings = [
        Finding("made", Severity.NOTE, text, printed=text, recomputed=Decimal(number))
        for number, text in zip(numbers, texts, strict=True)
    ]
    records = notice_to_records(made_notice("x.txt", findings=(FINDING, *findings)))
    with filled_store(store_url, records) as store:
        (back,) = store.records(CURRENT)
    assert back.findings == records.findings
    assert printed([back]) == printed([records])
    told = {f.message: str(f.recomputed) for f in back.findings if f.rule == "made"}
    assert told["a\x00b"] == "0.00"
    assert told["\U0010ffff"] == "0.10"
    assert told["'; DROP TABLE figures; --"] == "1000"


def test_a_second_write_of_the_same_changes_nothing(store_url: str) -> None:
    records, again = made_records("a.txt", "旧"), made_records("a.txt", "新")
    with filled_store(store_url, records) as store:
        run = store.begin_run(FIRST, "file:///archive")
        assert take_in(store, run, again) is Saved.ALREADY
        assert list(store.records(CURRENT)) == [records]


def test_a_newer_version_answers_anew_and_old_answers_stay(store_url: str) -> None:
    with filled_store(store_url, made_records("a.txt", "旧"), made_records("b.txt", "同")) as store:
        run = store.begin_run(SECOND, "file:///archive")
        assert take_in(store, run, made_records("a.txt", "新")) is Saved.SAVED
        assert titles(list(store.records(CURRENT))) == ["新", "同"]
        assert titles(list(store.records(as_of_run(1)))) == ["旧", "同"]
        assert titles(list(store.records(as_of_run(2)))) == ["新", "同"]
        assert titles(list(store.records(of_version(FIRST)))) == ["旧", "同"]


def test_a_run_of_an_older_version_does_not_hide_newer_answers(store_url: str) -> None:
    with filled_store(store_url, made_records("a.txt", "新"), version=SECOND) as store:
        run = store.begin_run(FIRST, "file:///archive")
        take_in(store, run, made_records("a.txt", "旧"))
        assert titles(list(store.records(CURRENT))) == ["新"]
        assert titles(list(store.records(as_of_run(run.id)))) == ["旧"]


def test_a_source_whose_bytes_changed_stands_for_its_new_bytes(store_url: str) -> None:
    old, new = made_records("a.txt", "旧", data="1"), made_records("a.txt", "新", data="2")
    with filled_store(store_url, old) as store:
        take_in(store, store.begin_run(FIRST, "file:///archive"), new)
        assert titles(list(store.records(CURRENT))) == ["新"]
        assert titles(list(store.records(as_of_run(1)))) == ["旧"]


def test_bytes_are_kept_where_they_are_given(store_url: str) -> None:
    records = made_records("a.txt")
    with open_store(store_url) as store:
        run = store.begin_run(FIRST, "file:///archive")
        receipt = Receipt(made_file(records), records, contents=b"\x00\xff%PDF")
        assert store.save_document(run, receipt) is Saved.SAVED
        with store.reading() as connection:
            assert (
                connection.exec_driver_sql("SELECT bytes FROM contents").scalar() == b"\x00\xff%PDF"
            )


def test_a_large_notice_goes_in_whole(store_url: str) -> None:
    records = made_records("a.txt")
    many = replace(records, figures=records.figures * 100)
    with filled_store(store_url, many) as store:
        assert list(store.records(CURRENT)) == [many]


def test_a_failed_save_leaves_nothing_behind(store_url: str) -> None:
    records = made_records("a.txt")
    broken = replace(records, figures=(*records.figures, None))  # type: ignore[arg-type]
    with open_store(store_url) as store:
        run = store.begin_run(FIRST, "file:///archive")
        with pytest.raises(AttributeError):
            take_in(store, run, broken)
        assert list(store.records(CURRENT)) == []
        assert store.known_sources(FIRST) == {}
        (attempt,) = store.attempts()
        assert attempt.outcome is None
        store.fail_attempt(attempt, AttemptOutcome.FAILED, "broken")
        assert take_in(store, run, records) is Saved.SAVED


def test_a_reader_sees_one_moment_and_is_not_waited_for(store_url: str) -> None:
    documents = [made_records(f"{number:03d}.txt") for number in range(45)]
    with filled_store(store_url, *documents) as store, open_store(store_url, Access.READ) as other:
        seen = other.records(CURRENT)
        first = next(seen)
        run = store.begin_run(SECOND, "file:///archive")
        for number in range(45):
            take_in(store, run, made_records(f"{number:03d}.txt", "新"))
        assert [first, *seen] == documents
        assert titles(list(other.records(CURRENT))) == ["新"] * 45


def test_outcomes_are_counted_in_the_store(store_url: str) -> None:
    with filled_store(store_url, made_records("a.txt"), made_records("b.txt")) as store:
        assert store.outcomes(1) == {"needs_review": 2}


def test_both_kinds_of_store_give_the_same_bytes(
    tmp_path: Path, postgres_url: Callable[[], str]
) -> None:
    documents = [made_records(path) for path in PATHS]
    urls = (f"sqlite:///{tmp_path / 'store.db'}", postgres_url())
    folders = []
    for number, (url, order) in enumerate(zip(urls, (1, -1), strict=True)):
        folders.append(tmp_path / str(number))
        with (
            filled_store(url, *documents[::order]) as store,
            open_archive_export(folders[-1], list(Format)) as export,
        ):
            for records in store.records(CURRENT):
                export.write(records)
    files = [p.relative_to(folders[0]) for p in folders[0].rglob("*") if p.is_file()]
    assert len(files) > 15
    for file in files:
        assert (folders[0] / file).read_bytes() == (folders[1] / file).read_bytes(), file
