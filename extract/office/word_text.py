"""What a paragraph of a Word file prints: its runs with all changes accepted.

Inserted text is read and deleted text left out; hidden text, field codes, comments and the marks of
footnotes do not print. Text boxes and pictures stand in a run but print elsewhere: they are handed
on.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files

from lxml import etree

from extract.markup import raised
from extract.office.insets import Inset, drawing_to_insets
from extract.office.word_numbering import WORD, w

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
TEXT_BOX = f"{WORD}txbxContent"
# Elements that only hold what prints.
HOLDERS = frozenset(
    f"{WORD}{name}"
    for name in (
        "ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdt", "sdtContent", "fldSimple",
        "dir", "bdo", "rubyBase", "ruby",
    )
)  # fmt: skip
DELETED = frozenset({f"{WORD}del", f"{WORD}moveFrom"})
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_BREAKS = {f"{WORD}{name}": sign for name, sign in _SIGNS.items()}
_OFF = frozenset({"0", "false", "off"})


Floating = etree._Element | Inset
"""The content of a text box, or a picture."""


class Oddity(StrEnum):
    """What a document may hold beside what it prints as text."""

    DELETED = "deleted"
    INSERTED = "inserted"
    HIDDEN = "hidden"
    PICTURE = "picture"
    OBJECT = "object"
    FOREIGN_PART = "foreign_part"


@dataclass(slots=True)
class Seen:
    """What was met on the way, to be told at the end: counts, and the first text of each kind."""

    count: Counter[Oddity] = field(default_factory=Counter)
    first: dict[Oddity, str] = field(default_factory=dict)

    def note(self, oddity: Oddity, text: str = "") -> None:
        """Count one more."""
        self.count[oddity] += 1
        self.first.setdefault(oddity, text)


@dataclass(frozen=True, slots=True)
class Printed:
    """The text of a paragraph, its line breaks as newlines, and the text boxes and large pictures
    anchored in it."""

    text: str
    floating: tuple[Floating, ...]


def paragraph_to_text(paragraph: etree._Element, seen: Seen) -> Printed:
    """What a paragraph prints."""
    floating: list[Floating] = []
    text = "".join(_inline(paragraph, floating, seen))
    return Printed(text, tuple(floating))


def alternatives(element: etree._Element) -> Iterator[etree._Element]:
    """The children of one of the alternatives that a file offers: its first choice."""
    chosen = element.find(f"{_COMPATIBILITY}Choice")
    if chosen is None:
        chosen = element.find(f"{_COMPATIBILITY}Fallback")
    if chosen is not None:
        yield from chosen


def is_alternative(element: etree._Element) -> bool:
    """Whether an element offers alternatives."""
    return bool(element.tag == f"{_COMPATIBILITY}AlternateContent")


def deleted_text(element: etree._Element) -> str:
    """The text that was deleted."""
    return "".join(t.text or "" for t in element.iter(f"{WORD}delText", f"{WORD}t"))


def _inline(parent: etree._Element, floating: list[Floating], seen: Seen) -> Iterator[str]:
    for child in parent:
        tag = child.tag
        if tag == f"{WORD}r":
            yield _run(child, floating, seen)
        elif tag in HOLDERS:
            if tag == f"{WORD}ins" and len(child):
                seen.note(Oddity.INSERTED)
            yield from _inline(child, floating, seen)
        elif tag in DELETED:
            text = deleted_text(child)
            if text:
                seen.note(Oddity.DELETED, text)
        elif is_alternative(child):
            for inner in alternatives(child):
                yield from _inline(inner, floating, seen)
        elif tag in (f"{MATH}oMath", f"{MATH}oMathPara"):
            yield _math(child)


def _run(run: etree._Element, floating: list[Floating], seen: Seen) -> str:
    properties = run.find(f"{WORD}rPr")
    text = "".join(_run_parts(run, floating, seen))
    if properties is None:
        return text
    if is_on(properties.find(f"{WORD}vanish")):
        if text.strip():
            seen.note(Oddity.HIDDEN, text)
        return ""
    place = w(properties.find(f"{WORD}vertAlign"), "val")
    small = {"superscript": "sup", "subscript": "sub"}.get(place)
    return raised(text, small) if small else text


def _run_parts(run: etree._Element, floating: list[Floating], seen: Seen) -> Iterator[str]:
    for child in run:
        tag = child.tag
        if tag in (f"{WORD}t", f"{MATH}t"):
            yield child.text or ""
        elif tag in _BREAKS:
            yield _BREAKS[tag]
        elif tag == f"{WORD}sym":
            yield _symbol(child)
        elif tag == f"{WORD}ruby":
            yield from _inline(child, floating, seen)
        elif is_alternative(child):
            yield from _either(child, floating, seen)
        elif tag in (f"{WORD}drawing", f"{WORD}pict", f"{WORD}object"):
            _floating(child, floating, seen)


def _either(offer: etree._Element, floating: list[Floating], seen: Seen) -> Iterator[str]:
    """The first of the alternatives within a run that prints something known here: an emblem may
    be offered as a sign that only the newest programs know, and else as a letter."""
    for choice in offer:
        met = len(floating)
        text = "".join(_run_parts(choice, floating, seen))
        if text or len(floating) > met:
            yield text
            return


def _floating(element: etree._Element, floating: list[Floating], seen: Seen) -> None:
    """Text boxes, pictures and embedded objects of a drawing."""
    floating.extend(box for box in element.iter(TEXT_BOX) if not _is_inside_box(box, element))
    if element.tag == f"{WORD}object":
        kind = next((o.get("ProgID", "") for o in element.iter(f"{_OFFICE}OLEObject")), "")
        seen.note(Oddity.OBJECT, kind)
    else:
        floating.extend(drawing_to_insets(element))


def _is_inside_box(box: etree._Element, within: etree._Element) -> bool:
    parent = box.getparent()
    while parent is not None and parent is not within:
        if parent.tag == TEXT_BOX:
            return True
        parent = parent.getparent()
    return False


def _symbol(element: etree._Element) -> str:
    """A sign out of a font of its own, such as ≥ or the box of a form; else unreadable."""
    place = w(element, "font"), w(element, "char").upper()
    return _symbols().get(place, "\N{REPLACEMENT CHARACTER}")


@cache
def _symbols() -> dict[tuple[str, str], str]:
    with files("extract.office").joinpath("data/symbols.csv").open(encoding="utf-8") as lines:
        return {(row["font"], row["char"]): row["sign"] for row in csv.DictReader(lines)}


def _math(element: etree._Element) -> str:
    """A formula on one line: a fraction with a stroke, raised parts small."""
    parts: list[str] = []
    for child in element:
        if child.tag == f"{MATH}t":
            parts.append(child.text or "")
        elif child.tag == f"{MATH}den":
            parts.append("/" + _math(child))
        elif child.tag in (f"{MATH}sup", f"{MATH}sub"):
            parts.append(raised(_math(child), "sup" if child.tag == f"{MATH}sup" else "sub"))
        elif child.tag not in DELETED:
            parts.append(_math(child))
    return "".join(parts)


def is_on(element: etree._Element | None) -> bool:
    """Whether a property is there and not switched off."""
    return element is not None and w(element, "val", "1") not in _OFF
