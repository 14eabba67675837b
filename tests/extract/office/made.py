"""Office files made by hand, for what the usual libraries do not write."""

import hashlib
import zipfile
from collections.abc import Mapping
from io import BytesIO

import docx
import openpyxl

from extract.extraction import Extraction
from extract.media import bytes_to_media
from extract.office import office_to_extraction
from schemas.source import Document, Layout, Line, RawTable

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CHOICES = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def document(data: bytes, source: str = "通知.docx") -> Document:
    return Document(source, hashlib.sha256(data).hexdigest(), bytes_to_media(data, source), data)


def read(data: bytes, source: str = "通知", password: str | None = None) -> Extraction:
    return office_to_extraction(document(data, source), password)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_parts(data: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """A file with some parts put in others' places, or added."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()} | dict(parts))


def relations(**targets: str) -> str:
    entries = "".join(
        f'<Relationship Id="{kind}" Type="{_KINDS}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_RELATIONS}">{entries}</Relationships>'


def word_file(body: str, **parts: str) -> bytes:
    """A Word file with a body and other parts, such as numbering, footnotes, header."""
    names = {kind: f"{kind}.xml" for kind in parts}
    spaces = f'xmlns:w="{WORD}" xmlns:mc="{_CHOICES}"'
    root = f"<w:document {spaces}><w:body>{body}</w:body></w:document>"
    return zipped(
        {
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/document.xml": root,
            "word/_rels/document.xml.rels": relations(**names),
            **{f"word/{kind}.xml": content for kind, content in parts.items()},
        }
    )


def sheet_file(sheet: str, strings: str = "") -> bytes:
    """A workbook of one sheet, given as the XML within its worksheet element."""
    targets = {"worksheet": "worksheets/sheet1.xml"}
    if strings:
        targets["sharedStrings"] = "sharedStrings.xml"
    book = (
        f'<workbook xmlns="{SHEET}" xmlns:r="{_KINDS}"><sheets>'
        '<sheet name="分配表" r:id="worksheet"/></sheets></workbook>'
    )
    return zipped(
        {
            "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": relations(**targets),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}">{sheet}</worksheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{strings}</sst>',
        }
    )


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def lines(found: Extraction) -> list[str]:
    return [b.text for b in found.layout.blocks if isinstance(b, Line) and b.text]


def tables(found: Extraction) -> list[RawTable]:
    return [b for b in found.layout.blocks if isinstance(b, RawTable)]


def texts(one: RawTable) -> list[list[str]]:
    return [[cell.text for cell in row] for row in one.rows]


def rules(found: Extraction) -> list[str]:
    return [finding.rule for finding in found.findings]


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def retyped_word(layout: Layout) -> bytes:
    """A layout typed into a Word file: a paragraph a line, a table a table, spans as they are."""
    made = docx.Document()
    for block in layout.blocks:
        if isinstance(block, Line):
            made.add_paragraph(block.text)
            continue
        width = max(map(len, block.rows))
        table = made.add_table(len(block.rows), width)
        cells = table._cells
        for r, row in enumerate(block.rows):
            for c, one in enumerate(row):
                if not one.covered:
                    last = cells[(r + one.rowspan - 1) * width + c + one.colspan - 1]
                    into = cells[r * width + c]
                    (into if last is into else into.merge(last)).text = one.text
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def retyped_sheet(layout: Layout) -> bytes:
    """A layout typed into a sheet, numbers as numbers with the decimals that are printed."""
    book = openpyxl.Workbook()
    sheet = book.active
    at = 1
    for block in layout.blocks:
        if isinstance(block, Line):
            _type(sheet.cell(at, 1), block.text)
            at += 1
            continue
        for row in block.rows:
            for column, one in enumerate(row, 1):
                if one.covered:
                    continue
                _type(sheet.cell(at, column), one.text)
                if one.rowspan > 1 or one.colspan > 1:
                    down, right = at + one.rowspan - 1, column + one.colspan - 1
                    sheet.merge_cells(None, at, column, down, right)
            at += 1
    return saved(book)


def _type(into: openpyxl.cell.Cell, text: str) -> None:
    if not text:
        return
    whole, _, places = text.removeprefix("-").partition(".")
    if whole.isdecimal() and whole.isascii() and (places or "0").isdecimal() and len(text) < 12:
        into.value = float(text) if places else int(text)
        into.number_format = f"0.{'0' * len(places)}" if places else "0"
    else:
        into.value = text.replace("\t", " ")
        into.data_type = "s"
