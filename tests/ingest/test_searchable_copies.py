"""`xiada extract --searchable`: a scan leaves as a PDF in which its text is found."""

from pathlib import Path

import pypdfium2 as pdfium
from click.testing import CliRunner
from PIL import Image

from xiada.cli import main

ROOT = Path(__file__).resolve().parents[2]
SCAN = ROOT / "fixtures" / "scan_faint" / "input.jpg"


def test_a_scan_gets_a_copy_and_what_is_no_notice_gets_none(tmp_path: Path) -> None:
    text, white, out = (tmp_path / name for name in ("a.txt", "white.png", "out"))
    text.write_text("塔城市\t10\n", encoding="utf-8")
    Image.new("L", (400, 400), 255).save(white)
    documents = map(str, (SCAN, text, white))
    result = CliRunner().invoke(main, ["extract", *documents, "-o", str(out), "--searchable"])
    assert result.exit_code == 3, result.output
    (copy,) = (out / "searchable").iterdir()
    with pdfium.PdfDocument(copy) as pdf:
        said = pdf[0].get_textpage().get_text_range()
    assert "11741.32" in said.replace(",", "")
