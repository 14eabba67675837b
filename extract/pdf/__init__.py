"""PDF files: their words and ruling lines where they were typed, their pictures where not."""

from extract.pdf.reading import pdf_to_extraction
from extract.pdf.second import SecondOpinions, second_opinions

__all__ = ["SecondOpinions", "pdf_to_extraction", "second_opinions"]
