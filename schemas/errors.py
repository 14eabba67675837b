"""Errors that a person can act on. Each owns its exit status and its remedy."""

from typing import ClassVar


class XiadaError(Exception):
    """Base of all errors of the project: `str(error)` says what, `remedy` what to do about it."""

    exit_status: ClassVar[int] = 2
    remedy: ClassVar[str] = ""

    @property
    def told(self) -> str:
        """What happened and what to do, as sentences."""
        return f"{str(self).rstrip('.')}. {self.remedy}".rstrip()


class UnreadableError(XiadaError):
    """A document that cannot be read. It is rejected with a finding; others are not harmed.

    `rule` is the short name under which the finding is published.
    """

    exit_status = 3
    rule: ClassVar[str] = "unreadable"


class EmptyDocumentError(UnreadableError):
    """A file without any character that prints."""

    rule = "empty-document"
    remedy = "Fetch the file again from the archive; if it is empty there too, remove it."


class BinaryDocumentError(UnreadableError):
    """Bytes that are no text in any encoding that notices use, and no format that is read."""

    rule = "binary-document"
    remedy = (
        "Give a text, Markdown or HTML file in UTF-8, UTF-16, GB18030 or Big5; "
        "convert other formats first, and unpack an archive and give the files in it."
    )


class TooLargeError(UnreadableError):
    """A file, or a part of one, far larger than any notice needs."""

    rule = "too-large"
    remedy = (
        "Split the file into its notices, or save its pages smaller; "
        "the text of a notice is rarely larger than 1 MB, a page than A3."
    )


class UnsupportedMediaError(UnreadableError):
    """A format that is known but not read."""

    rule = "unsupported-media"
    remedy = "Convert it to PDF, docx, xlsx or text first, for example with LibreOffice."


class EncryptedError(UnreadableError):
    """A file that opens only with a password that was not given, or not the right one."""

    rule = "encrypted"
    remedy = "Give the password with --password."


class DamagedError(UnreadableError):
    """A file whose format is known but whose bytes are truncated or broken."""

    rule = "damaged-file"
    remedy = "Fetch the file again from the archive."


class NoPagesError(UnreadableError):
    """A document without any page, sheet or picture."""

    rule = "no-pages"
    remedy = "Fetch the file again from the archive; if it has no page there too, remove it."


class MissingExtraError(UnreadableError):
    """A document that needs a part of the program that was not installed."""

    rule = "missing-extra"
    remedy = "Install it with: pip install 'xiada[all]'."
