"""Which documents the paths of a command line mean, in an order that is always the same."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_LEFT_OUT = (".", "~$")
"""Hidden files, and the lock files that office programs leave beside an open document."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read, and the path under which it is published."""

    path: Path
    source: str


def find_inputs(paths: Iterable[str], output: Path) -> tuple[Input, ...]:
    """The files that paths mean, each once: files as given, folders with all that is in them.

    Folders are walked in the order of their names; hidden files and folders, lock files (`~$...`),
    links to folders, pipes and devices, and everything under `output` are left out. A folder that
    cannot be listed, and a link that leads nowhere, stand for themselves, so that reading them
    fails and is reported.
    """
    found: dict[str, Input] = {}
    own = os.path.realpath(output)
    for given in paths:
        files = _walk(given, own) if Path(given).is_dir() else iter([given])
        for file in files:
            found.setdefault(os.path.realpath(file), Input(Path(file), published_source(file)))
    return tuple(found.values())


def published_source(path: str) -> str:
    r"""A path as text that can be written to any file: bytes that are no UTF-8 become `\xff`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _walk(folder: str, output: str) -> Iterator[str]:
    """The files below a folder, by the parts of their paths."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    for entry in entries:
        if entry.name.startswith(_LEFT_OUT) or os.path.realpath(entry.path) == output:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, output)
        elif entry.is_file() or not os.path.exists(entry.path):
            yield entry.path
