"""Office files made to harm, and broken ones: each is an error that says what it is."""

import struct
from io import BytesIO

import msoffcrypto
import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from extract.office.package import bytes_to_package
from schemas.errors import (
    DamagedError,
    EncryptedError,
    NoPagesError,
    TooLargeError,
    UnsupportedMediaError,
)
from tests.extract.office.made import (
    SHEET,
    document,
    lines,
    paragraph,
    read,
    saved,
    sheet_file,
    tables,
    texts,
    with_parts,
    word_file,
    zipped,
)

TEXT = '<c r="A1" t="inlineStr"><is><t>县</t></is></c>'


def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_is_read() -> None:
    data = bytearray(word_file(paragraph("通知")))
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 2_000_000_000)
    with pytest.raises(TooLargeError, match="unpacks to 2,000,"):
        read(bytes(data))


def test_an_archive_that_grows_beyond_all_measure_is_refused() -> None:
    with pytest.raises(TooLargeError, match="unpacks to"):
        bytes_to_package(zipped({"word/document.xml": b"\0" * 60_000_000}))


def test_a_sheet_may_claim_all_cells_and_style_many_blank_ones() -> None:
    blank = "".join(f'<row r="{r}"><c r="XFD{r}" s="1"/></row>' for r in range(2, 20_000))
    data = sheet_file(
        f'<dimension ref="A1:XFD1048576"/><sheetData><row r="1">{TEXT}</row>{blank}</sheetData>'
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )
    assert lines(read(data)) == ["县"]


def test_few_cells_far_apart_make_no_giant_table() -> None:
    rows = "".join(
        f'<row r="{r}"><c r="A{r}"><v>1</v></c><c r="{chr(65 + r % 26)}{chr(65 + r // 26)}{r}">'
        f"<v>1</v></c></row>"
        for r in range(1, 600)
    )
    with pytest.raises(TooLargeError, match="rows of"):
        read(sheet_file(f"<sheetData>{rows}</sheetData>"))


def test_entities_are_refused() -> None:
    data = sheet_file("<sheetData/>")
    bomb = f'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet xmlns="{SHEET}">&a;</worksheet>'
    with pytest.raises(DamagedError, match="entities"):
        read(with_parts(data, {"xl/worksheets/sheet1.xml": bomb}))


def test_shared_texts_have_a_limit() -> None:
    cell = '<sheetData><row><c t="s"><v>0</v></c></row></sheetData>'
    with pytest.raises(TooLargeError, match="texts"):
        read(sheet_file(cell, f"<si><t>{'长' * 200_000}</t></si>" * 11))


def test_one_long_text_shown_by_many_cells_is_refused() -> None:
    cells = '<c t="s"><v>0</v></c>' * 50
    rows = f"<row>{cells}</row>" * 40
    with pytest.raises(TooLargeError, match="characters"):
        read(sheet_file(f"<sheetData>{rows}</sheetData>", f"<si><t>{'长' * 1_500}</t></si>"))


def test_a_place_outside_every_sheet_is_damage() -> None:
    for name in ("ZZZ1", "A9999999", "1A"):
        with pytest.raises(DamagedError):
            read(sheet_file(f'<sheetData><row><c r="{name}"><v>1</v></c></row></sheetData>'))


def test_a_shared_text_that_is_missing_is_damage() -> None:
    with pytest.raises(DamagedError):
        read(sheet_file('<sheetData><row><c t="s"><v>7</v></c></row></sheetData>'))


def test_tables_within_tables_within_tables() -> None:
    with pytest.raises(TooLargeError, match="nested"):
        read(word_file("<w:tbl><w:tr><w:tc>" * 40 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 40))


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_a_file_that_was_cut_off_is_damaged(kept: float) -> None:
    for data in (word_file(paragraph("通知" * 500)), sheet_file(f"<sheetData>{TEXT}</sheetData>")):
        with pytest.raises(DamagedError):
            read(data[: int(len(data) * kept)])


def test_broken_xml_is_damage() -> None:
    with pytest.raises(DamagedError, match="well-formed"):
        read(word_file("<w:p>"))


def test_a_workbook_without_a_sheet_has_no_pages() -> None:
    data = sheet_file("<sheetData/>")
    with pytest.raises(NoPagesError):
        read(with_parts(data, {"xl/workbook.xml": f'<workbook xmlns="{SHEET}"/>'}))


def test_an_archive_that_is_no_office_file_is_unsupported() -> None:
    with pytest.raises(UnsupportedMediaError, match="archive"):
        read(zipped({"notes.txt": "通知"}))


def test_a_macro_file_is_read_like_any_other() -> None:
    data = with_parts(word_file(paragraph("通知")), {"word/vbaProject.bin": "macro"})
    assert lines(read(data, "通知.docm")) == ["通知"]


def test_a_password_opens_what_it_locks() -> None:
    book = openpyxl.Workbook()
    book.active.append(["县市", "资金"])
    book.active.append(["伊宁市", 20])
    locked = BytesIO()
    OOXMLFile(BytesIO(saved(book))).encrypt("密码123", locked)
    assert msoffcrypto.OfficeFile(locked).is_encrypted()
    data = locked.getvalue()
    with pytest.raises(EncryptedError, match="only with a password"):
        read(data)
    with pytest.raises(EncryptedError, match="does not open"):
        read(data, password="wrong")
    assert texts(tables(read(data, password="密码123"))[0])[1] == ["伊宁市", "20"]
    with pytest.raises((DamagedError, EncryptedError)):
        read(data[: len(data) // 2], password="密码123")
    assert document(data, "a.xlsx").sha256 == document(data, "b.docx").sha256
