"""PDF files opened, or refused with a reason."""

import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.pdf.forms import check_forms
from extract.pdf.limits import MOST_PAGES
from extract.pdf.streams import check_streams
from schemas.errors import DamagedError, EncryptedError, NoPagesError, TooLargeError

_PASSWORD = raw.FPDF_ERR_PASSWORD
_SECURITY = raw.FPDF_ERR_SECURITY


@contextmanager
def opened_pdf(data: bytes, password: str | None) -> Iterator[pdfium.PdfDocument]:
    """A PDF for as long as it is read. A password that it does not ask for is not used.

    Raises EncryptedError, DamagedError, NoPagesError and TooLargeError (schemas.errors).
    """
    check_streams(data)
    check_forms(data)
    pdf = _opened(data, password)
    try:
        if len(pdf) > MOST_PAGES:
            raise TooLargeError(f"{len(pdf):,} pages are too many for a notice")
        if raw.FPDF_GetSecurityHandlerRevision(pdf.raw) >= 0:
            _check_unlocked(pdf)
        yield pdf
    finally:
        pdf.close()


def _check_unlocked(pdf: pdfium.PdfDocument) -> None:
    """What is encrypted can be checked only in a copy without its password."""
    copy = io.BytesIO()
    pdf.save(copy, flags=raw.FPDF_REMOVE_SECURITY)
    data = copy.getvalue()
    check_streams(data)
    check_forms(data)


def _opened(data: bytes, password: str | None) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data, password=password)
    except pdfium.PdfiumError as error:
        refused = error
    # What is only locked against changes opens without a password, and with no other but its own;
    # the password of a run may be meant for other files.
    if password and refused.err_code == _PASSWORD:
        with suppress(pdfium.PdfiumError):
            return pdfium.PdfDocument(data)
    raise _reason(refused, data, password) from refused


def _reason(error: pdfium.PdfiumError, data: bytes, password: str | None) -> Exception:
    if error.err_code == _PASSWORD:
        given = "the password given does not open it" if password else "it needs a password"
        return EncryptedError(f"the PDF is encrypted and {given}")
    if error.err_code == _SECURITY:
        return EncryptedError("the PDF is encrypted in a way that is not known")
    if error.err_code == raw.FPDF_ERR_SUCCESS or b"/Count 0" in data:
        return NoPagesError("the PDF has no pages")
    return DamagedError("the PDF is damaged so that it cannot be opened")
