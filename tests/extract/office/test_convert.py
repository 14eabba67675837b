"""Old and foreign formats: read through LibreOffice, or refused with the name of a converter."""

import shutil
import subprocess
from pathlib import Path

import pytest

from extract.extraction import Extraction
from extract.foreign import Foreign, bytes_to_foreign
from extract.media import bytes_to_media
from extract.office import convert as converting
from extract.office.lost import lost_tables
from schemas.errors import TooLargeError, UnsupportedMediaError
from schemas.findings import Severity
from schemas.source import Cell, Layout, LineRef, Media, RawTable, Reader
from tests.extract.office.made import document, lines, read, rules, tables, texts, zipped
from tests.outside import require_program

RTF = (
    rb"{\rtf1\ansi\uc0 \u36890\u30693\par"
    rb"{\trowd\cellx2000\cellx4000 \u21439\intbl\cell \u36164\u37329\intbl\cell\row}"
    rb"{\trowd\cellx2000\cellx4000 A\intbl\cell 20\intbl\cell\row}}"
)
XML_SHEET = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="一"><Table>'
    '<Row><Cell><Data ss:Type="String">县市</Data></Cell>'
    '<Cell><Data ss:Type="String">资金</Data></Cell></Row>'
    '<Row><Cell><Data ss:Type="String">伊宁市</Data></Cell>'
    '<Cell><Data ss:Type="Number">20.5</Data></Cell></Row></Table></Worksheet></Workbook>'
).encode()


def test_an_old_text_is_converted_and_said_to_be() -> None:
    require_program("soffice")
    found = read(RTF, "通知.doc")
    assert lines(found) == ["通知"]
    assert texts(tables(found)[0]) == [["县", "资金"], ["A", "20"]]
    assert rules(found) == ["converted"]
    assert found.media is Media.DOCX


def test_an_old_sheet_is_converted(tmp_path: Path) -> None:
    soffice = require_program("soffice")
    source = tmp_path / "in.xml"
    source.write_bytes(XML_SHEET)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "xls", "--outdir", tmp_path, source]
    subprocess.run(command, check=True, capture_output=True)
    data = (tmp_path / "in.xls").read_bytes()
    assert bytes_to_foreign(data, "表.et") is Foreign.XLS
    assert bytes_to_media(data, "表.et") is Media.XLSX
    found = read(data, "表.et")
    assert texts(tables(found)[0]) == [["县市", "资金"], ["伊宁市", "20.5"]]


def test_without_the_program_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(UnsupportedMediaError, match="LibreOffice, which is not installed"):
        read(RTF, "通知.rtf")


def test_a_conversion_that_never_ends_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n(sleep 61; echo late > {tmp_path}/late) &\nsleep 60\n")
    program.chmod(0o755)
    found = {"soffice": str(program), "sh": shutil.which("sh"), "timeout": shutil.which("timeout")}
    monkeypatch.setattr(shutil, "which", found.get)
    with pytest.raises(TooLargeError, match="took longer"):
        converting.convert(document(RTF, "通知.rtf"), seconds=0.3)
    running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=False)
    assert str(tmp_path) not in running.stdout


@pytest.mark.parametrize(
    ("parts", "foreign", "named"),
    [
        ({"OFD.xml": "<a/>", "Doc_0/Document.xml": "<a/>"}, Foreign.OFD, "WPS"),
        ({"ppt/presentation.xml": "<a/>"}, Foreign.SLIDES, "PDF"),
    ],
)
def test_what_no_program_here_converts_names_one_that_does(
    parts: dict[str, str], foreign: Foreign, named: str
) -> None:
    data = zipped(parts)
    assert bytes_to_foreign(data, "通知.ofd") is foreign
    with pytest.raises(UnsupportedMediaError, match=named):
        read(data, "通知.ofd")


@pytest.mark.parametrize(
    ("data", "foreign"),
    [
        (RTF, Foreign.RTF),
        (XML_SHEET, Foreign.XML_SHEET),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Foreign.DOC),
        ("塔城地区财政局".encode(), None),
        (b"%PDF-1.7", None),
    ],
)
def test_formats_are_told_by_their_bytes(data: bytes, foreign: Foreign | None) -> None:
    assert bytes_to_foreign(data, "通知.doc") is foreign


def test_a_table_that_the_conversion_lost_is_told(tmp_path: Path) -> None:
    soffice = require_program("soffice")
    source = tmp_path / "in.rtf"
    row = rb"{\trowd\cellx2000\cellx4000 \u21439\intbl\cell 20\intbl\cell\row}"
    source.write_bytes(rb"{\rtf1\ansi\uc0 \u36890\par" + row * 8 + rb"}")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "doc", "--outdir", tmp_path, source]
    subprocess.run(command, check=True, capture_output=True)
    old = document((tmp_path / "in.doc").read_bytes(), "in.doc")
    whole = Extraction(Layout((RawTable(((Cell("", LineRef(1)),) * 2,) * 8, Reader.WORD),)), ())
    (told,) = lost_tables(old, Extraction(Layout(()), ()))
    assert (told.rule, told.severity) == ("table-lost", Severity.ERROR)
    assert lost_tables(old, whole) == ()
