"""The zip archive that an Office file is: its parts, read within limits.

An archive says in its directory how much it unpacks to, and may lie; so the limits are checked
there first and again while reading.
"""

import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

from extract.office.limits import (
    LEAST_SUSPECT,
    MOST_PARTS,
    MOST_RATIO,
    MOST_TAGS,
    MOST_TREE_BYTES,
    MOST_TREE_TAGS,
    MOST_UNPACKED,
)
from schemas.errors import DamagedError, TooLargeError, UnreadableError

# Files saved as "strict" say the same things in other namespaces.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main",
     b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/drawingml/main",
     b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math",
     b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)  # fmt: skip
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CHUNK = 1 << 20
_ENCRYPTED_FLAG = 1
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError)


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part says of another: the kind's last word (worksheet), and the part's name."""

    id: str
    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Package:
    """An opened archive. `names` are those of its parts, as written."""

    archive: zipfile.ZipFile = field(repr=False)
    names: frozenset[str]


def bytes_to_package(data: bytes) -> Package:
    """Open an archive. Raises DamagedError and TooLargeError."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        entries = archive.infolist()
    except _FAULTS as error:
        raise DamagedError("the archive that the file should be is broken or cut off") from error
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise TooLargeError(f"the file unpacks to {unpacked:,} bytes in {len(entries):,} parts")
    if unpacked > LEAST_SUSPECT and unpacked > MOST_RATIO * len(data):
        raise TooLargeError(f"the file of {len(data):,} bytes unpacks to {unpacked:,}")
    return Package(archive, frozenset(entry.filename for entry in entries))


def read_part(package: Package, name: str, most: int = MOST_TREE_BYTES) -> bytes:
    """The bytes of a part, no more than `most`. Raises DamagedError and TooLargeError."""
    try:
        entry = package.archive.getinfo(name)
    except KeyError as error:
        raise DamagedError(f"the file has no part {name}") from error
    if entry.file_size > most:
        raise TooLargeError(f"{name} unpacks to {entry.file_size:,} bytes")
    if entry.flag_bits & _ENCRYPTED_FLAG:
        raise DamagedError(f"{name} is encrypted in a way that no Office program uses")
    chunks: list[bytes] = []
    size = 0
    try:
        with package.archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise TooLargeError(f"{name} unpacks to more than {most:,} bytes")
                chunks.append(chunk)
    except _FAULTS as error:
        raise DamagedError(f"{name} is broken or cut off") from error
    data = b"".join(chunks)
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    return data


def read_tree(package: Package, name: str) -> etree._Element:
    """A part as a tree of elements. Raises DamagedError and TooLargeError."""
    data = read_part(package, name)
    refuse_bombs(data, name, MOST_TREE_TAGS)
    try:
        return etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        raise xml_fault(error, name) from error


def xml_fault(error: etree.XMLSyntaxError, name: str) -> UnreadableError:
    """What to raise for a part that the parser refuses: it has limits of its own."""
    if "XML_PARSE_HUGE" in (error.msg or ""):
        return TooLargeError(f"{name} has a text or a nesting beyond all measure")
    return DamagedError(f"{name} is no well-formed XML: {error.msg}")


def refuse_bombs(data: bytes, name: str, most: int = MOST_TAGS) -> None:
    """Raise where a part would grow when parsed: DamagedError where it declares entities, which no
    Office program writes, TooLargeError where it has more tags than any real part."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise DamagedError(f"{name} declares entities of its own")
    if (tags := data.count(b"<")) > most:
        raise TooLargeError(f"{name} has {tags:,} tags")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def relations(package: Package, part: str) -> tuple[Relation, ...]:
    """What a part refers to within the archive; `part` "" stands for the archive itself."""
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{name}.rels")
    if source not in package.names:
        return ()
    found: list[Relation] = []
    for element in read_tree(package, source).iter(_RELATIONS):
        if element.get("TargetMode", "") == "External":
            continue
        target = element.get("Target", "")
        inside = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        kind = element.get("Type", "").rpartition("/")[2]
        found.append(Relation(element.get("Id", ""), kind, posixpath.normpath(inside)))
    return tuple(found)


def main_part(package: Package) -> str:
    """The part that holds the document itself: mostly `word/document.xml` or `xl/workbook.xml`."""
    for relation in relations(package, ""):
        if relation.kind == "officeDocument" and relation.target in package.names:
            return relation.target
    for usual in ("word/document.xml", "xl/workbook.xml"):
        if usual in package.names:
            return usual
    raise DamagedError("the file does not say which of its parts is the document")
