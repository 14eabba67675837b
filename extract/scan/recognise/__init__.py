"""Cells of a picture to their text: the recogniser, its preparations and its detector of text."""

from extract.scan.recognise.crops import DOUBTED, Crop, CropReading, PixelBox
from extract.scan.recognise.detect import find_text
from extract.scan.recognise.read import read_crops, second_readings

__all__ = [
    "DOUBTED",
    "Crop",
    "CropReading",
    "PixelBox",
    "find_text",
    "read_crops",
    "second_readings",
]
