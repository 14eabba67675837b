"""How large a PDF may be, so that no file asks for more memory than a notice needs."""

# A notice with all its attachments has some hundred pages.
MOST_PAGES = 1_000
# In points, of either side; the largest that PDF viewers show (ISO 32000, annex C).
LONGEST_SIDE = 14_400.0
# Of a page. A dense spreadsheet page has 15,000 characters and 3,000 lines.
MOST_CHARACTERS = 200_000
MOST_OBJECTS = 60_000
# Objects within objects within objects.
DEEPEST_FORM = 12
# A path with more strokes is a drawing.
MOST_STROKES = 4_000
# Of a picture on a page: A3 at 600 dots an inch has 70 million.
MOST_PIXELS = 120_000_000
# Of a page as it is drawn for reading.
MOST_DRAWN_PIXELS = 40_000_000
# Bytes that a compressed stream may grow to: the drawing of a page, and data such as fonts or
# pictures.
MOST_DRAWING_BYTES = 16_000_000
MOST_STREAM_BYTES = 400_000_000
