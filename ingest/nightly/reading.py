"""What a child does with a document: its bytes at `place` become packed records."""

from pathlib import Path

from ingest.attempt import attempt
from ingest.nightly.packing import records_to_bytes


def read(place: str, source: str, password: str) -> bytes:
    """Read one document; what is wrong with it stands in its records as a finding.

    `password` opens encrypted ones ("" none).
    """
    return records_to_bytes(attempt(Path(place), source, password or None).records)
