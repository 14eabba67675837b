"""What a walk sees, and what it does not."""

import hashlib
import os
from pathlib import Path

import fsspec
import pytest

from ingest.archive import (
    ArchiveError,
    GoneError,
    Sighting,
    fetch_local,
    fetching,
    is_container,
    open_archive,
    open_spool,
    published,
    spool,
)
from ingest.archive.errors import ArchiveDriverError, ArchiveUrlError


def names(root: Path, *left_out: str) -> list[str]:
    seen = open_archive(str(root)).walk(frozenset(left_out))
    return [os.path.relpath(one.path, root) for one in seen]


@pytest.fixture(name="root")
def made_root(tmp_path: Path) -> Path:
    for name in ("b/2.txt", "b/10.txt", "a.txt", "b.txt", ".hidden/x", "b/.x", "~$a.docx", "b/c/d"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path / "in"


def test_files_come_in_the_order_of_names_without_hidden_ones(root: Path) -> None:
    (root / "loop").symlink_to(root)
    os.mkfifo(root / "pipe")
    assert names(root) == ["a.txt", "b/10.txt", "b/2.txt", "b/c/d", "b.txt"]
    assert names(root, f"{root}/b") == ["a.txt", "b.txt"]


def test_a_file_is_seen_with_its_size_and_times(root: Path) -> None:
    [seen] = [
        one for one in open_archive(f"{root}/").walk(frozenset()) if one.path.endswith("a.txt")
    ]
    found = (root / "a.txt").stat()
    assert seen == Sighting(
        f"{root}/a.txt", f"{root}/a.txt", 5, found.st_mtime_ns, found.st_ctime_ns
    )


def test_links_that_lead_nowhere_or_in_a_circle_are_seen_with_their_trouble(root: Path) -> None:
    (root / "nowhere").symlink_to("gone")
    (root / "round").symlink_to("round")
    troubles = {one.path: one.trouble for one in open_archive(str(root)).walk(frozenset())}
    assert troubles[f"{root}/nowhere"] == "No such file or directory"
    assert "symbolic links" in troubles[f"{root}/round"]


def test_a_folder_of_a_url_is_walked_like_any_other(root: Path) -> None:
    assert [one.path for one in open_archive(f"file://{root}/b").walk(frozenset())] == [
        f"{root}/b/10.txt",
        f"{root}/b/2.txt",
        f"{root}/b/c/d",
    ]


def test_a_place_behind_a_url(tmp_path: Path) -> None:
    system = fsspec.filesystem("memory")
    try:
        for name in ("b/2.txt", "a.txt", ".x", "b/c/d.txt"):
            system.pipe(f"/walk/{name}", name.encode())
        archive = open_archive("memory://walk/")
        seen = list(archive.walk(frozenset()))
        assert [one.path for one in seen] == [
            "memory://walk/a.txt",
            "memory://walk/b/2.txt",
            "memory://walk/b/c/d.txt",
        ]
        assert all(one.mtime_ns > 1_600_000_000_000_000_000 for one in seen)
        copy = archive.fetch(seen[0], str(tmp_path))
        assert Path(copy.place).read_bytes() == b"a.txt"
        assert copy.sha256 == hashlib.sha256(b"a.txt").hexdigest()
        system.rm("/walk/a.txt")
        with pytest.raises(GoneError) as caught:
            archive.fetch(seen[0], str(tmp_path))
        assert caught.value.rule == "file-vanished"
    finally:
        system.rm("/walk", recursive=True)


@pytest.mark.parametrize(
    ("url", "error", "words"),
    [
        ("nobody://x", ArchiveUrlError, "nobody"),
        ("oss://bucket/x", ArchiveDriverError, "ossfs"),
        ("memory://nothing/here", ArchiveError, "does not exist"),
        ("/nowhere/at/all", ArchiveError, "does not exist"),
        (__file__, ArchiveError, "is a file"),
    ],
)
def test_no_archive(url: str, error: type[ArchiveError], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        open_archive(url)
    assert caught.value.exit_status == 2


def test_a_file_that_changes_while_it_is_hashed_is_hashed_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, digest, count = tmp_path / "a.txt", fetching.hash_of, []
    path.write_text("1")

    def write_meanwhile(file: object) -> str:
        found = digest(file)  # type: ignore[arg-type]
        count.append(found)
        if len(count) < 3:
            path.write_text("1" * len(count) * 2)
        return found

    monkeypatch.setattr(fetching, "hash_of", write_meanwhile)
    assert fetch_local(str(path)).sha256 == hashlib.sha256(b"1111").hexdigest()
    count.clear()
    monkeypatch.setattr(fetching, "_LOOKS", 2)
    with pytest.raises(GoneError) as caught:
        fetch_local(str(path))
    assert caught.value.rule == "file-changing"


def test_two_names_are_never_published_as_one() -> None:
    made = ["\udcff.txt", "\\xff.txt", "\\x5cxff.txt", "关于.txt", "a\\b.txt"]
    assert len({published(name) for name in made}) == len(made)
    assert published("关于.txt") == "关于.txt"


@pytest.mark.parametrize(
    "name", ["a.zip", "A.ZIP", "a.tar", "a.tar.gz", "a.TGZ", "a.7z", "a.tar.xz"]
)
def test_containers_are_told_by_their_names(name: str) -> None:
    assert is_container(name)
    assert not is_container(f"{name}.pdf")


def test_a_spool_is_gone_afterwards_and_those_of_dead_runs_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool.tempfile, "tempdir", str(tmp_path))
    dead = tmp_path / "xiada-spool-dead"
    dead.mkdir()
    (dead / "x").write_text("x")
    with open_spool() as first:
        assert not dead.exists()
        with open_spool() as second:
            assert os.path.isdir(first)
            assert os.path.isdir(second)
    assert list(tmp_path.iterdir()) == []
