"""What the sheets of a workbook share: their names, their texts, their number formats."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import regex
from lxml import etree

from extract.limits import MOST_CHARACTERS
from extract.lines import clean
from extract.markup import raised
from extract.office.limits import MOST_SHEETS, MOST_STREAM_BYTES, MOST_STRINGS
from extract.office.numbers import GENERAL, builtin_codes
from extract.office.package import (
    Package,
    main_part,
    read_part,
    read_tree,
    refuse_bombs,
    relations,
    xml_fault,
)
from schemas.errors import NoPagesError, TooLargeError

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Signs that XML cannot hold are written _x000D_, and such a writing itself _x005F_x000D_.
_ESCAPED = regex.compile(r"_x(?P<code>[0-9A-Fa-f]{4})_")
_YES = frozenset({"1", "true", "on"})


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook names it; `number` counts from 1, hidden ones too. `part` is "" where
    the sheet holds no cells (a chart)."""

    number: int
    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """What all sheets share. `codes` are number formats by the style of a cell."""

    sheets: tuple[SheetEntry, ...]
    strings: tuple[str, ...] = field(repr=False)
    codes: tuple[str, ...] = field(repr=False)
    since_1904: bool

    def code(self, style: str | None) -> str:
        """The number format of a style as a cell names it."""
        index = int(style) if style and style.isdecimal() else 0
        return self.codes[index] if index < len(self.codes) else GENERAL


def package_to_workbook(package: Package) -> Workbook:
    """Read what the sheets share. Raises DamagedError, NoPagesError and TooLargeError."""
    part = main_part(package)
    root = read_tree(package, part)
    related = relations(package, part)
    kinds = {relation.id: relation for relation in related}
    sheets: list[SheetEntry] = []
    for number, element in enumerate(root.iter(f"{SHEET}sheet"), 1):
        relation = kinds.get(element.get(_ID, ""))
        target = relation.target if relation and relation.kind == "worksheet" else ""
        hidden = element.get("state", "visible") != "visible"
        sheets.append(SheetEntry(number, element.get("name", ""), target, hidden))
    if not sheets:
        raise NoPagesError("the workbook has no sheet")
    if len(sheets) > MOST_SHEETS:
        raise TooLargeError(f"the workbook has {len(sheets):,} sheets")
    found = {relation.kind: relation.target for relation in related}
    properties = next(root.iter(f"{SHEET}workbookPr"), None)
    since_1904 = properties is not None and is_on(properties.get("date1904"))
    strings = _strings(package, found.get("sharedStrings", ""))
    codes = _codes(package, found.get("styles", ""))
    return Workbook(tuple(sheets), strings, codes, since_1904)


def is_on(attribute: str | None) -> bool:
    """Whether an attribute says yes.

    >>> is_on("1"), is_on("false"), is_on(None)
    (True, False, False)
    """
    return attribute in _YES


def stream(data: bytes, name: str, *tags: str) -> Iterator[etree._Element]:
    """The elements of some tags as they end, one after another; the caller clears them."""
    refuse_bombs(data, name)
    try:
        for _, element in etree.iterparse(
            BytesIO(data),
            tag=tags,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        ):
            yield element
    except etree.XMLSyntaxError as error:
        raise xml_fault(error, name) from error


def let_go(element: etree._Element) -> None:
    """Free what a stream has passed: the element's content, and the siblings before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def rich_text(element: etree._Element) -> str:
    """The text of a string: its runs without their readings aloud; raised digits stay small."""
    parts: list[str] = []
    for child in element:
        if child.tag == f"{SHEET}t":
            parts.append(child.text or "")
        elif child.tag == f"{SHEET}r":
            text = "".join(t.text or "" for t in child.iterfind(f"{SHEET}t"))
            align = child.find(f"{SHEET}rPr/{SHEET}vertAlign")
            place = align.get("val", "") if align is not None else ""
            tag = {"superscript": "sup", "subscript": "sub"}.get(place)
            parts.append(raised(text, tag) if tag else text)
    return plain_text("".join(parts))


def plain_text(text: str) -> str:
    """A stored text as it prints; its lines stay apart.

    >>> plain_text("缴费补助_x000D_\\n资金 ")
    '缴费补助\\n资金'
    """
    text = _ESCAPED.sub(lambda match: chr(int(match["code"], 16)), text)
    lines = (clean(line).strip() for line in text.replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def _strings(package: Package, part: str) -> tuple[str, ...]:
    if part not in package.names:
        return ()
    strings: list[str] = []
    length = 0
    for element in stream(read_part(package, part, MOST_STREAM_BYTES), part, f"{SHEET}si"):
        text = rich_text(element)
        length += len(text)
        strings.append(text)
        let_go(element)
        if len(strings) > MOST_STRINGS or length > MOST_CHARACTERS:
            raise TooLargeError(f"the texts of the workbook have {length:,} characters and more")
    return tuple(strings)


def _codes(package: Package, part: str) -> tuple[str, ...]:
    if part not in package.names:
        return ()
    root = read_tree(package, part)
    codes = dict(builtin_codes())
    for element in root.iterfind(f"{SHEET}numFmts/{SHEET}numFmt"):
        number = element.get("numFmtId", "")
        if number.isdecimal():
            codes[int(number)] = element.get("formatCode", GENERAL)
    formats = root.iterfind(f"{SHEET}cellXfs/{SHEET}xf")
    numbers = (element.get("numFmtId", "0") for element in formats)
    return tuple(codes.get(int(n) if n.isdecimal() else 0, GENERAL) for n in numbers)
