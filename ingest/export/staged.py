"""Plan all writes, then commit: files appear in their directory only when all of them are whole."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def staged(directory: Path) -> Iterator[Path]:
    """A place to write files that are moved into `directory` when the block ends well.

    They replace files of the same name; other files there are left alone. Folders in the place are
    for scratch and are not moved. If the block fails,
    `directory` stays as it was. The place is inside `directory`, so a move is only a rename.
    """
    directory.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=".xiada-", dir=directory))
    try:
        yield place
        for path in sorted(place.iterdir()):
            if path.is_file():
                path.replace(directory / path.name)
    finally:
        shutil.rmtree(place)
