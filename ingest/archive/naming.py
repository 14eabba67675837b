"""Names in an archive: which are left out, which hold other files, and how they are published."""

import contextlib
import os
import re

INSIDE = "!/"
"""Between a container and its member: `2021.zip!/附件/分配表.pdf`."""

LEFT_OUT = (".", "~$")
"""Hidden files, and the lock files that office programs leave beside an open document."""

_CONTAINERS = (
    *(".zip", ".7z", ".tar", ".tgz", ".tbz", ".tbz2", ".txz"),
    *(".tar.gz", ".tar.bz2", ".tar.xz"),
)
_LONGEST = max(map(len, _CONTAINERS))
_LOOKS_ESCAPED = re.compile(r"\\(?=x[0-9a-f]{2})")
_UTF8_FLAG = 0x800


def published(name: str) -> str:
    r"""A name as text that can be written to any file, the same text never for two names.

    Bytes that are no UTF-8 become `\xff`; a backslash that would then look like one of these
    becomes `\x5c`.

    >>> published("a/关于.pdf"), published("\udcff.txt"), published("\\xff.txt")
    ('a/关于.pdf', '\\xff.txt', '\\x5cxff.txt')
    """
    if "\\x" in name:
        name = _LOOKS_ESCAPED.sub(r"\\x5c", name)
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("utf-8", "backslashreplace")
    return name


def is_container(name: str) -> bool:
    """Whether a file holds other files, by its name: a docx is a zip too, and a document.

    >>> is_container("2021/附件.ZIP"), is_container("a.tar.gz"), is_container("a.docx")
    (True, True, False)
    """
    return name[-_LONGEST:].lower().endswith(_CONTAINERS)


def is_left_out(member: str) -> bool:
    """Whether any part of a member's path is hidden or a lock file.

    >>> is_left_out("__MACOSX/._a.pdf"), is_left_out("../a.pdf"), is_left_out("a/b.pdf")
    (True, False, False)
    """
    parts = [part for part in member.split("/") if part not in (".", "..")]
    return any(part.startswith(LEFT_OUT) for part in parts)


def zip_member_name(name: str, flags: int) -> str:
    """The name of a zip's member as its author saw it.

    Without the flag for UTF-8 the bytes are of the author's code page, GBK for most of these
    archives; `zipfile` shows them as code page 437.

    >>> zip_member_name("╣╪╙┌.txt", 0)
    '关于.txt'
    """
    if not flags & _UTF8_FLAG:
        # What has no byte there was taken by `zipfile` from the extra field for UTF-8.
        with contextlib.suppress(UnicodeEncodeError):
            name = member_name(name.encode("cp437"))
    # Windows programs part folders with a backslash.
    return name.replace("\\", "/").replace("\0", "\\x00")


def member_name(raw: bytes) -> str:
    """Bytes of a name as text: UTF-8, else GB18030, else what cannot be told is kept as escapes."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")
