"""What a finding says, in Chinese.

A finding carries one plain English sentence. `data/sentences.toml` has every sentence in both
languages with the same named fields; the fields are read back out of the English one and put into
the Chinese one. So whoever makes a finding says it once, the findings of a store can be told in
Chinese as well, and a translation is a line of data.

A sentence from which the fields can be read in two ways is not told in Chinese: to put words where
they do not belong would be a silent error.
"""

import ast
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from ingest.reports.words import data_text, rule_title
from schemas.records import FindingRecord

ANY_RULE = "any-rule"
PHRASES = "phrases"

_FIELD = re.compile(r"\{(\w+)(!r|@|\*)?\}")
_BETWEEN = "; "


class FieldKind(Enum):
    """How a field stands in the English sentence: as it is, in quotes, as a phrase, as several."""

    PLAIN = None
    QUOTED = "!r"
    PHRASE = "@"
    LIST = "*"


@dataclass(frozen=True, slots=True)
class Field:
    """A place of a sentence that differs from finding to finding."""

    name: str
    kind: FieldKind


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in both languages. `texts` are the English words around the fields, one more than
    there are fields; `chinese` has `{name}` for each field that is no list."""

    texts: tuple[str, ...]
    fields: tuple[Field, ...]
    chinese: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a finding says: a sentence, and what it lists (its equations, its evidence)."""

    text: str
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.text}{'；'.join(self.details)}"


def finding_in_chinese(finding: FindingRecord) -> Said:
    """What a finding says, in Chinese; where no row of the data fits, what its rule is called
    before the English sentence."""
    by_rule = _sentences()
    rows = (*by_rule.get(finding.rule, ()), *by_rule[ANY_RULE])
    return _told(finding.message, rows) or _untold(finding)


def phrase_in_chinese(text: str) -> str:
    """A phrase in Chinese where the data has it, else as it stands.

    >>> phrase_in_chinese("no header like it"), phrase_in_chinese("甲")
    ('没有相近的表头', '甲')
    """
    bare = text.strip()
    for form in (bare, f"{bare}.", bare.removesuffix(".")):
        said = _told(form, _sentences()[PHRASES])
        if said is not None:
            return said.text
    return text


def _untold(finding: FindingRecord) -> Said:
    return Said(f"{rule_title(finding.rule)}：", (finding.message,))


def _told(text: str, rows: Iterable[Sentence]) -> Said | None:
    """A text by the first row that fits; None where none does, or where that one fits twice."""
    for sentence in rows:
        readings = split_by(text, sentence.texts)
        if readings:
            return _put_in(sentence, readings[0]) if len(readings) == 1 else None
    return None


def split_by(text: str, texts: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """What stands between given texts, all of it, in each way to read it; two ways at most.

    Nothing between them is empty. Read from the left each text stands as early as it can, read
    from the right as late as it can; only where both agree is there one way.

    >>> split_by("塔城, 人数: prints 3.", ("", ", ", ": prints ", "."))
    (('塔城', '人数', '3'),)
    >>> split_by("a, b, c: prints 3.", ("", ", ", ": prints ", "."))
    (('a', 'b, c', '3'), ('a, b', 'c', '3'))
    """
    if len(texts) == 1:
        return ((),) if text == texts[0] else ()
    first, *inner, last = texts
    start, end = len(first), len(text) - len(last)
    if start >= end or not (text.startswith(first) and text.endswith(last)):
        return ()
    ways = (_early(text, inner, start, end), _late(text, inner, start, end))
    found = {tuple(way): None for way in ways if way is not None}
    return tuple(
        tuple(
            text[a:b]
            for a, b in zip(
                [start, *(at + len(word) for at, word in zip(way, inner, strict=True))],
                [*way, end],
                strict=True,
            )
        )
        for way in found
    )


def _early(text: str, inner: list[str], start: int, end: int) -> list[int] | None:
    places = []
    for word in inner:
        at = text.find(word, start + 1, end)
        if at < 0:
            return None
        places.append(at)
        start = at + len(word)
    return places if start < end else None


def _late(text: str, inner: list[str], start: int, end: int) -> list[int] | None:
    places = []
    for word in reversed(inner):
        at = text.rfind(word, start, end - 1)
        if at < 0:
            return None
        places.append(at)
        end = at
    return places[::-1] if start < end else None


def _put_in(sentence: Sentence, parts: tuple[str, ...]) -> Said | None:
    values: dict[str, str] = {}
    details: tuple[str, ...] = ()
    for field, part in zip(sentence.fields, parts, strict=True):
        if field.kind is FieldKind.LIST:
            details = tuple(phrase_in_chinese(one) for one in part.split(_BETWEEN))
        elif field.kind is FieldKind.QUOTED:
            unquoted = _unquoted(part)
            if unquoted is None:
                return None
            values[field.name] = unquoted
        else:
            values[field.name] = phrase_in_chinese(part) if field.kind is FieldKind.PHRASE else part
    return Said(_filled(sentence.chinese, values), details)


def _filled(chinese: str, values: Mapping[str, str]) -> str:
    return _FIELD.sub(lambda match: values[match[1]], chinese)


def _unquoted(text: str) -> str | None:
    """A text that was put in quotes, as it was.

    >>> _unquoted("'≥90'"), _unquoted("90")
    ('≥90', None)
    """
    if text[:1] not in ("'", '"') or text[-1:] != text[:1]:
        return None
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return None
    return value if isinstance(value, str) else None


@cache
def _sentences() -> dict[str, tuple[Sentence, ...]]:
    """The sentences by rule, in the order of the data."""
    rows: dict[str, list[dict[str, str]]] = tomllib.loads(data_text("sentences.toml"))
    return {rule: tuple(_sentence(row) for row in found) for rule, found in rows.items()}


def _sentence(row: Mapping[str, str]) -> Sentence:
    """A row of the data. The English words around its fields tell where the fields begin and end.

    >>> _sentence({"en": "{name!r} has no printed target.", "zh": "{name}没有目标值。"}).texts
    ('', ' has no printed target.')
    """
    pieces = _FIELD.split(row["en"])
    fields = tuple(
        Field(name, FieldKind(kind)) for name, kind in zip(pieces[1::3], pieces[2::3], strict=True)
    )
    return Sentence(tuple(pieces[::3]), fields, row["zh"])
