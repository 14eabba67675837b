"""The searchable copy: a scan as a PDF with the text that was read under its picture."""

from extract.searchable.copying import searchable_pdf

__all__ = ["searchable_pdf"]
