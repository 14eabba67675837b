"""Pages to born-digital PDFs: as word processors, report tools and office printers write them."""

import io
from dataclasses import dataclass
from enum import Enum
from random import Random

from reportlab.pdfgen.canvas import Canvas

from benchmarks.scans.fonts import runs
from benchmarks.scans.model import DrawnPage, Sheet, Stroke


class PdfForm(Enum):
    """How a PDF holds its pages.

    FLAG_90 and FLAG_270 lay the content sideways and turn it upright by the page's /Rotate;
    SIDEWAYS lays it sideways and leaves it so (it reads upwards); RECTANGLES draws rules as thin
    filled boxes, SEGMENTS as one stroke for each cell edge.
    """

    PLAIN = "plain"
    FLAG_90 = "flag 90"
    FLAG_270 = "flag 270"
    SIDEWAYS = "sideways"
    RECTANGLES = "rectangles"
    SEGMENTS = "segments"


@dataclass(frozen=True, slots=True)
class RuleInk:
    """Damage of ruling lines before printing: the share that is broken away, the share of lines
    drawn double, and the seed."""

    broken: float = 0
    doubled: float = 0
    seed: int = 0


def pdf_bytes(sheet: Sheet, form: PdfForm = PdfForm.PLAIN, ink: RuleInk | None = None) -> bytes:
    """The sheet as a born-digital PDF; the same arguments give the same bytes."""
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1, pageCompression=1)
    random = Random(ink.seed if ink else 0)
    for page in sheet.pages:
        _page(canvas, page, form, ink or RuleInk(), random)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _page(canvas: Canvas, page: DrawnPage, form: PdfForm, ink: RuleInk, random: Random) -> None:
    # reportlab turns the size of a page with its flag; of SIDEWAYS it knows nothing.
    turned = form is PdfForm.SIDEWAYS
    canvas.setPageSize((page.height, page.width) if turned else (page.width, page.height))
    canvas.setPageRotation({PdfForm.FLAG_90: 90, PdfForm.FLAG_270: 270}.get(form, 0))
    if form in (PdfForm.FLAG_90, PdfForm.SIDEWAYS):  # reads upwards in the unturned page
        canvas.transform(0, 1, -1, 0, page.height, 0)
    elif form is PdfForm.FLAG_270:
        canvas.transform(0, -1, 1, 0, 0, page.width)
    for stroke in page.strokes:
        for piece in _worn(stroke, ink, random):
            _stroke(canvas, page.height, piece, form)
    for one in page.inks:
        x = one.x
        for font, run in runs(one.text, page.face):
            canvas.setFont(font, one.size)
            canvas.drawString(x, page.height - one.y, run)
            x += canvas.stringWidth(run, font, one.size)


def _stroke(canvas: Canvas, height: float, stroke: Stroke, form: PdfForm) -> None:
    x0, y0, x1, y1 = stroke.x0, height - stroke.y0, stroke.x1, height - stroke.y1
    if form is PdfForm.RECTANGLES:
        half = stroke.thick / 2
        canvas.rect(
            min(x0, x1) - half,
            min(y0, y1) - half,
            abs(x1 - x0) + stroke.thick,
            abs(y1 - y0) + stroke.thick,
            stroke=0,
            fill=1,
        )
        return
    canvas.setLineWidth(stroke.thick)
    pieces = max(1, round((abs(x1 - x0) + abs(y1 - y0)) / 30)) if form is PdfForm.SEGMENTS else 1
    for i in range(pieces):
        a, b = i / pieces, (i + 1) / pieces
        canvas.line(x0 + (x1 - x0) * a, y0 + (y1 - y0) * a, x0 + (x1 - x0) * b, y0 + (y1 - y0) * b)


def _worn(stroke: Stroke, ink: RuleInk, random: Random) -> list[Stroke]:
    """A line as bad copies show it: with gaps of 2 to 14 points, or double."""
    lines = [stroke]
    if random.random() < ink.doubled:
        dx, dy = (0.0, 1.8) if stroke.y0 == stroke.y1 else (1.8, 0.0)
        lines.append(
            Stroke(stroke.x0 + dx, stroke.y0 + dy, stroke.x1 + dx, stroke.y1 + dy, stroke.thick)
        )
    return [piece for line in lines for piece in _gaps(line, ink.broken, random)]


def _gaps(stroke: Stroke, share: float, random: Random) -> list[Stroke]:
    if not share:
        return [stroke]
    length = abs(stroke.x1 - stroke.x0) + abs(stroke.y1 - stroke.y0)
    dx, dy = (stroke.x1 - stroke.x0) / length, (stroke.y1 - stroke.y0) / length
    pieces: list[Stroke] = []
    at = 0.0
    while at < length:
        gap = random.uniform(2, 14)
        run = gap * (1 - share) / share * random.uniform(0.5, 1.5)
        end = min(at + run, length)
        pieces.append(
            Stroke(
                stroke.x0 + dx * at,
                stroke.y0 + dy * at,
                stroke.x0 + dx * end,
                stroke.y0 + dy * end,
                stroke.thick,
            )
        )
        at = end + gap
    return pieces
