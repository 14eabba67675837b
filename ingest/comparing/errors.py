"""What can be wrong with two files that are to be compared."""

from typing import ClassVar

from schemas.errors import XiadaError


class NotComparableError(XiadaError):
    """Files that hold no figures, or none in common, so that there is nothing to compare."""

    exit_status: ClassVar[int] = 2
    remedy: ClassVar[str] = (
        "Give a csv, xlsx or parquet file with a column of unit names and columns of figures, "
        "or a folder that `xiada extract` wrote; name columns with --on and --match."
    )
