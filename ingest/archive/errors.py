"""An archive that cannot be used at all. What is wrong with one file in it is no error of these."""

from typing import ClassVar

from schemas.errors import XiadaError


class ArchiveError(XiadaError):
    """No archive where one was named."""

    remedy: ClassVar[str] = "Check the folder or URL, and that this user may read it."


class ArchiveDriverError(ArchiveError):
    """A kind of place whose driver is not installed."""

    remedy = "Install it with pip beside xiada (for s3:// the extra s3: pip install 'xiada[s3]')."


class ArchiveUrlError(ArchiveError):
    """A kind of place that nobody knows."""

    remedy = "Give a folder, or a URL such as s3://bucket/folder that fsspec knows."
