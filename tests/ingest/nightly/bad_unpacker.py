"""An unpacker that dies."""

import os


def unpack_to_json(*_: str) -> bytes:
    os.abort()
