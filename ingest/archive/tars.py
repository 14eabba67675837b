"""The members of a tar, packed or plain, in one pass."""

import tarfile
from collections.abc import Iterator
from functools import partial
from lzma import LZMAError

from ingest.archive.budget import Budget
from ingest.archive.members import Contents, Refused, damage
from ingest.archive.naming import member_name, published

_ERRORS = (tarfile.TarError, LZMAError)


def tar_members(file: str, budget: Budget) -> Iterator[Contents]:
    """The members in the order of the tar; links inside it are what they lead to.

    Folders, pipes and devices are left out. Raises Refused, TooMuchError.
    """
    with _open(file) as opened:
        # Not `next()` of the tar itself, which ends early where a link made it look ahead.
        infos = iter(opened)
        while True:
            with damage("damaged-archive", *_ERRORS):
                info = next(infos, None)
            if info is None:
                return
            budget.enter()
            if info.isfile() or info.islnk() or info.issym():
                name = member_name(info.name.encode("utf-8", "surrogateescape"))
                yield Contents(
                    published(name.replace("\0", "\\x00")),
                    info.size,
                    int(info.mtime * 1_000_000_000),
                    partial(_write, opened, info, budget),
                )


def _open(file: str) -> tarfile.TarFile:
    with damage("damaged-archive", *_ERRORS):
        return tarfile.open(file, encoding="utf-8", errors="surrogateescape")


def _write(opened: tarfile.TarFile, info: tarfile.TarInfo, budget: Budget) -> str:
    try:
        source = opened.extractfile(info)
    except (KeyError, RecursionError):
        source = None
    if source is None:
        raise Refused("link", f"it is a link to {published(info.linkname)}, which is not inside")
    with damage("damaged-member", *_ERRORS), source:
        return budget.write(source)
