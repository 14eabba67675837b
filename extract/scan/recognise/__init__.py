"""Cells of a picture to their text: the recogniser and its preparations."""

from extract.scan.recognise.crops import DISPUTED, DOUBTED, Crop, CropReading, PixelBox
from extract.scan.recognise.read import SecondReading, read_again, read_crops, second_readings
from extract.scan.recognise.signs import figure_signs

__all__ = [
    "DISPUTED",
    "DOUBTED",
    "Crop",
    "CropReading",
    "PixelBox",
    "SecondReading",
    "figure_signs",
    "read_again",
    "read_crops",
    "second_readings",
]
