"""Cells drawn as notices print them, and what copying does to them."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from extract.scan.recognise import Crop
from tests.outside import require_font

Grey = npt.NDArray[np.uint8]

_DPI = 200
_CELL = (160, 52)


@dataclass(frozen=True)
class Typeface:
    """A font file and the face within it."""

    file: str
    face: int = 0


SONG = Typeface("NotoSerifCJK-Regular.ttc", 2)
HEI = Typeface("wqy-zenhei.ttc")


def cells(texts: Sequence[str], typeface: Typeface = SONG, points: float = 10) -> list[Grey]:
    """The inside of a cell for each text, black on white, its text in the middle."""
    path = require_font(typeface.file)
    font = ImageFont.truetype(str(path), round(points * _DPI / 72), index=typeface.face)
    return [_cell(text, font) for text in texts]


def _cell(text: str, font: ImageFont.FreeTypeFont) -> Grey:
    lines = text.split("\n")
    high = _CELL[1] + 30 * (len(lines) - 1)
    wide = max(_CELL[0], round(font.getlength(max(lines, key=len))) + 24)
    image = Image.new("L", (wide, high), 255)
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        middle = high / 2 + 34 * (number - (len(lines) - 1) / 2)
        draw.text((wide / 2, middle), line, font=font, fill=0, anchor="mm")
    return np.asarray(image).copy()


def crops(greys: Sequence[Grey]) -> list[Crop]:
    return [Crop(grey) for grey in greys]


def noisy(grey: Grey, deviation: float, seed: int = 7) -> Grey:
    spoilt = grey + np.random.default_rng(seed).normal(0, deviation, grey.shape)
    return np.asarray(spoilt.clip(0, 255), np.uint8)


def faint(grey: Grey) -> Grey:
    """A copy of a copy: pencil grey on light grey, blurred and grainy."""
    pale = (150 + 85 * (grey / 255)).astype(np.uint8)
    return noisy(np.asarray(cv2.GaussianBlur(pale, (0, 0), 0.8), np.uint8), 7)


def one_bit(grey: Grey) -> Grey:
    """A fax: black or white."""
    blurred = noisy(np.asarray(cv2.GaussianBlur(grey, (0, 0), 0.9), np.uint8), 12)
    return np.where(blurred > 175, 255, 0).astype(np.uint8)


def under_seal(grey: Grey) -> Grey:
    """The ring of a red seal, copied in grey, runs through the print; black stays black."""
    layer = np.zeros_like(grey)
    cv2.circle(layer, (grey.shape[1] // 2, -60), 86, 255, 9)
    toned = np.minimum(grey, 255 - (layer * 0.4).astype(np.uint8))
    return noisy(np.asarray(cv2.GaussianBlur(toned, (0, 0), 0.6), np.uint8), 3)


def jpeg(grey: Grey, quality: int) -> Grey:
    _, written = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(written, cv2.IMREAD_GRAYSCALE), np.uint8)
