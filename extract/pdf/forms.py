"""Drawings within drawings (form XObjects, ISO 32000-1, 8.10), counted before they are opened.

pdfium makes an object of everything that a page draws as soon as the page is opened. Thirty forms,
each of which draws the next one twice, ask it for a thousand million objects.
"""

import zlib
from collections import Counter
from collections.abc import Iterator, Mapping

import regex

from extract.pdf.limits import MOST_DRAWING_BYTES, MOST_OBJECTS
from extract.pdf.streams import FLATE, STREAM
from schemas.errors import TooLargeError

_FORM = regex.compile(rb"/Subtype\s*/Form\b")
_OBJECT = regex.compile(rb"(?<![0-9])([0-9]{1,10})\s+[0-9]{1,5}\s+obj\b")
_XOBJECTS = regex.compile(rb"/XObject\s*<<([^<>]*)>>")
_NAMED = regex.compile(rb"/([^\s/<>()\[\]]{1,127})\s+([0-9]{1,10})\s+[0-9]{1,5}\s+R\b")
_ELSEWHERE = regex.compile(rb"/(?:Resources|XObject)\s+([0-9]{1,10})\s+([0-9]{1,5})\s+R\b")
_DRAWN = regex.compile(rb"/([^\s/<>()\[\]]{1,127})\s+Do\b")
# A dictionary is rarely longer than this.
_DICTIONARY = 4_000
# pdfium follows forms into each other no deeper.
_DEEPEST = 40


def check_forms(data: bytes) -> None:
    """Raises TooLargeError for a PDF whose forms draw each other more often than a page of a notice
    draws anything.

    What a form draws by names that are packed away is not counted; the limit of memory is there
    for that.
    """
    draws = dict(_forms(data))
    total = dict.fromkeys(draws, 1)
    for _ in range(_DEEPEST if draws else 0):
        total = {
            number: 1 + sum(count * total.get(inner, 1) for inner, count in drawn.items())
            for number, drawn in draws.items()
        }
        if max(total.values()) > MOST_OBJECTS:
            most = f"{MOST_OBJECTS:,}"
            raise TooLargeError(f"drawings on its pages repeat each other more than {most} times")


def _forms(data: bytes) -> Iterator[tuple[int, Counter[int]]]:
    """The number of each form that draws others, and how often it draws each."""
    for match in _FORM.finditer(data):
        before = data[max(0, match.start() - _DICTIONARY) : match.start()]
        begun = list(_OBJECT.finditer(before))
        stream = STREAM.search(data, match.end(), match.end() + _DICTIONARY)
        if not begun or stream is None:
            continue
        head = before[begun[-1].end() :] + data[match.start() : stream.start()]
        names = _names(head, data)
        if not names:
            continue
        end = data.find(b"endstream", stream.end())
        content = data[stream.end() : end if end >= 0 else len(data)]
        drawn = _drawn(_unpacked(content) if FLATE.search(head) else content, names)
        if drawn:
            yield int(begun[-1][1]), drawn


def _names(head: bytes, data: bytes) -> dict[bytes, int]:
    """The pictures and forms that a form may draw, by name, wherever its resources stand."""
    places = [head]
    for number, generation in _ELSEWHERE.findall(head):
        mark = b"\n%s %s obj" % (number, generation)
        at = data.find(mark)
        places += [data[at : at + _DICTIONARY].partition(b"endobj")[0]] if at >= 0 else []
    return {
        name: int(number)
        for place in places
        for names in _XOBJECTS.findall(place)
        for name, number in _NAMED.findall(names)
    }


def _drawn(content: bytes, names: Mapping[bytes, int]) -> Counter[int]:
    return Counter(names[name] for name in _DRAWN.findall(content) if name in names)


def _unpacked(content: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(content, MOST_DRAWING_BYTES)
    except zlib.error:
        # Broken or encrypted: pdfium shows what it can of it.
        return b""
