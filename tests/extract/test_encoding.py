import codecs
import random

import pytest

from extract.encoding import bytes_to_text
from schemas.errors import BinaryDocumentError, EmptyDocumentError

NOTICE = (
    "新疆维吾尔自治区财政厅\n新财社〔2020〕287号\n关于提前下达2021年补助资金的通知\n"
    "县市\t金额\n塔城市\t30\n额敏县\t68\n"
)
TRADITIONAL = "新疆維吾爾自治區財政廳\n關於下達補助資金的通知\n縣市\t金額\n昌吉市\t30\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "gb18030"])
def test_a_notice_without_a_mark(encoding: str) -> None:
    decoded = bytes_to_text(NOTICE.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.wrong_mark) == (NOTICE, encoding, "")


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_notice_with_a_mark(mark: bytes, encoding: str) -> None:
    decoded = bytes_to_text(mark + NOTICE.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.wrong_mark) == (NOTICE, encoding, "")


@pytest.mark.parametrize(
    "text", ["塔城市", "合计 3", "岷县\t48\n", "县区\t金额\n渭源县\t36.5\n", "1.资金分配表"]
)
def test_a_short_gbk_text_is_not_taken_for_korean(text: str) -> None:
    assert bytes_to_text(text.encode("gbk")).text == text


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-8", "utf-16-le"])
def test_traditional_text(encoding: str) -> None:
    decoded = bytes_to_text(TRADITIONAL.encode(encoding))
    assert (decoded.text, decoded.encoding) == (TRADITIONAL, encoding)


def test_utf16_without_any_ascii_character() -> None:
    text = "塔城地区财政局关于下达补助资金的通知"
    assert bytes_to_text(text.encode("utf-16-be")).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_broken_byte_in_a_long_text_does_not_lose_it(encoding: str) -> None:
    data = (NOTICE * 20).encode(encoding)
    at = data.index(b"\n", 500)
    text = bytes_to_text(data[:at] + b"\xff\xff" + data[at:]).text
    assert text.count("\ufffd") in (1, 2)
    assert text.replace("\ufffd", "") == NOTICE * 20


def test_a_text_cut_in_the_middle_of_a_character() -> None:
    assert bytes_to_text(NOTICE.encode()[:-8]).text == NOTICE[:-6] + "\ufffd"
    assert (
        bytes_to_text(codecs.BOM_UTF16_LE + NOTICE.encode("utf-16-le")[:-1]).text[:-1]
        == (NOTICE[:-1])
    )


def test_utf8_with_a_broken_byte_is_not_read_as_gb18030() -> None:
    text = "下达补助资金塔城市额敏县乌苏市沙湾市托里县裕民县和丰县"
    assert bytes_to_text(text.encode() + b"\x93 ").text.startswith(text)


@pytest.mark.parametrize(
    ("data", "mark"),
    [
        (codecs.BOM_UTF16_LE + NOTICE.encode("utf-8"), "utf-16-le"),
        (codecs.BOM_UTF8 + NOTICE.encode("gb18030"), "utf-8"),
        (codecs.BOM_UTF16_BE + NOTICE.encode("utf-16-le"), "utf-16-be"),
    ],
)
def test_a_wrong_mark_is_named(data: bytes, mark: str) -> None:
    decoded = bytes_to_text(data)
    assert (decoded.text, decoded.wrong_mark) == (NOTICE, mark)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_chinese_that_was_saved_as_latin_is_turned_back(encoding: str) -> None:
    decoded = bytes_to_text(NOTICE.encode(encoding).decode("latin-1").encode("utf-8"))
    assert (decoded.text, decoded.was_latin) == (NOTICE, True)


def test_a_text_with_some_latin_letters_stays() -> None:
    text = "São Tomé, Österreich, señor, Français, naïve, Köln, Málaga, Übung"
    decoded = bytes_to_text(text.encode())
    assert (decoded.text, decoded.was_latin) == (text, False)


def test_other_scripts_in_utf8_are_texts() -> None:
    text = "قىزىلسۇ قىرغىز ئاپتونوم ئوبلاستى"
    assert bytes_to_text(text.encode()).text == text


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\x00\x00", codecs.BOM_UTF8 + b"\n \x0c"])
def test_nothing_but_white_space_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyDocumentError):
        bytes_to_text(data)


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 40,
        random.Random(1).randbytes(5_000),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000),
        b"{\\rtf1\\ansi\\ansicpg936 \\'d0\\'c2\\'bd\\'ae}",
        b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n=E6=96=B0",
    ],
    ids=["all bytes", "noise", "old Word file", "rich text", "web archive"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(BinaryDocumentError):
        bytes_to_text(data)
