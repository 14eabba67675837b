"""The members of a zip."""

import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

from ingest.archive.budget import Budget
from ingest.archive.members import Contents, Refused, damage
from ingest.archive.naming import published, zip_member_name

_ENCRYPTED = 0x1


def zip_members(file: str, budget: Budget) -> Iterator[Contents]:
    """The members in the order of the zip's directory. Raises Refused, TooMuchError."""
    with damage("damaged-archive", zipfile.BadZipFile):
        opened = zipfile.ZipFile(file)
    with opened:
        for info in opened.infolist():
            budget.enter()
            if info.is_dir() or info.orig_filename.endswith("\\"):
                continue
            yield Contents(
                published(zip_member_name(info.orig_filename, info.flag_bits)),
                info.file_size,
                _moment(info.date_time),
                partial(_write, opened, info, budget),
            )


def _write(opened: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> str:
    if info.flag_bits & _ENCRYPTED:
        raise Refused("encrypted", "it opens only with a password")
    with damage("damaged-member", zipfile.BadZipFile), opened.open(info) as source:
        return budget.write(source)


def _moment(parts: tuple[int, int, int, int, int, int]) -> int:
    """The zip's date and time, which has no zone, in nanoseconds; 0 where it is none."""
    try:
        return int(datetime(*parts, tzinfo=UTC).timestamp()) * 1_000_000_000
    except ValueError:
        return 0
