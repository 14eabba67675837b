"""PDF files opened, or refused with a reason."""

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.pdf.limits import MOST_PAGES
from schemas.errors import DamagedError, EncryptedError, NoPagesError, TooLargeError

_PASSWORD = raw.FPDF_ERR_PASSWORD
_SECURITY = raw.FPDF_ERR_SECURITY


@contextmanager
def opened_pdf(data: bytes, password: str | None) -> Iterator[pdfium.PdfDocument]:
    """A PDF for as long as it is read.

    Raises EncryptedError, DamagedError, NoPagesError and TooLargeError (schemas.errors).
    """
    try:
        pdf = pdfium.PdfDocument(data, password=password)
    except pdfium.PdfiumError as error:
        raise _reason(error, data, password) from error
    try:
        if len(pdf) > MOST_PAGES:
            raise TooLargeError(f"{len(pdf):,} pages are too many for a notice")
        yield pdf
    finally:
        pdf.close()


def _reason(error: pdfium.PdfiumError, data: bytes, password: str | None) -> Exception:
    if error.err_code == _PASSWORD:
        given = "the password given does not open it" if password else "it needs a password"
        return EncryptedError(f"the PDF is encrypted and {given}")
    if error.err_code == _SECURITY:
        return EncryptedError("the PDF is encrypted in a way that is not known")
    if error.err_code == raw.FPDF_ERR_SUCCESS or b"/Count 0" in data:
        return NoPagesError("the PDF has no pages")
    return DamagedError("the PDF is damaged so that it cannot be opened")
