"""The words of a column that has a fixed set of them, read off the record types."""

from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from schemas.records import RECORD_TYPES


@cache
def column_words(table: str, column: str) -> tuple[str, ...]:
    """The words, none where any text may stand.

    >>> column_words("notices", "outcome"), column_words("notices", "title")
    (('accepted', 'needs_review', 'rejected'), ())
    """
    return _words(RECORD_TYPES[table].model_fields[column].annotation)


def _words(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) in (Union, UnionType):
        return tuple(word for part in get_args(annotation) for word in _words(part))
    if get_origin(annotation) is Literal:
        return tuple(str(word) for word in get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return tuple(str(member.value) for member in annotation)
    return ()
