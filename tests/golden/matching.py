"""When a value of a table agrees with what the truth says of it.

A truth is a text, with five signs of its own:

- `?`      nothing is said here, anything is right;
- `?X`     empty or X (leaving it out is allowed, a wrong answer is not);
- `!X`     anything but X;
- `~X`     contains X;
- `X|Y`    X or Y (`X|` is X or empty).
"""

from decimal import Decimal, InvalidOperation

import regex

_PLACES = {"row_no", "col_no", "rows", "columns", "value", "weight", "score"}
_CLAIMS = {"target_low", "target_high", "actual_value"}
_BUDGETS = {"amount_total", "amount_fiscal", "amount_other", "budget", "executed"}
NUMBERS = frozenset(_PLACES | _CLAIMS | _BUDGETS)
LEVELS = frozenset(("level1", "level2"))
_INVISIBLE = regex.compile(r"[\s\p{Cf}\p{Co}]+")
_HARMLESS = regex.compile(r"^'(?=[=+@\-＝＋－＠])")


def agrees(column: str, truth: str, got: str) -> bool:
    """Whether `got` is what `truth` asks for.

    >>> agrees("value", "1.50", "1.5"), agrees("unit_code", "?654200", "")
    (True, True)
    """
    if truth == "?" or _same(column, truth, got):
        return True
    if truth.startswith("!"):
        return not _same(column, truth[1:], got)
    if truth.startswith("?"):
        return got == "" or agrees(column, truth[1:], got)
    if "|" in truth:
        return any(_one(column, part, got) for part in truth.split("|"))
    return _one(column, truth, got)


def _one(column: str, truth: str, got: str) -> bool:
    if truth.startswith("~"):
        return fold(truth[1:]) in fold(got)
    return _same(column, truth, got)


def _same(column: str, truth: str, got: str) -> bool:
    if column in NUMBERS:
        left, right = _number(truth), _number(got)
        if left is not None and right is not None:
            return left == right
    if column in LEVELS:
        return _level(truth) == _level(got)
    return fold(truth) == fold(got)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text.isascii() else None
    except InvalidOperation:
        return None


def _level(text: str) -> str:
    """Names of levels without the parts that custom adds: 服务对象满意度指标 is 满意度."""
    return fold(text).removesuffix("指标").removeprefix("服务对象")


def fold(text: str) -> str:
    """Text without what cannot be seen, and without the mark that makes a csv cell harmless."""
    return _INVISIBLE.sub("", _HARMLESS.sub("", text))
