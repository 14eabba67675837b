"""The same notice in other encodings says the same. The bytes are made here from the fixtures."""

import codecs
from pathlib import Path

import pytest

from tests.golden.cases import case_named, extract_tables, parse_tables
from tests.golden.truth import differences

SIMPLIFIED = ("two_allocations", "pension_2024_prefecture", "prose_shares", "markdown_pipes")


def _utf8_mark(text: str) -> bytes:
    return codecs.BOM_UTF8 + text.encode("utf-8")


def _utf16_le(text: str) -> bytes:
    return codecs.BOM_UTF16_LE + text.encode("utf-16-le")


def _utf16_be(text: str) -> bytes:
    return codecs.BOM_UTF16_BE + text.encode("utf-16-be")


def _gb18030(text: str) -> bytes:
    return text.encode("gb18030")


def _windows_lines(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("utf-8")


def _windows_file(text: str) -> bytes:
    return codecs.BOM_UTF16_LE + text.replace("\n", "\r\n").encode("utf-16-le")


def _disagreement(name: str, data: bytes, folder: Path) -> str:
    case = case_named(name)
    path = folder / case.input.name
    path.write_bytes(data)
    return "\n".join(map(str, differences(case.truth, parse_tables(extract_tables(path)))))


@pytest.mark.parametrize("name", SIMPLIFIED)
@pytest.mark.parametrize(
    "encode", [_utf8_mark, _utf16_le, _utf16_be, _gb18030, _windows_lines, _windows_file]
)
def test_an_encoding_changes_nothing(name: str, encode: object, tmp_path: Path) -> None:
    text = case_named(name).input.read_text("utf-8")
    assert callable(encode)
    assert _disagreement(name, encode(text), tmp_path) == ""


def test_a_short_gbk_text_is_not_taken_for_korean(tmp_path: Path) -> None:
    text = case_named("short_text").input.read_text("utf-8")
    assert _disagreement("short_text", text.encode("gbk"), tmp_path) == ""


def test_traditional_text_in_big5(tmp_path: Path) -> None:
    text = case_named("traditional_script").input.read_text("utf-8")
    assert _disagreement("traditional_script", text.encode("big5"), tmp_path) == ""


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030"])
def test_html_says_its_encoding_itself(declared: str, tmp_path: Path) -> None:
    text = case_named("html_three_level_header").input.read_text("utf-8")
    assert 'charset="utf-8"' in text
    data = text.replace('charset="utf-8"', f'charset="{declared}"').encode("gb18030")
    assert _disagreement("html_three_level_header", data, tmp_path) == ""


def test_html_that_names_the_wrong_encoding_is_read_by_its_bytes(tmp_path: Path) -> None:
    text = case_named("html_three_level_header").input.read_text("utf-8")
    data = text.replace('charset="utf-8"', 'charset="gb2312"').encode("utf-8")
    assert _disagreement("html_three_level_header", data, tmp_path) == ""
