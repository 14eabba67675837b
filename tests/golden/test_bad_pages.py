"""PDFs, pictures and Office files that nobody can read, in one call with files that can be."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

import xiada
from tests.golden import bad_offices as offices
from tests.golden import bad_pages as pdfs
from tests.golden import bad_pictures as pictures
from tests.golden.cases import TABLES, Row, parse_tables
from xiada.cli import main

MEGABYTE = 1_000_000
# What a reader may take at most; the process that reads is killed beyond it.
MEMORY = "1200"

Make = Callable[[], bytes]

REFUSED: dict[str, tuple[Make, str]] = {
    "加密.pdf": (pdfs.locked, "encrypted"),
    "半截.pdf": (pdfs.half, "damaged-file"),
    "缺尾.pdf": (pdfs.without_end, "damaged-file"),
    "无页.pdf": (pdfs.no_pages, "no-pages"),
    "空白页.pdf": (pdfs.blank_pages, "empty-document"),
    "巨页.pdf": (pdfs.giant_page, "too-large"),
    "压缩零.pdf": (lambda: pdfs.zeros(20 * MEGABYTE), "too-large"),
    "压缩线.pdf": (lambda: pdfs.strokes(20 * MEGABYTE), "too-large"),
    "压缩图.pdf": (pdfs.picture_bomb, "too-large"),
    "谎称图.pdf": (pdfs.jpeg_2000_bomb, "too-large"),
    "巨页图.pdf": (pdfs.giant_picture_page, "too-large"),
    "图形自含.pdf": (pdfs.forms_in_themselves, "too-large"),
    "图形成倍.pdf": (pdfs.forms_that_double, "too-large"),
    "页树自含.pdf": (pdfs.pages_in_themselves, "damaged-file"),
    "对象自含.pdf": (pdfs.objects_in_themselves, "damaged-file"),
    "五千页.pdf": (pdfs.many_pages, "too-large"),
    "大图.png": (pictures.large_png, "too-large"),
    "自称大图.png": (lambda: pictures.png_that_claims(60_000), "too-large"),
    "自称巨图.png": (lambda: pictures.png_that_claims(2**31 - 1), "too-large"),
    "半截.png": (lambda: pictures.cut_off("PNG"), "damaged-file"),
    "半截.jpg": (lambda: pictures.cut_off("JPEG"), "damaged-file"),
    "半截.tif": (lambda: pictures.cut_off("TIFF"), "damaged-file"),
    "多页.tif": (lambda: pictures.many_frames(2_000), "too-large"),
    "动画.gif": (lambda: pictures.animation(600), "too-large"),
    "压缩零.xlsx": (lambda: offices.sheet_of_zeros(60 * MEGABYTE), "too-large"),
    "压缩空格.xlsx": (lambda: offices.sheet_of_blanks(30 * MEGABYTE), "too-large"),
    "谎称.xlsx": (lambda: offices.sheet_that_lies(30 * MEGABYTE), "damaged-file"),
    "实体.xlsx": (offices.laughing_sheet, "damaged-file"),
    "实体.docx": (offices.laughing_document, "damaged-file"),
    "压缩零.docx": (lambda: offices.document_of_zeros(60 * MEGABYTE), "too-large"),
    "多段.docx": (lambda: offices.document_of_paragraphs(150_000), "too-large"),
    "很多段.docx": (lambda: offices.document_of_paragraphs(3_000_000), "too-large"),
    "加密.xlsx": (offices.locked_workbook, "encrypted"),
    "空压缩包.zip": (offices.empty_archive, "binary-document"),
    "别的压缩包.zip": (offices.other_archive, "binary-document"),
    "无正文.docx": (offices.without_document, "damaged-file"),
    "旧格式.doc": (offices.garbage_in_ole, "damaged-file"),
    "版式.ofd": (offices.ofd, "unsupported-media"),
    "乱码.pdf": (lambda: bytes(range(256)) * 50, "binary-document"),
    "只有开头.pdf": (lambda: b"%PDF-1.7\n", "damaged-file"),
    "乱码.docx": (lambda: b"PK\x03\x04" + bytes(range(256)) * 50, "damaged-file"),
}
TEXT = "\n".join(["\t".join(row) for row in (pdfs.HEADER, *pdfs.ROWS)])
GOOD: dict[str, Make] = {
    "一好.pdf": pdfs.typed,
    "只限打印好.pdf": lambda: pdfs.locked(user=""),
    "后缀错好.txt": pdfs.typed,
    "后缀错好.pdf": offices.workbook,
    "表好.xlsx": offices.workbook,
    "只防改好.xlsx": offices.protected_workbook,
    "页好.xls": lambda: _html().encode(),
    "龥好.txt": f"{pdfs.TITLE}\n{pdfs.UNIT}\n{TEXT}\n".encode,
}
ODD: dict[str, Make] = {
    "动作.pdf": lambda: pdfs.with_actions("launched"),
    "长度自含.pdf": pdfs.length_of_itself,
    "位置表成环.pdf": pdfs.tables_of_places_in_a_ring,
    "全表.xlsx": offices.sheet_that_claims_all,
}


def _html() -> str:
    rows = (f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in (pdfs.HEADER, *pdfs.ROWS))
    return f"<html><body><table>{''.join(rows)}</table></body></html>"


@dataclass(frozen=True, slots=True)
class Run:
    """What a call of `xiada extract` left."""

    status: int
    said: str
    tables: dict[str, list[Row]]

    def of(self, table: str, name: str) -> list[Row]:
        """The rows of a table that come from one file."""
        return [row for row in self.tables[table] if row["source"].endswith(f"/{name}")]


def _extract(folder: Path, output: Path, *options: str) -> Run:
    arguments = ["extract", str(folder), "-o", str(output), "--memory", MEMORY, *options]
    result = CliRunner().invoke(main, arguments)
    files = {name: (output / f"{name}.csv").read_bytes() for name in TABLES}
    return Run(result.exit_code, result.output, parse_tables(files))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One call over all of them, in the order of their names."""
    folder = tmp_path_factory.mktemp("archive")
    makers = {name: make for name, (make, _) in REFUSED.items()} | GOOD | ODD
    for name, make in makers.items():
        (folder / name).write_bytes(make())
    with contextlib.chdir(folder):
        return _extract(folder, tmp_path_factory.mktemp("out"))


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_cannot_be_read_is_rejected_with_its_reason(run: Run, name: str) -> None:
    (notice,) = run.of("notices", name)
    (error,) = run.of("findings", name)
    assert (notice["outcome"], error["severity"]) == ("rejected", "error")
    assert error["rule"] == REFUSED[name][1]
    assert run.of("figures", name) == []
    # What happened, and what to do about it, in sentences that anybody understands.
    what, _, remedy = error["message"].partition(". ")
    assert f"{name} was not read: " in what
    assert remedy.endswith(".")
    assert "Error" not in error["message"]
    assert error["message"] in run.said


def test_the_call_says_that_some_were_not_read(run: Run) -> None:
    assert run.status == 3
    assert f"{len(REFUSED) + len(GOOD) + len(ODD)} documents" in run.said
    assert f"{len(REFUSED)} rejected" in run.said
    assert "Traceback" not in run.said


@pytest.mark.parametrize("name", sorted(GOOD))
def test_the_files_beside_them_are_read(run: Run, name: str) -> None:
    (notice,) = run.of("notices", name)
    assert notice["outcome"] != "rejected"
    assert _figures(run, name) == {row[0]: list(row[1:]) for row in pdfs.ROWS}


def _figures(run: Run, name: str) -> dict[str, list[str]]:
    """The printed figures by the printed name of their row."""
    found: dict[str, list[str]] = {}
    for row in run.of("figures", name):
        found.setdefault(row["unit_printed"], []).append(row["printed"])
    return found


@pytest.mark.parametrize("name", sorted(ODD))
def test_odd_files_are_read_for_what_they_show(run: Run, name: str) -> None:
    (notice,) = run.of("notices", name)
    assert (notice["outcome"], notice["figures"]) == ("accepted", "0")


def test_what_a_file_asks_to_be_run_is_not_run(tmp_path: Path) -> None:
    proof = tmp_path / "launched"
    (tmp_path / "动作.pdf").write_bytes(pdfs.with_actions(str(proof)))
    assert xiada.read(tmp_path / "动作.pdf").figures().empty
    assert not proof.exists()


def test_a_password_opens_its_files_and_keeps_no_other_from_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    locked = {"加密.pdf", "加密.xlsx"}
    for name in locked:
        (folder / name).write_bytes(REFUSED[name][0]())
    for name in ("一好.pdf", "只限打印好.pdf", "表好.xlsx", "只防改好.xlsx"):
        (folder / name).write_bytes(GOOD[name]())
    monkeypatch.setenv("XIADA_PASSWORD", pdfs.PASSWORD)
    opened = _extract(folder, tmp_path / "opened")
    assert opened.status == 0
    assert {row["figures"] for row in opened.tables["notices"]} == {"9"}
    closed = _extract(folder, tmp_path / "closed", "--password", "wrong")
    assert closed.status == 3
    rejected = [row for row in closed.tables["notices"] if row["outcome"] == "rejected"]
    assert {Path(row["source"]).name for row in rejected} == locked
    assert "password" in closed.said


@pytest.mark.parametrize(("password", "status"), [(pdfs.PASSWORD, 0), ("wrong", 2)])
def test_an_audit_takes_a_password(tmp_path: Path, password: str, status: int) -> None:
    path = tmp_path / "加密.xlsx"
    path.write_bytes(REFUSED[path.name][0]())
    done = CliRunner().invoke(main, ["audit", str(path), "--password", password])
    assert done.exit_code == status, done.output


@pytest.mark.parametrize("name", ["加密.pdf", "加密.xlsx"])
def test_the_library_takes_a_password(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(REFUSED[name][0]())
    assert len(xiada.read(path, password=pdfs.PASSWORD).figures()) == 9
    for password in (None, "wrong"):
        with pytest.raises(xiada.UnreadableError, match="password") as raised:
            xiada.read(path, password=password)
        assert "password" in raised.value.remedy


@pytest.mark.parametrize(
    ("make", "ref"),
    [
        (pdfs.locked, "p1 10,20,60,32"),
        (pdfs.giant_page, "p1 10,20,60,32"),
        (lambda: pdfs.zeros(20 * MEGABYTE), "p1 10,20,60,32"),
        (pdfs.pages_in_themselves, "p1 10,20,60,32"),
        (pdfs.half, "p1 10,20,60,32"),
        (pdfs.typed, "p2 10,20,60,32"),
        (pdfs.typed, "p1 5000,20,6000,32"),
        (pdfs.typed, "L3:C2"),
        (lambda: pictures.png_that_claims(60_000), "p1 10,20,60,32"),
        (offices.locked_workbook, "S1:L3:C2"),
    ],
)
def test_a_place_that_cannot_be_shown_says_why(make: Make, ref: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(make())
    output = tmp_path / "shown.png"
    result = CliRunner().invoke(main, ["show", str(tmp_path / "file"), ref, "-o", str(output)])
    assert result.exit_code == 2
    assert result.output.startswith("error: ")
    assert "Traceback" not in result.output
    assert not output.exists()


@pytest.mark.parametrize("make", [pdfs.jpeg_2000, pdfs.jbig2])
def test_pictures_packed_in_rare_ways_are_read(make: Make, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "图.pdf").write_bytes(make())
    read = _extract(folder, tmp_path / "out")
    assert read.status == 0
    assert _figures(read, "图.pdf") == {row[0]: list(row[1:]) for row in pdfs.ROWS}
