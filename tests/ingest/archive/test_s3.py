"""An archive in an object store: moto answers as S3 does, in a process that can be killed."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ingest.archive import ArchiveError, GoneError, RemoteArchive, open_archive
from ingest.store import Access, open_store
from tests.ingest.nightly.nights import books, held, night
from tests.ingest.nightly.test_nights import zip_bytes

for _module in ("s3fs", "moto", "flask_cors", "boto3"):
    pytest.importorskip(_module, reason=f"{_module}, for a server of S3, is not installed")

_ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "reader",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_DEFAULT_REGION": "us-east-1",
}


@contextmanager
def server(**environment: str) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """A server that is up, and its URL."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.kill()
        process.wait()


@contextmanager
def pointed_to(url: str) -> Iterator[Any]:
    """A client of boto3; in the block everybody finds the server by the environment."""
    import boto3  # noqa: PLC0415

    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**_ENVIRONMENT, "AWS_ENDPOINT_URL": url}.items():
            patch.setenv(name, value)
        # A server that is gone is asked five times, with pauses; twice is enough here.
        patch.setattr("s3fs.core.S3FileSystem.retries", 2)
        patch.setenv("AWS_MAX_ATTEMPTS", "1")
        yield boto3.client("s3")


@pytest.fixture(name="s3", scope="module")
def running_server() -> Iterator[Any]:
    with server() as (url, _), pointed_to(url) as client:
        client.create_bucket(Bucket="budget")
        yield client


def put(client: Any, files: dict[str, bytes]) -> None:
    for key, data in files.items():
        client.put_object(Bucket="budget", Key=key, Body=data)


def test_every_object_is_seen_whatever_its_name(s3: Any, tmp_path: Path) -> None:
    names = [
        "2021/关于 提前下达.txt",
        "a+b%20&c?#.txt",
        "same",
        "same/in.txt",
        "x//y.txt",
        "/0.txt",
    ]
    put(s3, {f"names/{name}": name.encode() for name in names})
    put(s3, {"names/2021/": b"", "names/.hidden": b"x", "names/x//.y": b"x", "beside/z": b"z"})
    archive = open_archive("s3://budget/names")
    seen = list(archive.walk(frozenset()))
    assert sorted(one.path for one in seen) == sorted(f"s3://budget/names/{n}" for n in names)
    for one in seen:
        copy = archive.fetch(one, str(tmp_path))
        assert Path(copy.place).read_bytes() == one.path.removeprefix("s3://budget/names/").encode()
        assert one.size == copy.size
        assert copy.mtime_ns == one.mtime_ns > 0


def test_objects_that_change_or_vanish_after_they_were_listed(s3: Any, tmp_path: Path) -> None:
    put(s3, {"moving/a.txt": b"1", "moving/b.txt": b"22"})
    archive = open_archive("s3://budget/moving")
    changed, gone = archive.walk(frozenset())
    put(s3, {"moving/a.txt": b"longer than it was"})
    s3.delete_object(Bucket="budget", Key="moving/b.txt")
    assert archive.fetch(changed, str(tmp_path)).size == len("longer than it was")
    with pytest.raises(GoneError) as caught:
        archive.fetch(gone, str(tmp_path))
    assert caught.value.rule == "file-vanished"
    assert len(list(tmp_path.iterdir())) == 1


def test_nights_over_a_bucket(s3: Any, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    members = zip_bytes({"附件/1.txt": b"one", "2.txt": b"two"})
    put(s3, {"night/a.txt": b"1", "night/b/c.txt": b"22", "night/all.zip": members})
    assert books(night("s3://budget/night", url)) == {"seen": 4, "accepted": 4}
    assert "s3://budget/night/all.zip!/附件/1.txt" in held(url)
    assert books(night("s3://budget/night", url)) == {"seen": 4, "unchanged": 4}
    put(s3, {"night/a.txt": b"2", "night/new.txt": b"new"})  # as long as before, in the same second
    s3.delete_object(Bucket="budget", Key="night/b/c.txt")
    third = night("s3://budget/night", url)
    assert books(third) == {"seen": 4, "unchanged": 2, "accepted": 2}
    assert third.gone == 1


def test_a_bucket_that_is_not_there_or_not_ours_is_said_so(s3: Any) -> None:
    for url in ("s3://nobody/x", "s3://budget/nothing"):
        with pytest.raises(ArchiveError, match="does not exist"):
            open_archive(url)
    with (
        server(INITIAL_NO_AUTH_ACTION_COUNT="0") as (url, _),
        pointed_to(url),
        pytest.raises(ArchiveError, match=r"cannot be reached: The AWS Access Key Id you provided"),
    ):
        open_archive("s3://budget/x")


def test_a_server_that_dies_ends_the_run_and_the_next_one_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, fetch, fetched = f"sqlite:///{tmp_path / 'store.db'}", RemoteArchive.fetch, []
    files = {f"dying/{number}.txt": str(number).encode() for number in range(8)}
    with server() as (url, process), pointed_to(url) as client:
        client.create_bucket(Bucket="budget")
        put(client, files)

        def fetch_some(archive: RemoteArchive, seen: Any, spool: str) -> Any:
            if len(fetched) == 5:
                process.kill()
                process.wait()
            fetched.append(seen)
            return fetch(archive, seen, spool)

        monkeypatch.setattr(RemoteArchive, "fetch", fetch_some)
        with pytest.raises(ArchiveError, match="cannot be reached any more") as caught:
            night("s3://budget/dying", store)
        assert caught.value.exit_status == 2
    monkeypatch.undo()
    with open_store(store, Access.READ) as opened:
        [run] = opened.runs()
        assert run.outcome == "failed"
        assert opened.troubles(run.id) == ()
    with server() as (url, _), pointed_to(url) as client:
        client.create_bucket(Bucket="budget")
        put(client, files)
        second = night("s3://budget/dying", store)
    assert second.books.seen == 8
    assert second.books.unchanged + second.books.accepted == 8
    assert len(held(store)) == 8
