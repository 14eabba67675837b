"""Where text is on a page without ruling lines: differentiable binarisation (DB).

Liao et al., Real-time Scene Text Detection with Differentiable Binarization, AAAI 2020.
"""

import math

import cv2
import numpy as np
import numpy.typing as npt

from extract.scan.picture import Grey, Pixels
from extract.scan.recognise.crops import PixelBox
from extract.scan.recognise.engine import Floats, detector

# The network sees the page at most this long, in multiples of its stride.
_LONGEST = 1600
_STRIDE = 32
_TEXT = 0.3
_SURE = 0.5
# The network draws text shrunk by this ratio of area to perimeter.
_UNSHRINK = 1.6
_SMALLEST = 3


def find_text(pixels: Pixels | Grey) -> tuple[PixelBox, ...]:
    """Boxes around runs of text of an upright page, from top to bottom and left to right.

    `pixels` is height x width grey, or height x width x 3. Raises MissingExtraError.
    """
    down, across = pixels.shape[:2]
    if min(down, across) < _SMALLEST:
        return ()
    ratio = min(1.0, _LONGEST / max(down, across))
    size = (_strides(across * ratio), _strides(down * ratio))
    chances = detector().run(_normal(pixels, size))[0, 0]
    found = _chances_to_boxes(chances, across / size[0], down / size[1])
    inside = (_clip(box, across, down) for box in found)
    return tuple(
        sorted(
            (box for box in inside if box.right > box.left and box.bottom > box.top),
            key=lambda box: (box.top, box.left),
        )
    )


def _strides(length: float) -> int:
    return max(_STRIDE, round(length / _STRIDE) * _STRIDE)


def _normal(pixels: Pixels | Grey, size: tuple[int, int]) -> Floats:
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    colours = np.repeat(small[:, :, None], 3, axis=2) if small.ndim == 2 else small[:, :, ::-1]
    return np.ascontiguousarray((colours / 127.5 - 1).transpose(2, 0, 1)[None])


def _chances_to_boxes(chances: Floats, wide: float, high: float) -> list[PixelBox]:
    mask = cv2.dilate((chances > _TEXT).astype(np.uint8), np.ones((2, 2), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    sums = np.bincount(labels.ravel(), weights=chances.ravel(), minlength=count)
    return [
        _unshrink(stat, wide, high)
        for stat, total in zip(stats[1:], sums[1:], strict=True)
        if min(stat[2], stat[3]) >= _SMALLEST and total / stat[cv2.CC_STAT_AREA] > _SURE
    ]


def _unshrink(stat: npt.NDArray[np.int32], wide: float, high: float) -> PixelBox:
    left, top, across, down = (int(value) for value in stat[:4])
    reach = across * down * _UNSHRINK / (2 * (across + down))
    return PixelBox(
        math.floor((left - reach) * wide),
        math.floor((top - reach) * high),
        math.ceil((left + across + reach) * wide),
        math.ceil((top + down + reach) * high),
    )


def _clip(box: PixelBox, across: int, down: int) -> PixelBox:
    return PixelBox(
        max(box.left, 0), max(box.top, 0), min(box.right, across), min(box.bottom, down)
    )
