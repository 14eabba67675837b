"""HTML pages that need nothing but themselves: templates filled with escaped texts.

Names and titles come from files that anybody may have written. Every text is escaped by the
template engine, and the page's own rules let no script run but ours, known by its hash.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from ingest.export.plain import plain_decimal
from ingest.reports.words import data_text, words

_DIGITS = 3


def write_page(path: Path, title: str, parts: Iterable[str]) -> None:
    """Write a page of parts that are HTML already (made by `render`)."""
    script = data_text("report.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    head, foot = render(
        "page.html",
        title=title,
        style=Markup(data_text("report.css")),
        script=Markup(script),
        digest=digest,
        parts="\0",
    ).split("\0")
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(head)
        file.writelines(parts)
        file.write(foot)


def copied(path: Path) -> Iterator[str]:
    """A text file in pieces."""
    with path.open(encoding="utf-8", newline="") as file:
        while piece := file.read(1 << 16):
            yield piece


def render(template: str, **values: Any) -> str:
    """A template of `data/` with values, all of them escaped; `w` holds the words.

    Raises jinja2.UndefinedError where the template asks for a value that is not given.
    """
    return _environment().get_template(template).render(w=words(), **values)


def render_in_parts(template: str, **values: Any) -> Iterator[str]:
    """The same, piece by piece: for what may be too long for memory."""
    return _environment().get_template(template).generate(w=words(), **values)


def shown(value: Any) -> str:
    """A value as people read it: numbers in groups of three, an absent one as a dash.

    >>> from decimal import Decimal
    >>> shown(Decimal("-6011348.50")), shown(None), shown("=甲")
    ('-6,011,348.50', '—', '=甲')
    """
    if value is None:
        return "—"
    if not hasattr(value, "as_tuple"):
        return str(value)
    whole, point, places = plain_decimal(value).partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    first = len(digits) % _DIGITS
    groups = [digits[:first]] if first else []
    groups += [digits[i : i + _DIGITS] for i in range(first, len(digits), _DIGITS)]
    return f"{sign}{','.join(groups)}{point}{places}"


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FunctionLoader(data_text),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["shown"] = shown
    return made
