"""What a night takes in, what it passes over, and what it says of the rest."""

import io
import os
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.archive import ArchiveError
from ingest.nightly.desk import Desk
from ingest.nightly.items import Item
from ingest.store import Access, Attempt, open_store
from ingest.store.errors import LockedError
from tests.ingest.nightly.nights import books, fill, held, night


@pytest.fixture(name="archive")
def made_archive(tmp_path: Path) -> Path:
    return fill(tmp_path / "archive", {"a.txt": "1", "b/c.txt": "22", "b/d.txt": "333 REVIEW"})


@pytest.fixture(name="store")
def made_store(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.db'}"


def zip_bytes(members: dict[str, bytes]) -> bytes:
    held_bytes = io.BytesIO()
    with zipfile.ZipFile(held_bytes, "w") as file:
        for name, data in members.items():
            file.writestr(zipfile.ZipInfo(name), data)
    return held_bytes.getvalue()


def test_everything_is_taken_in_once(archive: Path, store_url: str) -> None:
    first = night(archive, store_url)
    assert books(first) == {"seen": 3, "accepted": 2, "needs_review": 1}
    assert first.exit_status == 0
    assert sorted(held(store_url)) == [f"{archive}/{n}" for n in ("a.txt", "b/c.txt", "b/d.txt")]
    for _ in range(2):
        assert books(night(archive, store_url)) == {"seen": 3, "unchanged": 3}


def test_what_is_new_or_changed_is_taken_in(archive: Path, store: str) -> None:
    night(archive, store)
    fill(archive, {"a.txt": "1 changed", "new.txt": "new"})
    (archive / "b/c.txt").unlink()
    second = night(archive, store)
    assert books(second) == {"seen": 3, "unchanged": 1, "accepted": 2}
    assert second.gone == 1


def test_the_same_bytes_twice_are_read_once_and_the_first_place_counts(
    archive: Path, store: str
) -> None:
    fill(archive, {"z.txt": "1", "b/0.txt": "22", "0/zip.zip": zip_bytes({"in.txt": b"1"})})
    assert books(night(archive, store, workers=2)) == {
        "seen": 6,
        "accepted": 2,
        "needs_review": 1,
        "duplicates": 3,
    }
    assert sorted(held(store)) == [
        f"{archive}/0/zip.zip!/in.txt",
        f"{archive}/b/0.txt",
        f"{archive}/b/d.txt",
    ]
    assert books(night(archive, store)) == {"seen": 6, "unchanged": 6}


def test_a_rejected_document_is_taken_note_of_and_not_read_again(archive: Path, store: str) -> None:
    fill(archive, {"x.pdf": "BROKEN"})
    first = night(archive, store)
    assert books(first) == {"seen": 4, "accepted": 2, "needs_review": 1, "rejected": 1}
    assert first.exit_status == 0
    second = night(archive, store)
    assert books(second) == {"seen": 4, "unchanged": 4}
    assert second.exit_status == 0


def test_killers_are_set_aside_and_all_others_read(archive: Path, store_url: str) -> None:
    deaths = ("abort", "segfault", "loop", "grow", "grow_at_once", "raise")
    fill(archive, {f"{death}.txt": f"KILLER {death}" for death in deaths})
    first = night(archive, store_url, workers=2, attempts=2)
    assert books(first) == {"seen": 9, "accepted": 2, "needs_review": 1, "quarantined": 6}
    assert first.exit_status == 3
    assert first.failures == {"crashed": 4, "timed_out": 2, "too_much_memory": 4, "raised": 2}
    reasons = {os.path.basename(one.path): one.reason for one in first.set_aside}
    assert reasons["loop.txt"] == "2 attempts failed, the last: it was not read within 2 seconds"
    assert reasons["raise.txt"] == "2 attempts failed, the last: ValueError: of no use"
    assert reasons["grow_at_once.txt"] == (
        "2 attempts failed, the last: reading it took more than 300 MB of memory"
    )
    second = night(archive, store_url)
    assert books(second) == {"seen": 9, "unchanged": 3, "quarantined": 6}
    assert second.failures == {}
    assert second.exit_status == 3


def test_quarantine_is_left_on_request_only(archive: Path, store: str, tmp_path: Path) -> None:
    mark = tmp_path / "mended"
    fill(archive, {"k.txt": f"CRASH UNTIL {mark}", "twin.txt": f"CRASH UNTIL {mark}"})
    assert books(night(archive, store))["quarantined"] == 2
    mark.touch()
    assert books(night(archive, store))["quarantined"] == 2
    third = night(archive, store, retry_quarantined=True)
    assert books(third) == {"seen": 5, "unchanged": 3, "accepted": 1, "duplicates": 1}
    assert books(night(archive, store)) == {"seen": 5, "unchanged": 5}


def test_members_of_archives(archive: Path, store: str) -> None:
    inner = zip_bytes({"deep.txt": b"deep", "~$deep.txt": b"lock"})
    fill(archive, {"all.zip": zip_bytes({"附件/1.txt": b"one", "in.zip": inner})})
    assert books(night(archive, store)) == {"seen": 5, "accepted": 4, "needs_review": 1}
    sources = [source for source in held(store) if "!" in source]
    assert sources == [f"{archive}/all.zip!/in.zip!/deep.txt", f"{archive}/all.zip!/附件/1.txt"]
    assert books(night(archive, store)) == {"seen": 5, "unchanged": 5}
    os.utime(archive / "all.zip")
    assert books(night(archive, store)) == {"seen": 5, "unchanged": 5}
    fill(archive, {"all.zip": zip_bytes({"附件/1.txt": b"one", "2.txt": b"two"})}, age=50)
    third = night(archive, store)
    assert books(third) == {"seen": 5, "unchanged": 4, "accepted": 1}
    assert third.gone == 1


def test_a_container_that_a_run_died_of_is_set_aside(
    archive: Path, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.nightly import unpacker  # noqa: PLC0415

    fill(archive, {"all.zip": zip_bytes({"1.txt": b"one"})})
    monkeypatch.setattr(unpacker, "MODULE", "tests.ingest.nightly.bad_unpacker")
    first = night(archive, store, attempts=2)
    assert books(first) == {"seen": 4, "accepted": 2, "needs_review": 1, "quarantined": 1}
    assert first.failures == {"crashed": 2}
    monkeypatch.undo()
    assert books(night(archive, store)) == {"seen": 4, "unchanged": 3, "quarantined": 1}
    third = night(archive, store, retry_quarantined=True)
    assert books(third) == {"seen": 4, "unchanged": 3, "accepted": 1}


def test_a_broken_container_is_a_rejected_document(archive: Path, store: str) -> None:
    fill(archive, {"x.zip": b"PK\3\4 torn", "y.zip": zip_bytes({"in.7z": b"7z torn"})})
    first = night(archive, store)
    assert books(first)["rejected"] == 2
    assert {f"{archive}/x.zip", f"{archive}/y.zip!/in.7z"} < set(held(store))
    assert books(night(archive, store)) == {"seen": 5, "unchanged": 5}


def test_a_member_that_cannot_be_had_is_a_trouble_every_night(archive: Path, store: str) -> None:
    data = bytearray(zip_bytes({"a.txt": b"one"}))
    data[6] = data[data.index(b"PK\1\2") + 8] = 1  # it says that it is encrypted
    fill(archive, {"locked.zip": bytes(data)})
    for _ in range(2):
        summary = night(archive, store)
        assert summary.books.quarantined == 1
        assert summary.exit_status == 3
        [trouble] = summary.troubles
        assert (trouble.path, trouble.member) == (f"{archive}/locked.zip", "a.txt")
        assert trouble.rule == "encrypted"


def test_a_file_that_cannot_be_opened_costs_only_itself(
    archive: Path, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (archive / "nowhere.txt").symlink_to(archive / "gone.txt")
    (archive / "circle").symlink_to(archive / "circle")
    listed = os.scandir

    def scandir(path: str | Path) -> object:
        if str(path).endswith("/b"):
            raise PermissionError(13, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    first = night(archive, store)
    assert books(first) == {"seen": 4, "accepted": 1, "quarantined": 3}
    assert first.exit_status == 3
    assert [os.path.basename(trouble.path) for trouble in first.troubles] == [
        "b",
        "circle",
        "nowhere.txt",
    ]
    monkeypatch.undo()
    (archive / "gone.txt").write_text("here")
    second = night(archive, store)
    assert second.books.accepted + second.books.needs_review + second.books.duplicates == 4


def test_a_file_that_changes_while_it_is_read_is_read_as_it_is_then(
    archive: Path, store: str, tmp_path: Path
) -> None:
    new = tmp_path / "new"
    new.write_text("the new bytes")
    fill(archive, {"c.txt": f"REPLACED BY {new}", "twin.txt": f"REPLACED BY {new}"})
    new_bytes = len("the new bytes")
    summary = night(archive, store)
    # The twin's reader finds nothing to replace it by and fails each time.
    assert books(summary) == {"seen": 5, "accepted": 3, "needs_review": 1, "quarantined": 1}
    with open_store(store, Access.READ) as opened:
        known = opened.known_sources(opened.runs()[0].version)
        printed = {
            records.notices[0].source: records.figures[0].printed
            for records in opened.records(_current())
        }
    assert printed[f"{archive}/c.txt"] == str(new_bytes)
    assert known[f"{archive}/c.txt", ""].size == new_bytes


def _current() -> object:
    from ingest.store import CURRENT  # noqa: PLC0415

    return CURRENT


def test_a_file_that_vanishes_is_said_to_have_vanished(
    archive: Path, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.archive import places  # noqa: PLC0415

    fetch = places.fetch_local

    def vanish(place: str) -> object:
        if place.endswith("c.txt"):
            os.unlink(place)
        return fetch(place)

    monkeypatch.setattr(places, "fetch_local", vanish)
    summary = night(archive, store)
    assert books(summary) == {"seen": 3, "accepted": 1, "needs_review": 1, "quarantined": 1}
    assert [trouble.rule for trouble in summary.troubles] == ["file-vanished"]


def test_a_change_that_hides_behind_size_and_time_is_found(archive: Path, store: str) -> None:
    night(archive, store)
    path = archive / "a.txt"
    before = path.stat()
    path.write_text("2")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert books(night(archive, store)) == {"seen": 3, "unchanged": 2, "accepted": 1}


def test_a_file_that_was_only_touched_is_not_read_again(archive: Path, store: str) -> None:
    night(archive, store)
    os.utime(archive / "a.txt")
    assert books(night(archive, store)) == {"seen": 3, "unchanged": 3}


def test_a_time_before_the_last_night_is_a_change_too(archive: Path, store: str) -> None:
    night(archive, store)
    fill(archive, {"a.txt": "2"}, age=10_000_000)
    assert books(night(archive, store)) == {"seen": 3, "unchanged": 2, "accepted": 1}


def test_names_of_all_kinds(tmp_path: Path, store_url: str) -> None:
    strange = ["a\nb.txt", "长" * 83 + ".txtx", os.fsdecode(b"\xc4\xe3.txt"), "\\xc4.txt", "-x.txt"]
    assert len(os.fsencode(strange[1])) == 254
    archive = fill(
        tmp_path / "archive", {name: name.encode("utf-8", "replace") for name in strange}
    )
    assert books(night(archive, store_url)) == {"seen": 5, "accepted": 5}
    assert books(night(archive, store_url)) == {"seen": 5, "unchanged": 5}
    assert len(held(store_url)) == 5


def test_what_the_job_writes_is_no_input(archive: Path) -> None:
    store = f"sqlite:///{archive}/store.db"
    ours = frozenset(f"{archive}/store.db{end}" for end in ("", "-wal", "-shm", ".lock"))
    assert night(archive, store, left_out=ours).books.seen == 3


def test_an_archive_that_is_none_is_an_error(tmp_path: Path, store: str) -> None:
    with pytest.raises(ArchiveError, match="does not exist"):
        night(tmp_path / "nowhere", store)
    with pytest.raises(ArchiveError, match="nobody://x"):
        night("nobody://x", store)


def test_an_archive_behind_a_url(store: str) -> None:
    import fsspec  # noqa: PLC0415

    system = fsspec.filesystem("memory")
    try:
        for name, data in {"a.txt": b"1", "b/c.zip": zip_bytes({"d.txt": b"4"})}.items():
            system.pipe(f"/archive/{name}", data)
        assert books(night("memory://archive", store)) == {"seen": 2, "accepted": 2}
        assert sorted(held(store)) == ["memory://archive/a.txt", "memory://archive/b/c.zip!/d.txt"]
        assert books(night("memory://archive", store)) == {"seen": 2, "unchanged": 2}
        system.pipe("/archive/a.txt", b"2")
        assert books(night("memory://archive", store)) == {"seen": 2, "unchanged": 1, "accepted": 1}
    finally:
        system.rm("/archive", recursive=True)


def test_what_a_server_refuses_costs_only_itself_and_a_server_that_is_gone_ends_the_run(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fsspec  # noqa: PLC0415

    system = fsspec.filesystem("memory")
    kind, refused = type(system), {"ls": "/refused/b", "get_file": "/refused/a.txt"}

    def refusing(name: str) -> Callable[..., Any]:
        asked = getattr(kind, name)

        def ask(this: object, place: str, *rest: Any, **options: Any) -> Any:
            if place.startswith(refused.get(name, "")):
                # Drivers have errors of their own, which are no OSError.
                raise RuntimeError("ServerError: it says no.")
            return asked(this, place, *rest, **options)

        return ask

    try:
        for name in ("a.txt", "b/c.txt", "d.txt"):
            system.pipe(f"/refused/{name}", name.encode())
        for name in ("ls", "get_file", "isdir"):
            monkeypatch.setattr(kind, name, refusing(name))
        refused["isdir"] = "/nothing"
        first = night("memory://refused", store)
        assert books(first) == {"seen": 3, "accepted": 1, "quarantined": 2}
        assert {trouble.path: trouble.message for trouble in first.troubles} == {
            "memory://refused/a.txt": "it could not be fetched (ServerError: it says no)",
            "memory://refused/b": "ServerError: it says no",
        }
        refused["ls"] = refused["isdir"] = "/refused"
        with pytest.raises(ArchiveError, match=r"cannot be reached: ServerError: it says no\."):
            night("memory://refused", store)
        del refused["ls"], refused["get_file"], refused["isdir"]
        monkeypatch.undo()
        assert books(night("memory://refused", store)) == {
            "seen": 3,
            "unchanged": 1,
            "accepted": 2,
        }
    finally:
        monkeypatch.undo()
        system.rm("/refused", recursive=True)


def test_a_folder_that_is_lost_in_the_night_ends_the_run(
    archive: Path, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.archive import places  # noqa: PLC0415

    fetch = places.fetch_local

    def lose(place: str) -> object:
        if place.endswith("c.txt"):
            archive.rename(archive.with_name("unmounted"))
        return fetch(place)

    monkeypatch.setattr(places, "fetch_local", lose)
    with pytest.raises(ArchiveError, match="cannot be reached any more: No such file") as caught:
        night(archive, store)
    assert caught.value.exit_status == 2
    monkeypatch.undo()
    archive.with_name("unmounted").rename(archive)
    second = night(archive, store)
    assert second.books.seen == 3
    assert second.exit_status == 0


def test_bytes_are_kept_on_request(archive: Path, store: str) -> None:
    night(archive, store, keep=True)
    from sqlalchemy import create_engine, text  # noqa: PLC0415

    with create_engine(store).connect() as connection:
        rows = connection.execute(text("SELECT bytes FROM contents")).scalars().all()
    assert sorted(rows) == [b"1", b"22", b"333 REVIEW"]


def test_a_new_version_reads_everything_anew_and_keeps_the_old_answers(
    archive: Path, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.nightly import run  # noqa: PLC0415
    from ingest.store import Version, as_of_run  # noqa: PLC0415

    fill(
        archive, {"all.zip": zip_bytes({"1.txt": b"one"}), "twin.txt": "1", "k.txt": "KILLER exit"}
    )
    first = night(archive, store)
    monkeypatch.setattr(run, "this_version", lambda: Version("9.9", 1, "new"))
    second = night(archive, store)
    assert books(second) == books(first)
    assert books(night(archive, store)) == {"seen": 6, "unchanged": 5, "quarantined": 1}
    with open_store(store, Access.READ) as opened:
        for number in (first.run, second.run):
            assert len(list(opened.records(as_of_run(number)))) == 4


def test_one_run_at_a_time(archive: Path, store_url: str) -> None:
    from ingest.store import acquire_run_lock  # noqa: PLC0415

    with open_store(store_url) as opened, acquire_run_lock(opened):
        with pytest.raises(LockedError) as caught:
            night(archive, store_url)
        assert caught.value.exit_status == 75


def test_a_child_reads_on_while_its_answer_is_saved(
    archive: Path, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.isolation import Pool  # noqa: PLC0415
    from ingest.nightly.desk import Desk  # noqa: PLC0415

    events: list[str] = []
    submit, answered = Pool.submit, Desk.answered
    monkeypatch.setattr(Pool, "submit", lambda *given: (events.append("given"), submit(*given))[1])
    monkeypatch.setattr(Desk, "answered", lambda *a: (events.append("saved"), answered(*a))[1])
    night(archive, store)
    assert events == ["given", "given", "saved", "given", "saved", "saved"]


def test_the_number_of_workers_changes_nothing(tmp_path: Path) -> None:
    texts = {
        f"{n}.txt": f"{n % 17} KILLER raise" if n % 23 == 0 else f"{n % 17}" for n in range(60)
    }
    archive = fill(tmp_path / "archive", texts)
    urls = [f"sqlite:///{tmp_path / name}.db" for name in ("one", "three")]
    summaries = [night(archive, url, workers=n) for url, n in zip(urls, (1, 3), strict=True)]
    assert books(summaries[0]) == books(summaries[1])
    assert held(urls[0]) == held(urls[1])
    assert len(held(urls[0])) == 17


def test_a_member_that_failed_is_not_lost_when_the_run_dies_before_it_is_tried_again(
    archive: Path, store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "mark"
    members = {"1.txt": f"CRASH UNTIL {mark}".encode(), "2.txt": b"two"}
    fill(archive, {"all.zip": zip_bytes(members)})
    begin, begun = Desk.begin, Counter[str]()

    def die_at_the_second(desk: Desk, item: Item) -> Attempt:
        begun[item.source] += 1
        if begun[item.source] > 1:
            raise KeyboardInterrupt
        return begin(desk, item)

    with monkeypatch.context() as dying:
        dying.setattr(Desk, "begin", die_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            night(archive, store_url)
    assert {f"{archive}/all.zip!/2.txt"} == {s for s in held(store_url) if "all.zip" in s}
    mark.touch()
    night(archive, store_url)
    expected = {f"{archive}/all.zip!/{name}" for name in members}
    assert {s for s in held(store_url) if "all.zip" in s} == expected
