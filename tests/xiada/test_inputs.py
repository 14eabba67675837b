"""Which documents a command line means."""

import os
from pathlib import Path

import pytest

from xiada.inputs import find_inputs, published_source


@pytest.fixture(name="archive")
def made_archive(tmp_path: Path) -> Path:
    for name in ("b/2.txt", "b/10.txt", "a.txt", "b.txt", ".hidden.txt", ".git/x", "~$a.docx"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return tmp_path / "in"


def names(archive: Path, *paths: str, output: str = "out") -> list[str]:
    found = find_inputs([str(archive / path) for path in paths], archive / output)
    return [os.path.relpath(file.source, archive) for file in found]


def test_folders_are_walked_in_the_order_of_names_without_hidden_files(archive: Path) -> None:
    assert names(archive, "") == ["a.txt", "b/10.txt", "b/2.txt", "b.txt"]


def test_a_hidden_file_that_is_named_is_read(archive: Path) -> None:
    assert names(archive, ".hidden.txt") == [".hidden.txt"]


def test_a_document_given_twice_is_read_once(archive: Path) -> None:
    assert names(archive, "b.txt", "", "b/../b.txt") == ["b.txt", "a.txt", "b/10.txt", "b/2.txt"]


def test_results_of_an_earlier_run_are_no_input(archive: Path) -> None:
    assert names(archive, "", output="b") == ["a.txt", "b.txt"]


def test_links_to_folders_are_not_followed(archive: Path) -> None:
    (archive / "loop").symlink_to(archive)
    assert names(archive, "") == ["a.txt", "b/10.txt", "b/2.txt", "b.txt"]


def test_a_link_that_leads_nowhere_is_not_skipped_silently(archive: Path) -> None:
    (archive / "c.txt").symlink_to(archive / "gone.txt")
    assert names(archive, "") == ["a.txt", "b/10.txt", "b/2.txt", "b.txt", "c.txt"]


def test_source_is_the_path_as_given(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(archive)
    assert [file.source for file in find_inputs(["./b", "a.txt"], Path("out"))] == [
        "./b/10.txt",
        "./b/2.txt",
        "a.txt",
    ]


def test_a_folder_that_cannot_be_listed_is_not_skipped_silently(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = os.scandir

    def scandir(path: str) -> object:
        if path.endswith("b"):
            raise PermissionError(13, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert names(archive, "") == ["a.txt", "b", "b.txt"]


def test_a_path_that_is_no_utf8_can_still_be_written() -> None:
    assert published_source(os.fsdecode(b"in/\xff.txt")) == r"in/\xff.txt"
