"""A reader for the children of an audit that dies of some documents."""

import os
from pathlib import Path

from ingest.reports.reading import read_in_child
from tests.ingest.deadly import CRASH, HANG


def read(path: str, source: str, password: str) -> bytes:
    data = Path(path).read_bytes()
    if data == CRASH:
        os.abort()
    while data == HANG:
        pass
    return read_in_child(path, source, password)
