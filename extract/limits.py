"""How large a document may be. A long notice with all its attachments has 200,000 characters on
10,000 lines; a page saved from the web may carry scripts and pictures beside."""

from schemas.source import Media

MOST_BYTES = {
    Media.TEXT: 10_000_000,
    Media.MARKDOWN: 10_000_000,
    Media.HTML: 10_000_000,
    # A hundred pages scanned in colour.
    Media.PDF: 200_000_000,
    Media.SCAN: 200_000_000,
    Media.DOCX: 50_000_000,
    Media.XLSX: 50_000_000,
}
# Of text or Markdown, and of a page without the pictures within it.
MOST_CHARACTERS = 2_000_000
MOST_PAGE_CHARACTERS = 4_000_000
MOST_LINES = 100_000
# The parser counts the lines of a page no further than 65,535.
MOST_PAGE_LINES = 65_000
# A whole table on one line has 50,000 characters.
LONGEST_LINE = 500_000
# Tabs, bars, commas and semicolons: what parts cells.
MOST_SIGNS = 400_000
# Of a table in HTML, whose spans may ask for any number.
MOST_CELLS = 200_000
