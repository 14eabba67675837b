"""By how many degrees a page lies askew."""

import cv2
import numpy as np

from extract.scan.picture import Grey

# In degrees: the most that is looked for.
_MOST = 6.0
# Each step looks closer: (share of the full size, half width of the search, step) in degrees.
_STEPS = ((0.25, _MOST, 0.5), (0.25, 0.5, 0.125), (0.5, 0.25, 0.05), (0.5, 0.04, 0.02))


def skew(dark: Grey) -> float:
    """Degrees by which the rows of the page rise to the right, -6 to 6.

    Of all angles the one is taken at which text rows and ruling lines give the sharpest
    projections, along rows and along columns (Postl 1986: the sum of squared differences between
    neighbouring rows of the projection).

    >>> page = np.zeros((400, 600), np.uint8)
    >>> page[100:300:40, 50:550] = 255
    >>> abs(skew(page)) < 0.05
    True
    """
    angle = 0.0
    for share, reach, step in _STEPS:
        resized = cv2.resize(dark, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        # An angle of nothing is not resampled: all are made equally soft before.
        small = np.asarray(cv2.GaussianBlur(resized, (0, 0), 0.8), np.uint8)
        angles = angle + np.arange(-round(reach / step), round(reach / step) + 1) * step
        angle = float(max(angles, key=lambda degrees: _sharpness(small, degrees)))
    return angle


def _sharpness(small: Grey, degrees: float) -> float:
    height, width = small.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1)
    level = cv2.warpAffine(small, turn, (width, height), flags=cv2.INTER_LINEAR)
    rows = cv2.reduce(level, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32F).ravel() / width
    columns = cv2.reduce(level, 0, cv2.REDUCE_SUM, dtype=cv2.CV_32F).ravel() / height
    return float(np.square(np.diff(rows)).sum() + np.square(np.diff(columns)).sum())
