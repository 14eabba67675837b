"""PDF files that are broken, locked, endless or made to harm, and odd ones that can be read.

Made in memory, from nothing: what they do is in these lines, and none is kept in the repository.
"""

import io
import struct
import zlib

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.extract.pdf.made_pdfs import bomb, drawn_pdf, raw_pdf, stream_object
from tests.outside import require_font

PASSWORD = "下达2021"
HEADER = ("县市", "参保人数", "补助资金", "合计")
ROWS = (
    ("渭源县", "1200", "36.5", "36.5"),
    ("岷县", "800", "48", "48"),
    ("漳县", "650", "30", "30"),
)
TITLE, UNIT = "2021年城乡居民医保补助资金分配表", "单位：万元"
_FLATE = b"/Filter /FlateDecode"
_COLUMN, _ROW = 110, 24
_TEXT = b"BT /F1 12 Tf 60 500 Td (Budget 2021 120) Tj ET"


def draw_table(canvas: Canvas) -> None:
    """A title and a ruled table of four rows."""
    canvas.drawString(200, 540, TITLE)
    canvas.drawString(500, 510, UNIT)
    for r, row in enumerate((HEADER, *ROWS)):
        for c, text in enumerate(row):
            x, y = 60 + c * _COLUMN, 470 - r * _ROW
            canvas.rect(x, y, _COLUMN, _ROW)
            canvas.drawString(x + 6, y + 8, text)


def drawn_table(width: int = 1000, mode: str = "L") -> Image.Image:
    """The same table as a picture with 150 dots an inch. Needs a Chinese font."""
    image = Image.new("L", (width, 420), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(require_font("wqy-zenhei.ttc")), 26)
    draw.text((200, 30), TITLE, 0, font)
    draw.text((700, 80), UNIT, 0, font)
    for r, row in enumerate((HEADER, *ROWS)):
        for c, text in enumerate(row):
            x, y = 60 + c * 220, 130 + r * 60
            draw.rectangle((x, y, x + 220, y + 60), outline=0, width=2)
            draw.text((x + 14, y + 14), text, 0, font)
    return image.convert(mode)


def typed() -> bytes:
    return drawn_pdf(draw_table)


def locked(user: str = PASSWORD, owner: str = "owner") -> bytes:
    encryption = StandardEncryption(user, ownerPassword=owner, canPrint=0, strength=128)
    return drawn_pdf(draw_table, encrypt=encryption)


def half() -> bytes:
    data = typed()
    return data[: len(data) // 2]


def without_end() -> bytes:
    return typed()[:-100]


def no_pages() -> bytes:
    return raw_pdf([])


def giant_page() -> bytes:
    return raw_pdf([_TEXT], box="0 0 200000 200000")


def zeros(size: int) -> bytes:
    """A page whose drawing grows to `size` zeros."""
    return raw_pdf([bomb(size, b"\0")], streams=_FLATE)


def strokes(size: int) -> bytes:
    """A page whose drawing grows to `size` bytes of strokes."""
    return raw_pdf([bomb(size)], streams=_FLATE)


def picture_bomb(side: int = 60_000, held: int = 1_000_000) -> bytes:
    """A page with a picture of `side` times `side` pixels, of which the file holds some."""
    dictionary = b"/Type /XObject /Subtype /Image /Width %d /Height %d" % (side, side)
    dictionary += b" /BitsPerComponent 8 /ColorSpace /DeviceRGB " + _FLATE
    return _with_object(stream_object(dictionary, bomb(held, b"\x80")))


def _with_object(body: bytes, page: bytes = b"q 500 0 0 210 40 500 cm /A Do Q") -> bytes:
    return raw_pdf([page], resources=b"<< /XObject << /A 4 0 R >> >>", object4=body)


def forms_in_themselves() -> bytes:
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 4 0 R >> >>"
    return _with_object(stream_object(form, b"/A Do /A Do"), b"/A Do")


def forms_that_double(depth: int = 30) -> bytes:
    """Each form draws the next one twice: 2 ** depth drawings."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
    names = form + b"/Resources << /XObject << /A %d 0 R >> >>"
    forms = {
        f"object{n}": stream_object(names % (n + 1), b"/A Do /A Do") for n in range(4, 4 + depth)
    }
    last = stream_object(form, b"0 0 m 9 9 l S")
    resources = b"<< /XObject << /A 4 0 R >> >>"
    return raw_pdf([b"/A Do"], resources=resources, **forms, objectlast=last)


def pages_in_themselves() -> bytes:
    """A tree of pages that is its own branch."""
    return raw_pdf([_TEXT]).replace(b"/Count 1 /Kids [5 0 R]", b"/Count 9 /Kids [2 0 R]")


def objects_in_themselves() -> bytes:
    """The table of places leads to itself, and a packed bundle of objects lies within itself."""
    bundle = b"4 0 << /Type /Catalog /Pages 5 0 R >>"
    body = b"%%PDF-1.7\n4 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Extends 4 0 R /Length %d >>\n"
    head = body % len(bundle) + b"stream\n" + bundle + b"\nendstream\nendobj\n"
    at = len(head)
    rows = b"".join(
        struct.pack(">BHB", *row)
        for row in [(0, 0, 255), (2, 4, 0), (2, 4, 0), (2, 4, 0), (2, 4, 0), (2, 4, 0), (1, at, 0)]
    )
    table = b"6 0 obj\n<< /Type /XRef /Size 7 /W [1 2 1] /Root 4 0 R /Prev %d /Length %d >>\n"
    data = head + table % (at, len(rows)) + b"stream\n" + rows + b"\nendstream\nendobj\n"
    return data + b"startxref\n%d\n%%%%EOF\n" % at


def tables_of_places_in_a_ring() -> bytes:
    """A readable file whose table of places names itself as the one before it."""
    data = raw_pdf([_TEXT])
    at = data.rindex(b"xref\n0 ")
    return data.replace(b"/Root 1 0 R >>", b"/Root 1 0 R /Prev %d >>" % at)


def length_of_itself() -> bytes:
    """A drawing whose length is to be found in that drawing."""
    length = b"<< /Length %d " % len(_TEXT)
    return raw_pdf([_TEXT]).replace(length, b"<< /Length 4 0 R ")


def many_pages(count: int = 5_000) -> bytes:
    return raw_pdf([_TEXT] * count)


def with_actions(proof: str) -> bytes:
    """A readable file that asks its viewer to run a script and a program that makes a file."""
    script = b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) "
    launch = b"/Next << /S /Launch /Win << /F (cmd) >> /F (touch %s) >> >>" % proof.encode()
    return raw_pdf([_TEXT]).replace(b"/Type /Catalog", b"/Type /Catalog " + script + launch)


def picture_pdf(dictionary: bytes, data: bytes, size: tuple[int, int], drawn: bytes = b"") -> bytes:
    """A page that shows a picture of `size` pixels, and then what `drawn` says."""
    head = b"/Type /XObject /Subtype /Image /Width %d /Height %d " % size
    body = stream_object(head + dictionary, data)
    page = b"q 480 0 0 201.6 40 500 cm /A Do Q " + drawn
    resources = b"<< /XObject << /A 4 0 R >> /Font << /F1 3 0 R >> >>"
    return raw_pdf([page], resources=resources, object4=body)


def jpeg_2000() -> bytes:
    image = drawn_table()
    packed = io.BytesIO()
    image.save(packed, "JPEG2000", irreversible=True, quality_mode="dB", quality_layers=[40])
    return picture_pdf(b"/Filter /JPXDecode", packed.getvalue(), image.size)


def jpeg_2000_bomb(size: tuple[int, int] = (20_000, 10_000)) -> bytes:
    """A picture that says in its own data how large it is, and on its page that it is small."""
    packed = io.BytesIO()
    Image.new("L", (100, 50), 200).save(packed, "JPEG2000")
    data = bytearray(packed.getvalue())
    at = data.index(b"\xff\x4f\xff\x51") + 8
    data[at : at + 8] = struct.pack(">II", *size)
    return picture_pdf(b"/Filter /JPXDecode", bytes(data), (100, 50))


def giant_picture_page() -> bytes:
    """A picture on a page that is as large as a page may be."""
    data = zlib.compress(b"\x80" * 10_000)
    head = b"/Type /XObject /Subtype /Image /Width 100 /Height 100 /BitsPerComponent 8 "
    body = stream_object(head + b"/ColorSpace /DeviceGray " + _FLATE, data)
    resources = b"<< /XObject << /A 4 0 R >> >>"
    page = b"q 14000 0 0 14000 0 0 cm /A Do Q"
    return raw_pdf([page], box="0 0 14000 14000", resources=resources, object4=body)


def jbig2() -> bytes:
    """A picture packed as JBIG2: one generic region whose bits are packed as fax machines do, which
    the standard (ITU-T T.88, 6.2.6) allows."""
    image = drawn_table(mode="1")
    fax = _fax(image)
    page = struct.pack(">IIIIBH", *image.size, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", *image.size, 0, 0, 0, 1) + fax
    segments = _segment(0, 48, page) + _segment(1, 38, region)
    dictionary = b"/Filter /JBIG2Decode /BitsPerComponent 1 /ColorSpace /DeviceGray"
    return picture_pdf(dictionary, segments, image.size)


def _segment(number: int, kind: int, data: bytes) -> bytes:
    return struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data


def _fax(image: Image.Image) -> bytes:
    """The bits of a picture packed by ITU-T T.6, as a TIFF of one strip holds them."""
    packed = io.BytesIO()
    image.save(packed, "TIFF", compression="group4", tiffinfo={278: image.height, 262: 0})
    with Image.open(packed) as saved:
        at, count = saved.tag_v2[273][0], saved.tag_v2[279][0]
    return packed.getvalue()[at : at + count]


def jpeg_with(text: bytes) -> bytes:
    """A picture of a table, and over it or beside it a text layer of noise."""
    image = drawn_table()
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=90)
    dictionary = b"/Filter /DCTDecode /BitsPerComponent 8 /ColorSpace /DeviceGray"
    return picture_pdf(dictionary, packed.getvalue(), image.size, text)


def cids() -> bytes:
    """Beside the picture stands what a bad export printed for its characters."""
    text = b"".join(b"(cid:%d)" % n for n in range(12, 40))
    escaped = text.replace(b"(", rb"\(").replace(b")", rb"\)")
    return jpeg_with(b"BT /F1 4 Tf 40 480 Td (" + escaped + b") Tj ET")


def noise_over_a_picture() -> bytes:
    return jpeg_with(b"BT /F1 9 Tf 60 560 Td 1 g (q~x^#@@}{ |;:~ ^^%$ #@!~ }{|><~ ^%$) Tj ET")


def blank_pages(count: int = 1) -> bytes:
    return raw_pdf([b""] * count)
