"""Documents to layouts: which reader a document's media asks for."""

from extract.extraction import Extraction
from extract.limits import MOST_BYTES
from extract.text import text_to_extraction
from schemas.errors import TooLargeError
from schemas.source import Document, Media

__all__ = ["Extraction", "document_to_layout"]


# The readers of pages load libraries of tens of megabytes, which a text does not need.
# ruff: noqa: PLC0415
def document_to_layout(document: Document, password: str | None = None) -> Extraction:
    """Read a document into running lines and raw tables.

    `password` opens an encrypted PDF or Office file. Raises UnreadableError (schemas.errors) where
    nothing can be read; its class says why.
    """
    if len(document.data) > MOST_BYTES[document.media]:
        most = MOST_BYTES[document.media] // 1_000_000
        raise TooLargeError(f"more than {most} MB are too many for a notice")
    match document.media:
        case Media.TEXT | Media.MARKDOWN | Media.HTML:
            return text_to_extraction(document)
        case Media.PDF:
            from extract.pdf import pdf_to_extraction

            return pdf_to_extraction(document, password)
        case Media.SCAN:
            from extract.scan import pictures_to_extraction

            return pictures_to_extraction(document)
        case Media.DOCX | Media.XLSX:
            from extract.office import office_to_extraction

            return office_to_extraction(document, password)
