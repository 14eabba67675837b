"""How large an Office file may be once it is unpacked. A workbook of a province's yearly notice
unpacks to 2 MB; pictures do not shrink in an archive, so only text that repeats itself does."""

# Of the whole archive, by its directory: far more than 10 MB of real content ever unpack to.
MOST_UNPACKED = 400_000_000
# An archive that grows more than this many times is made to harm; small ones may.
MOST_RATIO = 200
LEAST_SUSPECT = 50_000_000
MOST_PARTS = 20_000
# Of one part. A text is held as a tree, a sheet passes by row for row.
MOST_TREE_BYTES = 40_000_000
MOST_STREAM_BYTES = 200_000_000
# Of one part; an element takes some 120 bytes of memory until it is let go.
MOST_TAGS = 5_000_000
# Of one that is held as a tree, in which an element takes some 300 bytes: a table of the most cells
# that are read, each a paragraph with one run, has fewer.
MOST_TREE_TAGS = 3_000_000
# Of one sheet, blank and styled ones included, which cost time only.
MOST_VISITED_CELLS = 4_000_000
MOST_STRINGS = 300_000
MOST_SHEETS = 200
# Of one document, as everywhere: `extract.limits`.
MOST_NESTED_TABLES = 12
# Of a picture's part, and of the pages that are pictures.
MOST_PICTURE_BYTES = 50_000_000
MOST_PICTURES = 500
