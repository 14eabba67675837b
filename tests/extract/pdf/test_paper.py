"""Pages whose pixels were taken for points: an A4 scan as large as a poster."""

import io
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image

from extract.layout import document_to_layout
from extract.scan.picture import paper_share
from schemas.source import BoxRef, Document, Media, RawTable

ROOT = Path(__file__).resolve().parents[3]
SCAN = ROOT / "fixtures" / "scan_faint" / "input.jpg"


def as_pdf(points: tuple[float, float]) -> bytes:
    """The scan as the one picture of a page of that size."""
    pdf = pdfium.PdfDocument.new()
    page = pdf.new_page(*points)
    picture = pdfium.PdfImage.new(pdf)
    picture.load_jpeg(io.BytesIO(SCAN.read_bytes()), inline=True)
    picture.set_matrix(pdfium.PdfMatrix().scale(*points))
    page.insert_obj(picture)
    page.gen_content()
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("long_side", "share"), [(842, 1), (1191, 1), (8420, 0.1)])
def test_only_what_is_larger_than_a3_is_taken_for_smaller_paper(
    long_side: float, share: float
) -> None:
    assert paper_share(long_side) == pytest.approx(share)


def test_a_page_of_pixels_is_read_like_the_paper_it_was() -> None:
    with Image.open(SCAN) as scan:
        width, height = scan.size
    document = Document("a.pdf", "0" * 64, Media.PDF, as_pdf((width, height)))
    blocks = document_to_layout(document).layout.blocks
    (table, *_) = [block for block in blocks if isinstance(block, RawTable)]
    texts = {cell.text for row in table.rows for cell in row}
    assert {"326148", "11741.32"} <= {text.replace(",", "") for text in texts}
    places = [cell.ref for row in table.rows for cell in row if isinstance(cell.ref, BoxRef)]
    assert max(place.x1 for place in places) > 0.7 * width
