"""Plan all writes, then commit: files appear in their directory only when all of them are whole."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def staged(directory: Path) -> Iterator[Path]:
    """A place to write files that are moved into `directory` when the block ends well.

    They replace files and folders of the same name; others there are left alone. What begins with a
    dot is for scratch and is not moved. If the block fails, `directory` stays as it was. The place
    is inside `directory`, so a move is only a rename. Raises FileExistsError where a folder would
    replace something that no export wrote.
    """
    directory.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=".xiada-", dir=directory))
    try:
        yield place
        moves = [
            (path, directory / path.name)
            for path in sorted(place.iterdir())
            if not path.name.startswith(".")
        ]
        for path, target in moves:
            _check(path, target)
        for path, target in moves:
            _replace(path, target, place)
    finally:
        shutil.rmtree(place)


def _check(path: Path, target: Path) -> None:
    """Folders of an export hold partitions (`fiscal_year=2021`) and nothing else."""
    if not path.is_dir() or not target.exists():
        return
    if not target.is_dir() or any("=" not in entry.name for entry in target.iterdir()):
        raise FileExistsError(f"{target} is in the way, and was not written by an export")


def _replace(path: Path, target: Path, place: Path) -> None:
    """Move a file or a folder to where an older one may be. An old folder goes as a whole: a part
    of it that has no successor would be taken for data of this run."""
    if path.is_dir() and target.exists():
        target.rename(place / f".old-{target.name}")
    path.replace(target)
