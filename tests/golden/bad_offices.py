"""Office files and archives that are broken, locked or made to harm."""

import io
import struct
from itertools import pairwise

import openpyxl
from msoffcrypto.format.ooxml import OOXMLFile

from tests.extract.office.made import (
    SHEET,
    paragraph,
    relations,
    saved,
    sheet_file,
    with_parts,
    word_file,
    zipped,
)
from tests.golden.bad_pages import HEADER, PASSWORD, ROWS, TITLE, UNIT

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHEET1 = "xl/worksheets/sheet1.xml"
_CELL = '<c r="A1" t="inlineStr"><is><t>县</t></is></c>'


def workbook() -> bytes:
    """The table that all good files here hold."""
    book = openpyxl.Workbook()
    for row in ((TITLE,), (UNIT,), HEADER):
        book.active.append(row)
    for name, *figures in ROWS:
        book.active.append((name, *map(float, figures)))
    return saved(book)


def protected_workbook() -> bytes:
    """Protected against changes only: Excel opens it unasked with this password of its own."""
    return locked_workbook("VelvetSweatshop")


def locked_workbook(password: str = PASSWORD) -> bytes:
    packed = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook())).encrypt(password, packed)
    return packed.getvalue()


def sheet_of_zeros(size: int) -> bytes:
    return with_parts(workbook(), {_SHEET1: b"\0" * size})


def sheet_of_blanks(size: int) -> bytes:
    """Well-formed: white space after one cell, and so packed a thousand times."""
    cells = f'<worksheet xmlns="{SHEET}"><sheetData><row r="1">{_CELL}</row></sheetData>'
    return with_parts(workbook(), {_SHEET1: cells.encode() + b" " * size + b"</worksheet>"})


def sheet_that_lies(size: int) -> bytes:
    """The directory says that a part is small."""
    data = bytearray(sheet_of_blanks(size))
    at = data.index(b"PK\x01\x02", data.rindex(_SHEET1.encode()) - 60)
    data[at + 24 : at + 28] = struct.pack("<I", 5_000)
    return bytes(data)


def sheet_that_claims_all() -> bytes:
    """Every cell there is, by its dimension and by a style on every row's end."""
    blank = "".join(f'<row r="{r}"><c r="XFD{r}" s="1"/></row>' for r in range(2, 9_000))
    last = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return sheet_file(
        '<dimension ref="A1:XFD1048576"/>'
        f'<sheetData><row r="1">{_CELL}</row>{blank}{last}</sheetData>'
        '<mergeCells><mergeCell ref="A2:XFD1048575"/></mergeCells>'
    )


def laughs() -> str:
    names = "abcdefghij"
    more = "".join(f'<!ENTITY {name} "{10 * f"&{before};"}">' for before, name in pairwise(names))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "县县县县">{more}]>'


def laughing_sheet() -> bytes:
    cell = '<c r="A1" t="inlineStr"><is><t>&j;</t></is></c>'
    sheet = f'<worksheet xmlns="{SHEET}"><sheetData><row r="1">{cell}</row></sheetData></worksheet>'
    return with_parts(workbook(), {_SHEET1: laughs() + sheet})


def laughing_document() -> bytes:
    data = word_file(paragraph("通知"))
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = f"<w:document {space}><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>"
    return with_parts(data, {"word/document.xml": laughs() + body})


def document_of_zeros(size: int) -> bytes:
    return with_parts(word_file(""), {"word/document.xml": b"\0" * size})


def document_of_paragraphs(count: int) -> bytes:
    return word_file("<w:p/>" * count)


def empty_archive() -> bytes:
    return zipped({})


def other_archive() -> bytes:
    return zipped({"读我.txt": "这里没有通知", "照片/一.jpg": b"\xff\xd8\xff"})


def without_document() -> bytes:
    return zipped(
        {
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/styles.xml": "<styles/>",
        }
    )


def garbage_in_ole() -> bytes:
    return _OLE + bytes(range(256)) * 40


def ofd() -> bytes:
    return zipped({"OFD.xml": "<ofd:OFD/>", "Doc_0/Document.xml": "<ofd:Document/>"})
