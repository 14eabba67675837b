"""Values as text: plain decimals, and cells that no spreadsheet will run."""

import json
import re
from decimal import Decimal

from ingest.export.columns import Value

_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?%?", re.ASCII)
# Tab and carriage return are dropped before a formula is looked for, and spreadsheets in Chinese
# read the full-width signs as the plain ones.
_RUNNABLE = re.compile(r"'*[\t\r]*[=+\-@＝＋－＠]")


def plain_decimal(value: Decimal) -> str:
    """A number without exponent, float noise or negative zero; printed places are kept.

    >>> [plain_decimal(Decimal(text)) for text in ("1E+3", "91.50", "-4360", "-0")]
    ['1000', '91.50', '-4360', '0']
    """
    if not value.is_finite():
        raise ValueError(f"not a number that can be published: {value}")
    return format(value if value else abs(value), "f")


def is_runnable(text: str) -> bool:
    """Whether a spreadsheet would take a text for a formula.

    >>> is_runnable("=1次"), is_runnable("-4360"), is_runnable("-"), is_runnable("≥95%")
    (True, False, True, False)
    """
    return bool(_RUNNABLE.match(text)) and not _NUMBER.fullmatch(text)


def harmless(text: str) -> str:
    """A text that a spreadsheet shows and does not run: `=1次` becomes `'=1次`.

    To get the text back, take one apostrophe off any cell that is still runnable behind its
    apostrophes; a text that had apostrophes of its own before the sign gets one more, so that this
    is exact.
    """
    return f"'{text}" if is_runnable(text) else text


def value_text(value: Value) -> str:
    """A value as the text of a csv cell; absent is empty, a list is JSON, an empty list is empty.

    >>> [value_text(value) for value in (Decimal("-4360"), "@甲", ["甲", "乙"], [], None)]
    ['-4360', "'@甲", '["甲", "乙"]', '', '']
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return str(value)
