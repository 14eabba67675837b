"""PDF files made in memory: by reportlab where they are whole, byte by byte where they are not."""

import hashlib
import io
import zlib
from collections.abc import Callable, Sequence

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from schemas.source import Document, Media

# Needs no font file: a viewer brings its own, and the text can be read all the same.
FONT = "STSong-Light"
LANDSCAPE = (842, 595)
PORTRAIT = (595, 842)

Draw = Callable[[Canvas], None]


def to_document(data: bytes) -> Document:
    return Document("made.pdf", hashlib.sha256(data).hexdigest(), Media.PDF, data)


def drawn_pdf(*pages: Draw, size: tuple[float, float] = LANDSCAPE, **options: object) -> bytes:
    """A PDF of one page for each function that draws one."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, **options)
    for draw in pages:
        canvas.setFont(FONT, 9)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def raw_pdf(pages: Sequence[bytes], box: str = "0 0 595 842", **extra: bytes) -> bytes:
    """A PDF of pages with the given content streams. `extra` are objects by name; `resources` is
    what the pages name, `streams` the dictionary of their content beside its length."""
    resources = extra.get("resources", b"<< /Font << /F1 3 0 R >> >>")
    filters = extra.get("streams", b"")
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *[body for name, body in extra.items() if name.startswith("object")],
    ]
    kids = []
    for content in pages:
        stream = b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), filters, content)
        objects.append(stream)
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Resources %s /Contents %d 0 R >>"
        objects.append(page % (box.encode(), resources, len(objects)))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\n" % (len(objects) + 1))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def stream_object(dictionary: bytes, data: bytes) -> bytes:
    """An object that is a stream, for `raw_pdf`."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (dictionary, len(data), data)


def bomb(size: int, piece: bytes = b"0 0 m 9 9 l S\n", layers: int = 1) -> bytes:
    """Data that grows to `size` bytes, packed `layers` times."""
    packer = zlib.compressobj(9)
    chunk = piece * (1_000_000 // len(piece))
    packed = b"".join(packer.compress(chunk) for _ in range(size // len(chunk)))
    packed += packer.flush()
    for _ in range(layers - 1):
        packed = zlib.compress(packed, 9)
    return packed
