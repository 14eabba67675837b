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
        (b"PK\x03\x04...word/document.xml", "a", Media.DOCX),
        (b"PK\x03\x04...xl/workbook.xml", "a", Media.XLSX),
        (b"", "a", Media.TEXT),
    ],
)
def test_the_kind_of_a_file(data: bytes, source: str, media: Media) -> None:
    assert bytes_to_media(data, source) is media
