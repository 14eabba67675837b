"""Pages that are pictures: upright, cleaned, with their ruling lines found and their cells read."""

from extract.scan.cutting import cut
from extract.scan.document import pictures_to_extraction
from extract.scan.files import bytes_to_pictures
from extract.scan.page import PageReading, picture_to_page
from extract.scan.picture import Picture

__all__ = [
    "PageReading",
    "Picture",
    "bytes_to_pictures",
    "cut",
    "picture_to_page",
    "pictures_to_extraction",
]
