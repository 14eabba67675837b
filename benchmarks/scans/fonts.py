"""The fonts that made pages are set in; they come from Debian packages and are never committed."""

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from benchmarks.scans.model import Face

_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")
_FILES = {
    "sans": ("wqy-zenhei.ttc", "fonts-wqy-zenhei"),
    "serif": ("uming.ttc", "fonts-arphic-uming"),
}
_LATIN = "Times-Roman"


class FontMissingError(Exception):
    """A font that made pages need is not installed; the message names its Debian package."""


def font_file(key: str) -> Path:
    """The file of the font `sans` or `serif`. Raises FontMissingError."""
    name, package = _FILES[key]
    for folder in _FOLDERS:
        for found in sorted(Path(folder).rglob(name)):
            return found
    raise FontMissingError(f"the font {name} is not installed (Debian package {package})")


@cache
def _registered(key: str) -> str:
    name = f"scans-{key}"
    pdfmetrics.registerFont(TTFont(name, str(font_file(key)), subfontIndex=0))
    return name


def runs(text: str, face: Face) -> list[tuple[str, str]]:
    """A string as (font, run) pairs: with MIXED, Latin letters and figures are set in Times."""
    if face is not Face.MIXED:
        return [(_registered(face.value), text)]
    made: list[tuple[str, str]] = []
    for char in text:
        font = _LATIN if char.isascii() or char == "×" else _registered("serif")
        if made and made[-1][0] == font:
            made[-1] = (font, made[-1][1] + char)
        else:
            made.append((font, char))
    return made


def width(text: str, face: Face, size: float) -> float:
    """How wide a string is set, in points."""
    return float(sum(pdfmetrics.stringWidth(run, font, size) for font, run in runs(text, face)))
