"""What is read badly keeps its other readings, for the arithmetic to choose among."""

import cv2
import numpy as np

from extract.scan.picture import Area
from extract.scan.reading import Printed, read_lines
from extract.scan.recognise import DOUBTED
from tests.extract.scan.geometry import drawing


def test_only_doubtful_words_have_other_readings() -> None:
    page = np.full((220, 320, 3), 250, np.uint8)
    for i, text in enumerate(("156430", "28817", "94160")):
        drawing.write(page, text, (160, 40 + 60 * i), 20)
    # Strokes through the last figure.
    for ends in (((105, 172), (215, 148)), ((105, 146), (215, 170))):
        cv2.line(page, *ends, (20, 20, 20), 4)
    lines = tuple(Area(90, 20 + 60 * i, 230, 60 + 60 * i) for i in range(3))
    grey = np.ascontiguousarray(page[:, :, 0])
    first, second, third = read_lines(grey, Printed(lines, lines, (0, 0, 0), (), (), 0))
    assert (first.text, first.readings) == ("156430", ())
    assert (second.text, second.readings) == ("28817", ())
    assert third.score < DOUBTED
    assert third.readings
    assert third.text not in third.readings
