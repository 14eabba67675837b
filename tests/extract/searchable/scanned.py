"""A small scanned table and the files that it comes in."""

import hashlib
import io
from functools import cache
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from schemas.source import Document, Media
from tests.outside import require_font

DPI = 200
_LEFT, _TOP, _WIDE, _HIGH = 100, 120, 260, 70
TABLE = (
    ("县市", "人数", "金额"),
    ("乌鲁木齐市", "156430", "91.59"),
    ("木垒县", "2614", "-38.1"),
    ("巴里坤县", "58305", "1024"),
)
TEXTS = tuple(text for row in TABLE for text in row)


@cache
def scan() -> Image.Image:
    """TABLE as a page of 200 dpi with black rules, in grey."""
    path = require_font("NotoSerifCJK-Regular.ttc")
    font = ImageFont.truetype(str(path), 32, index=2)
    image = Image.new("L", (1000, 520), 252)
    draw = ImageDraw.Draw(image)
    for i, row in enumerate(TABLE):
        for j, text in enumerate(row):
            x0, y0, x1, y1 = cell_box(i, j)
            draw.rectangle((x0 - 1, y0 - 1, x1 + 1, y1 + 1), outline=0, width=3)
            draw.text(((x0 + x1) / 2, (y0 + y1) / 2), text, font=font, fill=10, anchor="mm")
    return image


def cell_box(row: int, column: int) -> tuple[int, int, int, int]:
    """In pixels of the scan."""
    x, y = _LEFT + column * _WIDE, _TOP + row * _HIGH
    return x, y, x + _WIDE, y + _HIGH


def saved(image: Image.Image, file_format: str, **named: Any) -> bytes:
    written = io.BytesIO()
    image.save(written, file_format, **named)
    return written.getvalue()


def document(data: bytes, media: Media) -> Document:
    return Document("扫描件", hashlib.sha256(data).hexdigest(), media, data)
