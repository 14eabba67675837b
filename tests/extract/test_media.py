import codecs

import pytest

from extract.media import bytes_to_media
from schemas.source import Media

TABLE = "| 县市 | 金额 |\n|---|---|\n| 塔城市 | 30 |\n"


@pytest.mark.parametrize(
    ("data", "source", "media"),
    [
        ("塔城地区财政局\n".encode(), "a.txt", Media.TEXT),
        ("塔城地区财政局\n".encode(), "a.md", Media.MARKDOWN),
        ("# 塔城地区财政局\n".encode(), "a", Media.MARKDOWN),
        ("# 塔城地区财政局\n".encode(), "a.txt", Media.TEXT),
        (TABLE.encode(), "a", Media.MARKDOWN),
        (b"<!-- saved -->\n<HTML><body>", "a.txt", Media.HTML),
        (b"<?xml version='1.0'?>\n<!DOCTYPE html>", "a", Media.HTML),
        (codecs.BOM_UTF8 + b"<html>", "a.htm", Media.HTML),
        (codecs.BOM_UTF16_LE + "<html>".encode("utf-16-le"), "a", Media.HTML),
        ("下达<暂行办法>的通知".encode(), "a", Media.TEXT),
        (b"%PDF-1.7\n", "a.txt", Media.PDF),
        (b"\x89PNG\r\n\x1a\n", "a.txt", Media.SCAN),
        (b"PK\x03\x04" + b"." * 26 + b"word/document.xml", "a", Media.DOCX),
        (b"PK\x03\x04" + b"." * 26 + b"xl/workbook.xml", "a", Media.XLSX),
        (b"", "a", Media.TEXT),
        (b"\x0d\x00junk\n%PDF-1.4\n", "a", Media.PDF),
        (b"\r\n\r\n%PDF-1.4\n", "a", Media.PDF),
        (b"HTTP/1.1 200 OK\n\n%PDF-1.4\n", "a.pdf", Media.PDF),
        ("说明：文件以%PDF-1.4开头\n".encode(), "a.txt", Media.TEXT),
        (b"BM" + b"\0" * 12 + b"\x28\0\0\0" + b"\0" * 40, "a", Media.SCAN),
        (b"BMW 2024 sales report, in all counties", "a.txt", Media.TEXT),
        (b"GIF89a\x01\0", "a", Media.SCAN),
        (b"II*\0\x08\0", "a", Media.SCAN),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "a", Media.SCAN),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "a", Media.SCAN),
        (b"{\\rtf1\\ansi", "a.doc", Media.DOCX),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc", Media.DOCX),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.et", Media.XLSX),
        (b"<html><table><tr><td>1</table>", "a.xls", Media.HTML),
        ("县市\t资金\n".encode(), "a.xls", Media.TEXT),
        (b"PK\x03\x04" + b"." * 26 + b"notes.txt", "a.zip", Media.TEXT),
        (b"PK\x03\x04" + b"." * 26, "a.docx", Media.DOCX),
    ],
)
def test_the_kind_of_a_file(data: bytes, source: str, media: Media) -> None:
    assert bytes_to_media(data, source) is media
