"""`xiada extract --searchable`: a scan leaves as a PDF in which its text is found."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from click.testing import CliRunner
from PIL import Image, ImageDraw, ImageFont

from xiada.cli import main


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A page at 200 dpi with one line."""
    page = Image.new("L", (1654, 800), 255)
    ImageDraw.Draw(page).text((200, 300), "65012345", fill=0, font=ImageFont.load_default(48))
    path = tmp_path / "通知 1.png"
    page.save(path, dpi=(200, 200))
    return path


def test_a_scan_gets_a_copy_and_a_text_gets_none(scan: Path, tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("塔城市\t10\n", encoding="utf-8")
    out = tmp_path / "out"
    result = CliRunner().invoke(
        main, ["extract", str(scan), str(text), "-o", str(out), "--searchable"]
    )
    assert result.exit_code == 0, result.output
    (copy,) = (out / "searchable").iterdir()
    assert copy.name.startswith("通知 1-")
    with pdfium.PdfDocument(copy) as pdf:
        said = pdf[0].get_textpage().get_text_range()
        width, height = pdf[0].get_size()
    assert "65012345" in said
    assert (round(width), round(height)) == (595, 288)


def test_without_the_option_there_is_no_copy(scan: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["extract", str(scan), "-o", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    assert not (tmp_path / "out" / "searchable").exists()
