"""Bytes to an opened package: a password is taken off first where there is one."""

import struct
from contextlib import suppress
from io import BytesIO
from xml.parsers.expat import ExpatError

import msoffcrypto
import regex
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError
from msoffcrypto.format.base import BaseOfficeFile

from extract.foreign import Foreign, bytes_to_foreign
from extract.office.package import Package, bytes_to_package
from schemas.errors import DamagedError, EncryptedError, UnsupportedMediaError
from schemas.source import Document

_FAULTS = (
    ParseError,
    FileFormatError,
    ExpatError,
    struct.error,
    OSError,
    ValueError,
    LookupError,
    ArithmeticError,
    TypeError,
    AttributeError,
    AssertionError,
)
# How often a password is hashed before it is tried: 100,000 times in files of today.
_TURNS = regex.compile(rb'spinCount="([0-9]+)"')
_MOST_TURNS = 10_000_000
# With this password Excel encrypts what is only protected against changes, and opens it unasked
# ([MS-OFFCRYPTO], 2.4.2.3).
_EXCELS_OWN = "VelvetSweatshop"


def document_to_package(document: Document, password: str | None) -> Package:
    """Open a docx or xlsx. Raises DamagedError, EncryptedError, TooLargeError, and
    UnsupportedMediaError for a zip archive that is no Office file."""
    data = unlocked(document, password)
    if not data.startswith(b"PK"):
        raise DamagedError("the file is no zip archive, as every Office file of this kind is")
    package = bytes_to_package(data)
    if not any(name.startswith(("word/", "xl/")) for name in package.names):
        raise UnsupportedMediaError("the zip archive holds no Word or Excel document")
    return package


def unlocked(document: Document, password: str | None) -> bytes:
    """The bytes of a file without its password: those of the file where it has none.

    Raises EncryptedError where the password is missing or wrong, DamagedError where what says how
    it is locked is broken.
    """
    foreign = bytes_to_foreign(document.data, document.source)
    if foreign not in (Foreign.LOCKED, Foreign.DOC, Foreign.XLS):
        return document.data
    turns = _TURNS.search(document.data) if foreign is Foreign.LOCKED else None
    if turns and (len(turns[1]) > 9 or int(turns[1]) > _MOST_TURNS):
        raise DamagedError("the password would have to be hashed more often than any program asks")
    try:
        file = msoffcrypto.OfficeFile(BytesIO(document.data))
        if not file.is_encrypted():
            return document.data
        data = None
        # What is broken fails again with the password that was given.
        with suppress(*_FAULTS):
            data = _decrypted(file, _EXCELS_OWN, foreign)
        if data is None and password:
            data = _decrypted(file, password, foreign)
    except _FAULTS as error:
        # An old file that this library cannot follow is left to the converter.
        if foreign is not Foreign.LOCKED:
            return document.data
        raise DamagedError("what says how the file is locked is broken") from error
    if data is None:
        given = "the password does not open the file"
        raise EncryptedError(given if password else "the file opens only with a password")
    return data


def _decrypted(file: BaseOfficeFile, password: str, foreign: Foreign) -> bytes | None:
    """The bytes of a file without its password, None where it is another."""
    opened = BytesIO()
    try:
        file.load_key(password=password)
        file.decrypt(opened)
    except (InvalidKeyError, DecryptionError):
        return None
    data = opened.getvalue()
    return data if foreign is not Foreign.LOCKED or data.startswith(b"PK") else None
