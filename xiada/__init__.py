"""Xiada (下达): archived Chinese budget notices as figures that can be trusted.

For example::

    import xiada

    notice = xiada.read("notice.txt")
    notice.figures()[["unit_name", "item", "value", "status"]]
"""

import os

from schemas.errors import UnreadableError
from xiada.notice import Notice

__all__ = ["Notice", "UnreadableError", "read"]


def read(path: str | os.PathLike[str], password: str | None = None) -> Notice:
    """Read one document: a notice as text, Markdown, HTML, PDF, picture, Word or Excel file.

    `password` opens an encrypted PDF or Office file. What is read is read in this process, without
    the limits of time and memory under which the command line reads pages.

    Raises `xiada.UnreadableError`, whose `remedy` says what to do, where the document cannot be
    read, and `OSError` where there is no such file.
    """
    from xiada.reading import read_notice  # noqa: PLC0415  `import xiada` stays quick

    return read_notice(path, password)
