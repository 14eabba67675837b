"""Whether the extra `ocr`, which reads pictures, is installed."""

import importlib.util

from schemas.errors import MissingExtraError

_NEEDED = ("cv2", "rapidocr", "onnxruntime")


def require_ocr() -> None:
    """Raises MissingExtraError where pictures cannot be read."""
    if not all(importlib.util.find_spec(name) for name in _NEEDED):
        raise MissingExtraError("it is a picture, and the part that reads pictures is missing")
