"""Office files to layouts: Word and Excel files, and what LibreOffice can make into one of them."""

from extract.office.reading import (
    docx_to_extraction,
    office_picture,
    office_to_extraction,
    xlsx_to_extraction,
)

__all__ = ["docx_to_extraction", "office_picture", "office_to_extraction", "xlsx_to_extraction"]
