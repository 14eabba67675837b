"""The lines of a crop: a hairline that a copy has lost does not make two of one."""

import numpy as np

from extract.scan.recognise.crops import Crop
from extract.scan.recognise.ink import Print, crop_to_ink
from extract.scan.recognise.lines import ink_to_lines

USUAL = Print(13.0, 255.0)


def lines(*rows: tuple[int, int]) -> int:
    grey = np.full((60, 80), 255, np.uint8)
    for top, bottom in rows:
        grey[top:bottom, 10:70] = 0
    ink = crop_to_ink(Crop(grey))
    assert ink is not None
    return len(ink_to_lines(ink, USUAL))


def test_a_crack_in_tall_characters_is_no_gap_between_lines() -> None:
    assert lines((10, 20), (22, 29)) == 1


def test_two_lines_close_to_each_other_stay_two() -> None:
    assert lines((8, 24), (29, 45)) == 2
    assert lines((8, 22), (24, 38)) == 2
