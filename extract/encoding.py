"""Bytes to text: which encoding a file is in.

Statistical detectors take short GBK texts for Korean, so the order is fixed: a byte-order mark,
UTF-8, UTF-16 that shows itself by its zero bytes, then GB18030, Big5 and UTF-16 by how plain the
text comes out. A few broken bytes never lose a text: U+FFFD stands where they stood.
"""

import codecs
from dataclasses import dataclass

import regex

from schemas.errors import BinaryDocumentError, EmptyDocumentError

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Formats whose bytes are ASCII but whose text is hidden in codes: read as text they are nonsense.
_CODED: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "rich text (RTF)"),
    (b"MIME-Version:", "a web archive (MHTML)"),
    (b"From: <Saved by", "a web archive (MHTML)"),
)
_SAMPLE = 20_000
_LEAST_PLAIN = 0.9
_LEAST_COMMON = 0.6
# Of the characters beyond ASCII one in so many may be broken.
_MOST_BROKEN = 20
_CONTROL = regex.compile(r"[\x00-\x06\x08\x0e-\x1f\x7f]")
_PLAIN = regex.compile(r"[\x20-\x7e\s　-〿\p{Han}＀-￯‐-⁯℀-⅏①-⓿■-◿×÷±°·\ufffd]")
# Characters of these blocks fill a text when Big5 is read as GBK or the other way round.
_RARE = regex.compile(r"[\p{Co}\p{Cn}\p{Hangul}぀-ヿ㄀-ㄯА-я─-╿㐀-䶿]")
_HAN = regex.compile(r"[一-鿿]")
_LATIN = regex.compile(r"[\x80-ÿŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]")


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A decoded text. `wrong_mark` names the encoding that a byte-order mark wrongly claimed;
    `was_latin` says that the file held Chinese that some program had taken for Windows-1252."""

    text: str
    encoding: str
    wrong_mark: str = ""
    was_latin: bool = False


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
    for start, name in _CODED:
        if data.startswith(start):
            raise BinaryDocumentError(f"the file is {name}, not plain text")
    decoded = _by_mark(data) or _guess(data)
    if decoded is None:
        raise BinaryDocumentError("the bytes are no text in UTF-8, UTF-16, GB18030 or Big5")
    if not decoded.text.strip("\ufeff\u200b \t\r\n\x0c"):
        raise EmptyDocumentError("the file holds no text")
    return decoded


def _by_mark(data: bytes) -> DecodedText | None:
    for mark, encoding in _MARKS:
        if not data.startswith(mark):
            continue
        text = _decode(data[len(mark) :], encoding)
        if text is not None and _is_text(text):
            return _without_latin(DecodedText(text, encoding))
        guessed = _guess(data[len(mark) :])
        return guessed and DecodedText(guessed.text, guessed.encoding, encoding, guessed.was_latin)
    return None


def _guess(data: bytes) -> DecodedText | None:
    text = _decode(data, "utf-8")
    # That bytes are UTF-8 is no accident, whatever script they are in.
    if text is not None and _is_controlled(text):
        return _without_latin(DecodedText(text, "utf-8"))
    wide = _utf16_by_zeros(data)
    text = _decode(data, wide) if wide else None
    if wide and text is not None and _is_text(text):
        return DecodedText(text, wide)
    return _plainest_chinese(data)


def _decode(data: bytes, encoding: str) -> str | None:
    """The text with U+FFFD for broken bytes, or None where they are more than a few."""
    text = data.decode(encoding, errors="replace")
    broken = text.count("\ufffd")
    if broken and broken * _MOST_BROKEN > len(text) - len(text.encode("ascii", errors="ignore")):
        return None
    return text


def _utf16_by_zeros(data: bytes) -> str | None:
    """UTF-16 without a mark: the ASCII characters of a text put zeros on one side only."""
    sample = data[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if even == odd or max(even, odd) < 2 or min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _plainest_chinese(data: bytes) -> DecodedText | None:
    """Of the encodings in which the bytes are a text the one with most common characters.

    A reading without broken bytes goes before every one that has some.
    """
    best: tuple[bool, float] | None = None
    chosen: DecodedText | None = None
    for encoding in ("gb18030", "big5", "utf-16-le", "utf-16-be"):
        text = _decode(data, encoding)
        if text is None or not _is_text(text) or _share_of_common(text) < _LEAST_COMMON:
            continue
        score = ("\ufffd" not in text, _plainness(text))
        if best is None or score > best:
            best, chosen = score, DecodedText(text, encoding)
    return chosen


def _without_latin(decoded: DecodedText) -> DecodedText:
    """Undo what a program did that took Chinese bytes for Windows-1252 and saved the result.

    `ÐÂ½®Î¬Îá¶û` is 新疆维吾尔 again. Left alone where the text has Chinese of its own.
    """
    sample = decoded.text[:_SAMPLE]
    latin = len(_LATIN.findall(sample))
    if latin < 8 or _HAN.search(sample) or latin * 5 < len(sample):
        return decoded
    data = b"".join(
        char.encode("latin-1" if ord(char) < 256 else "cp1252", errors="replace")
        for char in decoded.text
    )
    undone = _decode(data, "utf-8")
    found = DecodedText(undone, "utf-8") if undone is not None else _plainest_chinese(data)
    if found is None or not _is_text(found.text) or not _HAN.search(found.text):
        return decoded
    return DecodedText(found.text, found.encoding, was_latin=True)


def _plainness(text: str) -> float:
    """Share of characters that notices are made of; rare ones and the rarer half of Han count less.

    Level-1 characters of GB 2312, the 3755 most used, fill most of any simplified text; read as
    GBK, Big5 text falls outside them, and traditional text read as Big5 stays in its own level 1.
    """
    sample = text[:_SAMPLE]
    han = _HAN.findall(sample)
    common = sum(map(_is_common, han))
    rare = len(_RARE.findall(sample))
    return (common - len(han) / 2 - 2 * rare) / (len(sample) or 1)


def _share_of_common(text: str) -> float:
    """Share of the common ones among the Chinese characters: above 0.9 in any notice, but below
    0.5 in the signs that a wrong encoding makes of it. 1 where there are none."""
    han = _HAN.findall(text[:_SAMPLE])
    return sum(map(_is_common, han)) / len(han) if han else 1.0


def _is_common(char: str) -> bool:
    """Whether a character is in level 1 of GB 2312 (rows 16 to 55) or of Big5 (A4 to C6)."""
    for encoding, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        code = char.encode(encoding, errors="ignore")
        if code and first <= code[0] <= last:
            return True
    return False


def _is_controlled(text: str) -> bool:
    sample = text[:_SAMPLE]
    return len(_CONTROL.findall(sample)) * 100 <= len(sample)


def _is_text(text: str) -> bool:
    sample = text[:_SAMPLE]
    return _is_controlled(sample) and len(_PLAIN.findall(sample)) >= _LEAST_PLAIN * len(sample)
