"""Bytes to text: which encoding a file is in.

Statistical detectors take short GBK texts for Korean, so the order is fixed: a byte-order mark,
strict UTF-8, UTF-16 that shows itself by its zero bytes, then GB18030 and Big5 by how plain the
text comes out.
"""

import codecs
from dataclasses import dataclass

import regex

from schemas.errors import BinaryDocumentError, EmptyDocumentError

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 20_000
_LEAST_PLAIN = 0.9
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_PLAIN = regex.compile(r"[\x20-\x7e\s　-〿\p{Han}＀-￯‐-⁯℀-⅏①-⓿■-◿×÷±°·]")
# Characters of these blocks fill a text when Big5 is read as GBK or the other way round.
_RARE = regex.compile(r"[\p{Co}\p{Cn}぀-ヿ㄀-ㄯА-я─-╿㐀-䶿]")


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A decoded text. `wrong_mark` names the encoding that a byte-order mark wrongly claimed."""

    text: str
    encoding: str
    wrong_mark: str = ""


def bytes_to_text(data: bytes) -> DecodedText:
    """Decode a text file of unknown encoding.

    Raises EmptyDocumentError for a file without characters and BinaryDocumentError where no
    encoding gives a text.

    >>> bytes_to_text("塔城地区财政局".encode("gb18030")).encoding
    'gb18030'
    >>> bytes_to_text("新疆維吾爾自治區財政廳關於下達".encode("big5")).encoding
    'big5'
    """
    if not data.strip(b"\x00 \t\r\n\x0c"):
        raise EmptyDocumentError("the file holds no text")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _decode(data[len(mark) :], encoding)
            if text is not None and _is_text(text):
                return _not_empty(DecodedText(text, encoding))
            return _guess(data[len(mark) :], wrong_mark=encoding)
    return _guess(data, wrong_mark="")


def _guess(data: bytes, wrong_mark: str) -> DecodedText:
    encodings = ("utf-8", _utf16_by_zeros(data), _chinese_by_plainness(data))
    for encoding in filter(None, encodings):
        text = _decode(data, encoding)
        if text is not None and _is_text(text):
            return _not_empty(DecodedText(text, encoding, wrong_mark))
    # A few broken bytes in a long text must not lose the text: U+FFFD marks where they stood.
    text = data.decode("utf-8", errors="replace")
    if text.count("�") * 50 < len(text) and _is_text(text):
        return _not_empty(DecodedText(text, "utf-8", wrong_mark))
    raise BinaryDocumentError("the bytes are no text in UTF-8, UTF-16, GB18030 or Big5")


def _not_empty(decoded: DecodedText) -> DecodedText:
    if not decoded.text.strip("﻿\u200b \t\r\n\x0c"):
        raise EmptyDocumentError("the file holds no text")
    return decoded


def _decode(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _utf16_by_zeros(data: bytes) -> str | None:
    """UTF-16 without a mark: the ASCII characters of a text put zeros on one side only."""
    sample = data[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if even == odd or max(even, odd) < 2 or min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _chinese_by_plainness(data: bytes) -> str | None:
    """GB18030 or Big5, whichever gives more common characters; None where neither decodes."""
    scores = {
        encoding: _plainness(text)
        for encoding in ("gb18030", "big5")
        if (text := _decode(data, encoding)) is not None
    }
    return max(scores, key=lambda encoding: scores[encoding], default=None)


def _plainness(text: str) -> float:
    """Share of characters that notices are made of; rare ones and the rarer half of Han count less.

    Level-1 characters of GB 2312, the 3755 most used, fill most of any simplified text; read as
    GBK, Big5 text falls outside them, and traditional text read as Big5 stays in its own level 1.
    """
    sample = text[:_SAMPLE]
    han = [c for c in sample if "一" <= c <= "鿿"]
    common = sum(_is_common(c) for c in han)
    rare = len(_RARE.findall(sample))
    return (common - len(han) / 2 - 2 * rare) / (len(sample) or 1)


def _is_common(char: str) -> bool:
    """Whether a character is in level 1 of GB 2312 (rows 16 to 55) or of Big5 (A4 to C6)."""
    for encoding, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        code = char.encode(encoding, errors="ignore")
        if code and first <= code[0] <= last:
            return True
    return False


def _is_text(text: str) -> bool:
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) * 100 > len(sample):
        return False
    return len(_PLAIN.findall(sample)) >= _LEAST_PLAIN * len(sample)
