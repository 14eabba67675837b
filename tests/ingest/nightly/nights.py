"""Nights for tests: an archive, a store, a run, and what the store holds afterwards."""

import os
from pathlib import Path
from typing import Any

from ingest.isolation import Limits
from ingest.isolation.work import MEGABYTE
from ingest.nightly.options import Options
from ingest.nightly.packing import records_to_bytes
from ingest.nightly.run import ingest_archive
from ingest.nightly.summary import Summary
from ingest.store import CURRENT, Access, Books, open_store
from tests.ingest.nightly.reader import MODULE

LIMITS = Limits(seconds=2.0, memory=300 * MEGABYTE)


def options(archive: str | Path, store: str, **others: Any) -> Options:
    """What a night is asked to do."""
    values = {"limits": LIMITS, "module": MODULE, "function": f"{MODULE}:read", **others}
    return Options(str(archive), store, **values)


def night(archive: str | Path, store: str, **others: Any) -> Summary:
    """One run."""
    return ingest_archive(options(archive, store, **others))


def books(summary: Summary) -> dict[str, int]:
    """What is not zero in the books, which must balance."""
    assert summary.books.balanced
    assert summary.discrepancies == ()
    counts = {name: getattr(summary.books, name) for name in Books.__dataclass_fields__}
    return {name: count for name, count in counts.items() if count}


def held(store: str) -> dict[str, bytes]:
    """All that the store publishes, by source."""
    with open_store(store, Access.READ) as opened:
        return {
            records.notices[0].source: records_to_bytes(records)
            for records in opened.records(CURRENT)
        }


def fill(folder: Path, files: dict[str, str | bytes], *, age: float = 100.0) -> Path:
    """Files in a folder, changed some seconds ago."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        then = path.stat().st_mtime - age
        os.utime(path, (then, then))
    return folder
