"""Files of pictures to the pictures of their pages, within limits set before decoding."""

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from extract.scan.picture import Picture
from schemas.errors import DamagedError, NoPagesError, TooLargeError, UnsupportedMediaError

# A page at 600 dpi in one bit has 4 MB, in colour and not compressed 100 MB.
MOST_BYTES = 200_000_000
# A3 at 600 dpi in grey; larger pictures are no scans of notices.
MOST_PIXELS = 70_000_000
MOST_PAGES = 500
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP", "JPEG2000")

# Inches. Where a file does not say its resolution, its page is A4, or A3 if it has that many dots.
_A4_LONG, _A3_LONG = 11.69, 16.54
_LEAST_DPI, _MOST_DPI = 90, 700
_A4_MOST_DPI = 430
# Screens and cameras write these whatever they show.
_MEANINGLESS = frozenset({1, 72, 96})
# The tag in EXIF that says how the camera was held.
_ORIENTATION = 0x0112
# What Pillow raises for broken files, by format.
_BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, TypeError, struct.error, IndexError, KeyError,
)  # fmt: skip


def bytes_to_pictures(data: bytes) -> Iterator[Picture]:
    """The pages of a picture, one after another, upright as their camera says.

    Only one page is decoded at a time. Raises TooLargeError for pictures of more pixels, and files
    of more pages, than a scan has (before decoding them), DamagedError for truncated and broken
    files, NoPagesError and UnsupportedMediaError (schemas.errors).

    >>> shown = io.BytesIO()
    >>> Image.new("1", (1654, 2339), 1).save(shown, "TIFF", compression="group4", dpi=(200, 200))
    >>> [(page.pixels.shape, page.dpi) for page in bytes_to_pictures(shown.getvalue())]
    [((2339, 1654, 3), 200.0)]
    """
    if len(data) > MOST_BYTES:
        raise TooLargeError(f"more than {MOST_BYTES // 1_000_000} MB are too many for a picture")
    image = _open(data)
    with image:
        pages = _pages(image)
        for number in range(pages):
            yield _page(image, number)


@contextmanager
def _quietly() -> Iterator[None]:
    """Without the warnings of Pillow: of pixel bombs, for which there are limits here, and of what
    it raises as an error in the end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _open(data: bytes) -> Image.Image:
    try:
        with _quietly():
            return Image.open(io.BytesIO(data), formats=_FORMATS)
    except UnidentifiedImageError as error:
        raise UnsupportedMediaError(f"this is no picture of {', '.join(_FORMATS)}") from error
    except Image.DecompressionBombError as error:
        raise TooLargeError("the picture has far more pixels than any scan") from error
    except _BROKEN as error:
        raise DamagedError(f"the picture is damaged: {error}") from error


def _pages(image: Image.Image) -> int:
    try:
        with _quietly():
            pages = int(getattr(image, "n_frames", 1))
    except _BROKEN as error:
        raise DamagedError(f"the pages of the picture cannot be counted: {error}") from error
    if pages == 0:
        raise NoPagesError("the file holds no picture")
    if pages > MOST_PAGES:
        raise TooLargeError(f"{pages:,} pages are too many for a notice")
    return pages


def _page(image: Image.Image, number: int) -> Picture:
    try:
        with _quietly():
            image.seek(number)
            width, height = image.size
            if width * height > MOST_PIXELS:
                raise TooLargeError(
                    f"page {number + 1} has {width:,} × {height:,} pixels; a scan has fewer than "
                    f"{MOST_PIXELS:,}"
                )
            # The resolution stands beside the orientation, and is lost when that is applied.
            dpi = image.info.get("dpi")
            upright = ImageOps.exif_transpose(_flattened(image))
    except Image.DecompressionBombError as error:
        raise TooLargeError(f"page {number + 1} has far more pixels than any scan") from error
    except _BROKEN as error:
        raise DamagedError(f"page {number + 1} of the picture is damaged: {error}") from error
    pixels = np.asarray(upright, np.uint8)
    return Picture(pixels, _dpi(dpi, upright.width, upright.height))


def _flattened(image: Image.Image) -> Image.Image:
    """As red, green and blue; what is transparent is paper."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        paper = Image.new("RGBA", image.size, "white")
        flat = Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB")
    elif image.mode.startswith("I;16") or image.mode in ("I", "F"):
        levels = np.asarray(image, np.float32)
        top = max(float(levels.max(initial=0)), 1.0)
        flat = Image.fromarray((levels * (255 / top)).clip(0, 255).astype(np.uint8)).convert("RGB")
    else:
        flat = image.convert("RGB")
    flat.info["exif"] = image.info.get("exif", b"")
    flat.getexif()[_ORIENTATION] = image.getexif().get(_ORIENTATION, 1)
    return flat


def _dpi(said: object, width: int, height: int) -> float:
    """The resolution that the file says, where it can be right; else that of an A4 or A3 page."""
    long = max(width, height)
    if isinstance(said, tuple) and len(said) == 2:
        x, y = (float(v) for v in said)
        if _LEAST_DPI <= x <= _MOST_DPI and abs(x - y) < 0.02 * x and round(x) not in _MEANINGLESS:
            return round(x, 2)
    a4 = long / _A4_LONG
    return round(a4 if a4 <= _A4_MOST_DPI else long / _A3_LONG, 2)
