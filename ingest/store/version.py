"""Which version of the program this is, as far as its answers depend on it."""

import hashlib
import tomllib
from functools import cache
from importlib.metadata import version
from importlib.resources import files

from ingest.store.values import Version

_DIGITS = 12


@cache
def this_version() -> Version:
    """The version of this program: its release, the pipeline's number, the gazetteer's data.

    The number stands in `data/pipeline.toml` and is raised by hand; the gazetteer is known by the
    hash of its data files, so that a corrected name makes a new version by itself.
    """
    text = files("ingest.store").joinpath("data", "pipeline.toml").read_text(encoding="utf-8")
    return Version(version("xiada"), int(tomllib.loads(text)["number"]), _gazetteer())


def _gazetteer() -> str:
    folder = files("normalize.places").joinpath("data")
    found = hashlib.sha256()
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        data = file.read_bytes()
        found.update(f"{file.name} {len(data)}\n".encode())
        found.update(data)
    return found.hexdigest()[:_DIGITS]
