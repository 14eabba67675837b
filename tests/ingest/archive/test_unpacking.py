"""Zip, tar and 7z from strangers."""

import io
import os
import struct
import tarfile
import zipfile
from pathlib import Path

import py7zr
import pytest

from ingest.archive.budget import Bounds, Budget
from ingest.archive.members import Member, TooMuchError
from ingest.archive.unpacking import unpack


@pytest.fixture(name="folder")
def made_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "spool"
    folder.mkdir()
    return folder


def laid_out(file: Path, folder: Path) -> dict[str, bytes | str]:
    """By name: the bytes of what was unpacked, or the rule by which it was refused."""
    return {
        member.name: member.rule or Path(member.file).read_bytes()
        for member in unpack(str(file), file.name, str(folder))
    }


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def tarred(path: Path, members: dict[str, bytes], mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as file:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), 1_600_000_000
            file.addfile(info, io.BytesIO(data))
    return path


def without_utf8_flag(path: Path, name: str, encoding: str) -> Path:
    """A zip as old Windows programs make it: the name in the code page, no flag."""
    placeholder = "x" * len(name.encode(encoding))
    data = zipped(path, {placeholder: b"notice"}).read_bytes()
    path.write_bytes(data.replace(placeholder.encode(), name.encode(encoding)))
    return path


def encrypted(path: Path, name: str) -> Path:
    """A zip whose first member says that it is encrypted."""
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as file:
        start, central = file.getinfo(name).header_offset, file.start_dir
    for place in (start + 6, central + 8):
        struct.pack_into("<H", data, place, 1)
    path.write_bytes(data)
    return path


MEMBERS = {"附件/a.txt": b"1", "b.txt": b"2" * 100_000, ".hidden": b"", "__MACOSX/._b.txt": b"x"}
SEEN = {"附件/a.txt": b"1", "b.txt": b"2" * 100_000}


@pytest.mark.parametrize("mode", ["", "gz", "bz2", "xz"])
def test_tars_of_all_kinds(tmp_path: Path, folder: Path, mode: str) -> None:
    file = tarred(tmp_path / (f"a.tar.{mode}" if mode else "a.tar"), MEMBERS, f"w:{mode}")
    assert laid_out(file, folder) == SEEN


def test_zip(tmp_path: Path, folder: Path) -> None:
    assert laid_out(zipped(tmp_path / "a.ZIP", MEMBERS), folder) == SEEN


def test_7z(tmp_path: Path, folder: Path) -> None:
    with py7zr.SevenZipFile(tmp_path / "a.7z", "w") as file:
        for name, data in MEMBERS.items():
            file.writestr(data, name)
    assert laid_out(tmp_path / "a.7z", folder) == SEEN


def test_7z_with_a_password(tmp_path: Path, folder: Path) -> None:
    with py7zr.SevenZipFile(tmp_path / "a.7z", "w", password="x") as file:
        file.writestr(b"1", "a.txt")
    assert laid_out(tmp_path / "a.7z", folder) == {"": "encrypted"}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_of_old_zips_are_read_as_their_author_saw_them(
    tmp_path: Path, folder: Path, encoding: str
) -> None:
    file = without_utf8_flag(tmp_path / "a.zip", "提前下达/分配表.txt", encoding)
    assert laid_out(file, folder) == {"提前下达/分配表.txt": b"notice"}


def test_no_name_leads_out_of_the_folder(tmp_path: Path, folder: Path) -> None:
    names = {"../../out.txt": b"1", "/etc/out.txt": b"2", "..\\out.txt": b"3", "a\n.txt": b"4"}
    before = set(tmp_path.rglob("*"))
    file = zipped(tmp_path / "a.zip", names)
    found = laid_out(file, folder)
    assert sorted(map(str, found.values())) == sorted(map(str, names.values()))
    new = set(tmp_path.rglob("*")) - before - {file}
    assert {path.parent for path in new} == {folder}
    assert not os.path.exists("/etc/out.txt")


def test_a_link_in_a_tar_is_what_it_leads_to_inside_and_refused_outside(
    tmp_path: Path, folder: Path
) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as file:
        info = tarfile.TarInfo("a.txt")
        info.size = 1
        file.addfile(info, io.BytesIO(b"1"))
        for name, target, kind in (
            ("same.txt", "a.txt", tarfile.LNKTYPE),
            ("inside.txt", "a.txt", tarfile.SYMTYPE),
            ("outside.txt", "/etc/passwd", tarfile.SYMTYPE),
            ("circle.txt", "circle.txt", tarfile.SYMTYPE),
            ("pipe", "", tarfile.FIFOTYPE),
        ):
            link = tarfile.TarInfo(name)
            link.type, link.linkname = kind, target
            file.addfile(link)
    assert laid_out(tmp_path / "a.tar", folder) == {
        "a.txt": b"1",
        "same.txt": b"1",
        "inside.txt": b"1",
        "outside.txt": "link",
        "circle.txt": "link",
    }


def test_an_encrypted_member_is_refused_and_the_others_read(tmp_path: Path, folder: Path) -> None:
    file = encrypted(zipped(tmp_path / "a.zip", {"a.txt": b"1", "b.txt": b"2"}), "a.txt")
    assert laid_out(file, folder) == {"a.txt": "encrypted", "b.txt": b"2"}


def test_containers_within_containers_down_to_a_depth(tmp_path: Path, folder: Path) -> None:
    file = zipped(tmp_path / "0.zip", {"0.txt": b"0"})
    for depth in range(1, 4):
        members = {f"{depth}.txt": b"%d" % depth, file.name: file.read_bytes()}
        file = zipped(tmp_path / f"{depth}.zip", members)
    assert laid_out(file, folder) == {
        "3.txt": b"3",
        "2.zip!/2.txt": b"2",
        "2.zip!/1.zip!/1.txt": b"1",
        "2.zip!/1.zip!/0.zip": "archive-too-deep",
    }


def test_a_damaged_container_inside_stands_for_itself(tmp_path: Path, folder: Path) -> None:
    file = zipped(tmp_path / "a.zip", {"in.zip": b"PK\3\4 nothing", "b.txt": b"2"})
    members = unpack(str(file), file.name, str(folder))
    assert [(m.name, m.rule, bool(m.file)) for m in members] == [
        ("in.zip", "damaged-archive", True),
        ("b.txt", "", True),
    ]


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tar.xz", "a.tar.bz2", "a.7z"])
@pytest.mark.parametrize("data", [b"", b"no archive at all", b"\x1f\x8b\x08\0\0\0", b"BZh9\0\0"])
def test_what_is_no_archive_is_said_to_be_damaged(
    tmp_path: Path, folder: Path, name: str, data: bytes
) -> None:
    (tmp_path / name).write_bytes(data)
    assert laid_out(tmp_path / name, folder) in ({"": "damaged-archive"}, {"": "empty-archive"})


def test_of_a_torn_tar_the_whole_members_are_kept(tmp_path: Path, folder: Path) -> None:
    noise = os.urandom(200_000)
    file = tarred(tmp_path / "a.tar.gz", {"a.txt": b"1", "b.bin": noise, "c.txt": b"3"})
    os.truncate(file, file.stat().st_size - 150_000)
    found = laid_out(file, folder)
    assert found["a.txt"] == b"1"
    assert "damaged-member" in found.values() or "damaged-archive" in found.values()


def test_an_empty_container_is_not_passed_over(tmp_path: Path, folder: Path) -> None:
    assert laid_out(zipped(tmp_path / "a.zip", {}), folder) == {"": "empty-archive"}


@pytest.fixture(name="small_bounds")
def made_small_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    bounds = Bounds(member=50_000, total=200_000, ratio=10, slack=100_000, members=20)
    make = Budget.__init__
    monkeypatch.setattr(
        Budget, "__init__", lambda self, packed, folder: make(self, packed, folder, bounds)
    )


def bomb(tmp_path: Path, kind: str) -> Path:
    members = {f"{n}.txt": b"0" * 40_000 for n in range(9)}
    if kind == "zip":
        return zipped(tmp_path / "a.zip", members)
    if kind == "tar":
        return tarred(tmp_path / "a.tar.gz", members)
    with py7zr.SevenZipFile(tmp_path / "a.7z", "w") as file:
        for name, data in members.items():
            file.writestr(data, name)
    return tmp_path / "a.7z"


@pytest.mark.usefixtures("small_bounds")
@pytest.mark.parametrize("kind", ["zip", "tar", "7z"])
def test_a_bomb_is_left_before_it_fills_the_disk(tmp_path: Path, folder: Path, kind: str) -> None:
    found = laid_out(bomb(tmp_path, kind), folder)
    assert found[""] == "archive-bomb"
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 110_000


@pytest.mark.usefixtures("small_bounds")
@pytest.mark.parametrize("kind", ["zip", "tar", "7z"])
def test_one_member_too_large_is_refused_alone(tmp_path: Path, folder: Path, kind: str) -> None:
    members = {"a.txt": b"0" * 60_000, "b.txt": b"2"}
    file = tmp_path / f"a.{kind}"
    if kind == "7z":
        with py7zr.SevenZipFile(file, "w") as made:
            for name, data in members.items():
                made.writestr(data, name)
    else:
        (zipped if kind == "zip" else lambda path, held: tarred(path, held, "w"))(file, members)
    assert laid_out(file, folder) == {"a.txt": "too-large", "b.txt": b"2"}


@pytest.mark.usefixtures("small_bounds")
def test_too_many_members_are_a_bomb_too(tmp_path: Path, folder: Path) -> None:
    file = zipped(tmp_path / "a.zip", {f"{n}.txt": b"" for n in range(30)})
    assert laid_out(file, folder)[""] == "archive-bomb"


def test_budget_counts_what_containers_inside_unpack_to(tmp_path: Path) -> None:
    budget = Budget(100, str(tmp_path), Bounds(ratio=2, slack=0))
    budget.write(io.BytesIO(b"x" * 150))
    with pytest.raises(TooMuchError):
        budget.write(io.BytesIO(b"x" * 51))


def test_size_time_and_hash_are_told(tmp_path: Path, folder: Path) -> None:
    file = tarred(tmp_path / "a.tar", {"a.txt": b"abc"}, "w")
    [member] = unpack(str(file), "a.tar", str(folder))
    assert isinstance(member, Member)
    assert (member.size, member.mtime_ns) == (3, 1_600_000_000 * 10**9)
    assert member.sha256.startswith("ba7816bf")
