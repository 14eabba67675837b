"""The lines within a cell as one text."""

from collections.abc import Iterable

import regex

from extract.claims import looks_like_figure

_PARTS = regex.compile(r"[\n\r\t]|\s{2,}")


def join_parts(texts: Iterable[str]) -> str:
    """Lines of a cell with blanks between, but two figures with a sign that no figure has: 100
    above 200 is not 100 200, which is how some print 100200.

    >>> join_parts(["城乡居民", "养老保险"]), join_parts(["100\\n200"]), join_parts(["合计", "200"])
    ('城乡居民 养老保险', '100；200', '合计 200')
    """
    joined = last = ""
    for text in texts:
        for part in _PARTS.split(text):
            if not (part := part.strip()):
                continue
            both = bool(last) and looks_like_figure(last) and looks_like_figure(part)
            joined += ("；" if both else " " if joined else "") + part
            last = part
    return joined
