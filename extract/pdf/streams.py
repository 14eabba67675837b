"""Compressed streams checked before they are opened: how large they grow, whether they are whole.

pdfium lets a stream grow to a gigabyte, and turns every stroke in it into an object of its own.
"""

import zlib
from collections.abc import Iterator

import numpy as np
import regex

from extract.pdf.limits import MOST_DRAWING_BYTES, MOST_PIXELS, MOST_STREAM_BYTES
from schemas.errors import TooLargeError
from schemas.findings import Cause, Finding, Severity

# A dictionary is rarely longer than this; only its end is looked at.
_DICTIONARY = 2_000
STREAM = regex.compile(rb"(?<!end)stream\r?\n")
"""Where the bytes of a stream begin."""

FLATE = regex.compile(rb"/(?:FlateDecode|Fl)\b")
"""Says in its dictionary that it is packed, once for each time."""

_ARMOUR = regex.compile(rb"/(?:ASCII85Decode|A85)\b")
_WHITE = b"\0\t\n\f\r "
_ZERO = np.uint8(ord("!"))
_PLACES = 85 ** np.arange(4, -1, -1, dtype=np.uint64)
# What says that a stream is data, which may grow further than a drawing: pictures, fonts, packed
# objects, colour tables.
_DATA = regex.compile(
    rb"/Subtype\s*/Image|/Length1\b|/FontFile|/Type1C|/CIDFontType0C|/OpenType"
    rb"|/Type\s*/(?:ObjStm|XRef|Metadata|EmbeddedFile)|/FunctionType|/N\s+[134]\b"
)
# Deflate makes at most 1,032 bytes of one (zlib's own technical note).
_MOST_GROWTH = 1_032
# The first marks of a JPEG 2000 picture, then its width and height; they stand near its beginning.
_CODESTREAM = regex.compile(rb"\xff\x4f\xff\x51.{4}(.{4})(.{4})", regex.DOTALL)
_CODESTREAM_WITHIN = 4_000
_CHUNK = 1 << 20
# The end mark stands within so many last bytes: some programs write on behind it.
_TAIL = 4_096


def check_streams(data: bytes) -> None:
    """Raises TooLargeError for a PDF with a stream that grows too large.

    Only streams that could grow too large are opened, piece by piece.
    """
    for head, start, end in _streams(data):
        _check_pixels(head, data[start : start + _CODESTREAM_WITHIN])
        flates = len(FLATE.findall(head))
        if not flates:
            continue
        most = MOST_STREAM_BYTES if _DATA.search(head) else MOST_DRAWING_BYTES
        if flates > 1 or (end - start) * _MOST_GROWTH > most:
            packed = memoryview(data)[start:end]
            if _ARMOUR.search(head):
                packed = memoryview(_without_armour(bytes(packed)))
            _check_size(packed, flates, most)


def _check_pixels(head: bytes, start: bytes) -> None:
    """Raises TooLargeError where a JPEG 2000 picture says itself that it is too large, whatever its
    dictionary says (ISO 15444-1, A.5.1)."""
    size = _CODESTREAM.search(start) if b"/JPXDecode" in head else None
    if size is not None:
        pixels = int.from_bytes(size[1]) * int.from_bytes(size[2])
        if pixels > MOST_PIXELS:
            raise TooLargeError(f"a picture in it has {pixels:,} pixels, more than {MOST_PIXELS:,}")


def end_findings(data: bytes) -> tuple[Finding, ...]:
    """What must be said of a PDF that was cut off; () where its end is there.

    >>> end_findings(b"%PDF-1.7 ... startxref 9 %%EOF"), end_findings(b"%PDF-1.7 ...")[0].rule
    ((), 'damaged-file')
    """
    if b"%%EOF" in data[-_TAIL:]:
        return ()
    message = "The end of the file is missing: pages may be lost. Fetch it again from the archive."
    return (Finding("damaged-file", Severity.ERROR, message, Cause.SOURCE),)


def _streams(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The dictionary, start and end of every stream."""
    before = 0
    for match in STREAM.finditer(data):
        if match.start() < before:
            continue
        head = data[max(before, match.start() - _DICTIONARY) : match.start()]
        begins = head.rfind(b" obj")
        end = data.find(b"endstream", match.end())
        end = len(data) if end < 0 else end
        yield head[max(begins, 0) :], match.end(), end
        before = end


def _without_armour(written: bytes) -> bytes:
    """Bytes that were written as printable characters, five for four (ISO 32000-1, 7.4.3).

    >>> import base64
    >>> _without_armour(base64.a85encode(bytes(8) + b"120.5") + b"~>")
    b'\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00120.5'
    """
    characters = written.partition(b"~>")[0].translate(None, _WHITE).replace(b"z", b"!!!!!")
    missing = -len(characters) % 5
    digits = np.frombuffer(characters + b"u" * missing, np.uint8).reshape(-1, 5) - _ZERO
    made: bytes = (digits * _PLACES).sum(axis=1).astype(">u4").tobytes()
    return made[: len(made) - missing]


def _check_size(packed: memoryview, flates: int, most: int) -> None:
    """Raises TooLargeError where data grows beyond `most` bytes in any of its layers."""
    openers = [zlib.decompressobj() for _ in range(flates)]
    sizes = [0] * flates
    for at in range(0, len(packed), _CHUNK):
        _feed(bytes(packed[at : at + _CHUNK]), openers, sizes, most)


def _feed(data: bytes, openers: list["zlib._Decompress"], sizes: list[int], most: int) -> None:
    if not openers:
        return
    opener, *inner = openers
    size, *_ = sizes
    while data and not opener.eof:
        try:
            grown = opener.decompress(data, _CHUNK)
        except zlib.error:
            # Broken, or not packed at all: pdfium shows what it can, up to here.
            return
        size += len(grown)
        sizes[0] = size
        if size > most:
            raise TooLargeError(f"a part of the PDF grows to more than {most:,} bytes")
        rest = sizes[1:]
        _feed(grown, inner, rest, most)
        sizes[1:] = rest
        data = opener.unconsumed_tail
