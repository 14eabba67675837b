"""The piece of a picture that a reference speaks of."""

import numpy as np

from extract.pages import POINTS_PER_INCH
from extract.scan.picture import Picture, Pixels
from schemas.source import BoxRef


def cut(picture: Picture, ref: BoxRef, margin: float = 2.0) -> Pixels:
    """The pixels of a page as shown that `ref` speaks of, with `margin` points around.

    At least one pixel, also for a reference that lies outside the page.

    >>> page = Picture(np.zeros((200, 300, 3), np.uint8), 144)
    >>> cut(page, BoxRef(1, 10, 10, 40, 20), 0).shape
    (20, 60, 3)
    """
    share = picture.dpi / POINTS_PER_INCH
    height, width = picture.pixels.shape[:2]
    x0, y0 = int((ref.x0 - margin) * share), int((ref.y0 - margin) * share)
    x1, y1 = round((ref.x1 + margin) * share), round((ref.y1 + margin) * share)
    x0, y0 = min(max(x0, 0), width - 1), min(max(y0, 0), height - 1)
    x1, y1 = min(max(x1, x0 + 1), width), min(max(y1, y0 + 1), height)
    return np.ascontiguousarray(picture.pixels[y0:y1, x0:x1])
