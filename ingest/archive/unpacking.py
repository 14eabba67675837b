"""A zip, tar or 7z laid out in a folder: `container -> [Member]`. Done in a child process.

Members are written under numbers, never under their own names, so no name can lead anywhere.
What cannot be unpacked is said of the member, or of the container, and all the rest is unpacked.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ingest.archive.budget import Budget
from ingest.archive.fetching import fetch_local
from ingest.archive.members import FILE_ERROR, Contents, Member, Refused, TooMuchError
from ingest.archive.naming import INSIDE, is_container, is_left_out
from ingest.archive.seven import seven_members
from ingest.archive.tars import tar_members
from ingest.archive.zips import zip_members

MOST_DEEP = 3
"""Containers within containers within a container; deeper ones are refused."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a container lies, what it is called, and how deep in others."""

    file: str
    name: str
    depth: int


def unpack(container: str, name: str, folder: str, *, depth: int = 1) -> list[Member]:
    """Lay a container's members out in a folder.

    `name` is the container's own file name, whose ending says what it is. A container inside is
    unpacked too; its members are called `inner.zip!/a.pdf`. A member without a `file` was refused,
    and a member with the name "" stands for the container itself: what kept it from being unpacked
    to its end.
    """
    budget = Budget(os.path.getsize(container), folder)
    return list(_unpack(_Place(container, name, depth), budget))


def _unpack(place: _Place, budget: Budget) -> Iterator[Member]:
    """The members of one container, or what is wrong with it."""
    some = False
    try:
        for contents in _reader(place.name)(place.file, budget):
            if is_left_out(contents.name):
                continue
            some = True
            yield from _laid_out(contents, place, budget)
    except Refused as error:
        yield _itself(place, error.rule, str(error))
        return
    except OSError as error:
        yield _itself(place, FILE_ERROR, f"it could not be unpacked ({error.strerror or error})")
        return
    if not some:
        yield _itself(place, "empty-archive", "no document is in it")


def _laid_out(contents: Contents, place: _Place, budget: Budget) -> Iterator[Member]:
    member = Member(contents.name, contents.size, contents.mtime_ns)
    try:
        file = contents.write()
    except TooMuchError:
        raise
    except Refused as error:
        yield replace(member, rule=error.rule, trouble=str(error))
        return
    copy = fetch_local(file)
    member = replace(member, file=file, sha256=copy.sha256, size=copy.size)
    if not is_container(contents.name):
        yield member
    elif place.depth >= MOST_DEEP:
        why = f"it lies {place.depth} archives deep"
        yield replace(member, rule="archive-too-deep", trouble=why)
    else:
        for inner in _unpack(_Place(file, contents.name, place.depth + 1), budget):
            if inner.name:
                yield replace(inner, name=f"{contents.name}{INSIDE}{inner.name}")
            else:
                yield replace(member, rule=inner.rule, trouble=inner.trouble)


def _itself(place: _Place, rule: str, trouble: str) -> Member:
    return Member("", os.path.getsize(place.file), 0, rule=rule, trouble=trouble)


def _reader(name: str) -> Callable[[str, Budget], Iterator[Contents]]:
    suffix = name.lower()
    if suffix.endswith(".zip"):
        return zip_members
    return seven_members if suffix.endswith(".7z") else tar_members
