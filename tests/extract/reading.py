"""Short ways to say what a document is read as."""

from extract.layout import Extraction, document_to_layout
from extract.media import bytes_to_media
from schemas.source import Document, Line, RawTable

Rows = list[list[str]]

HEAD = "附件\n昌吉州2022年城乡居民大病保险补助资金分配表\n单位：人、万元\n"
HEADER = ("县市", "参保人数", "应补助", "增补", "合计")
ROWS = (
    ("昌吉市", "33704", "84", "52", "136"),
    ("阜康市", "10005", "25", "16", "41"),
    ("玛纳斯县", "40035", "100", "5", "105"),
    ("奇台县", "58635", "147", "19", "166"),
    ("木垒县", "46010", "115", "30", "145"),
)
TABLE: Rows = [list(HEADER), *map(list, ROWS)]


def read(content: str | bytes, source: str = "通知.txt") -> Extraction:
    data = content.encode() if isinstance(content, str) else content
    return document_to_layout(Document(source, "0" * 64, bytes_to_media(data, source), data))


def raw_tables(content: str | bytes, source: str = "通知.txt") -> list[RawTable]:
    return [b for b in read(content, source).layout.blocks if isinstance(b, RawTable)]


def tables(content: str | bytes, source: str = "通知.txt") -> list[Rows]:
    """The tables of a document as texts."""
    return [[[c.text for c in row] for row in t.rows] for t in raw_tables(content, source)]


def readers(content: str | bytes, source: str = "通知.txt") -> list[str]:
    return [table.reader.value for table in raw_tables(content, source)]


def texts(content: str | bytes, source: str = "通知.txt") -> list[str]:
    """The lines of a document that are in no table, without blank ones."""
    blocks = read(content, source).layout.blocks
    return [b.text for b in blocks if isinstance(b, Line) and b.text.strip()]


def parted(sign: str, *, end: str = "\n") -> str:
    """The usual rows, their cells parted by a sign and every row ended."""
    return "".join(sign.join(row) + end for row in TABLE)
