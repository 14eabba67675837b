"""Seals (公章): a ring with text, a star, 42 mm across, pressed on unevenly over the figures."""

import math
from enum import Enum
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from benchmarks.scans.fonts import font_file

_ACROSS = 42 / 25.4


class Seal(Enum):
    """The colour of a seal: red ink, red washed out, or the grey of a copy."""

    RED = (214, 32, 40)
    PALE = (236, 120, 124)
    GREY = (120, 120, 120)
    LIGHT_GREY = (175, 175, 175)


def stamped(
    page: Image.Image, seals: tuple[Seal, ...], dpi: int, issuer: str, random: Random
) -> Image.Image:
    """The page with its seals, each somewhere over the middle of it; ink multiplies."""
    done = np.asarray(page, np.float32)
    for seal in seals:
        ink = _mask(issuer, dpi, random)
        side = ink.shape[0]
        left = int((page.width - side) * random.uniform(0.25, 0.9))
        top = int((page.height - side) * random.uniform(0.3, 0.8))
        colour = np.asarray(seal.value, np.float32) / 255
        part = done[top : top + side, left : left + side]
        part *= 1 - ink[..., None] * (1 - colour)
    return Image.fromarray(done.clip(0, 255).astype(np.uint8))


def _mask(issuer: str, dpi: int, random: Random) -> np.ndarray:
    """How much ink lies where, 0 to 1."""
    side = int(_ACROSS * dpi)
    fine = side * 2
    image = Image.new("L", (fine, fine), 0)
    pen = ImageDraw.Draw(image)
    rim = fine * 0.025
    pen.ellipse((rim, rim, fine - rim, fine - rim), outline=255, width=int(fine * 0.028))
    pen.polygon(_star(fine / 2, fine * 0.15), fill=255)
    size = int(fine * min(0.125, 1.15 / max(len(issuer), 1)))
    font = ImageFont.truetype(str(font_file("sans")), size)
    spread = min(270, 26 * len(issuer))
    for number, char in enumerate(issuer):
        angle = -spread / 2 + spread * number / max(len(issuer) - 1, 1)
        tile = Image.new("L", (size * 2, size * 2), 0)
        ImageDraw.Draw(tile).text((size, size), char, 255, font, anchor="mm", stroke_width=2)
        tile = tile.rotate(-angle, Image.Resampling.BICUBIC)
        radius = fine * 0.385
        x = fine / 2 + radius * math.sin(math.radians(angle))
        y = fine / 2 - radius * math.cos(math.radians(angle))
        image.paste(255, (int(x - size), int(y - size)), tile)
    image = image.rotate(random.uniform(-25, 25), Image.Resampling.BICUBIC)
    image = image.resize((side, side), Image.Resampling.LANCZOS)
    noise = np.random.default_rng(random.getrandbits(32)).uniform(0, 255, (side // 4, side // 4))
    worn = Image.fromarray(noise.astype(np.uint8)).resize((side, side), Image.Resampling.BICUBIC)
    worn = worn.filter(ImageFilter.GaussianBlur(1))
    return np.asarray(image, np.float32) / 255 * (0.7 + 0.3 * np.asarray(worn, np.float32) / 255)


def _star(centre: float, radius: float) -> list[tuple[float, float]]:
    points = []
    for i in range(10):
        reach = radius if i % 2 == 0 else radius * 0.382
        angle = math.radians(36 * i)
        points.append((centre + reach * math.sin(angle), centre - reach * math.cos(angle)))
    return points
