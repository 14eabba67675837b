"""What the children of a soak do: read a document for good, or die where a killer says so."""

from ingest.nightly import reading
from tests.ingest.isolation.killers import obey


def read(place: str, source: str, password: str) -> bytes:
    """Records of a document that is no killer."""
    obey(place)
    return reading.read(place, source, password)
