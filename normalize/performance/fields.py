"""The header of the indicators: which column holds what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache

import regex

from normalize.performance.claims import is_claim_like
from normalize.performance.grid import GridRow, Slot
from normalize.performance.taxonomy import text_to_level
from normalize.performance.words import MEMORY, bare, lookup, nearest, table
from normalize.text import squeeze


class Field(StrEnum):
    """What a column of the indicators holds, in the usual order of the columns."""

    GROUP = "group"
    LEVEL1 = "level1"
    LEVEL2 = "level2"
    NAME = "name"
    NATURE = "nature"
    LONG_TARGET = "long_target"
    TARGET = "target"
    MEASURE = "measure"
    ACTUAL = "actual"
    WEIGHT = "weight"
    SCORE = "score"
    REASON = "reason"
    NOTE = "note"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class FieldColumn:
    """A field with the columns that it takes: from `first` up to, not including, `end`."""

    field: Field
    first: int
    end: int
    printed: str


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a form. `row` and `last` are the indices of its first and last row, -1 where
    the header is missing and the columns come from the first complete row below. `blocks` counts
    how many times the indicators stand side by side (long-term and yearly ones). `units` are the
    names of units in the header of a form that prints a target for each of them; the first one's
    column, that of the whole, then is the target's."""

    row: int
    last: int
    columns: tuple[FieldColumn, ...]
    blocks: int = 1
    units: tuple[Slot, ...] = ()

    def has(self, field: Field) -> bool:
        """Whether the form prints a column of this kind."""
        return any(column.field is field for column in self.columns)


_NAMES = frozenset({Field.NAME, Field.LEVEL2})
_VALUES = frozenset({Field.TARGET, Field.ACTUAL, Field.LONG_TARGET})
_ORDER = {field: rank for rank, field in enumerate(Field)}
_YEAR = regex.compile(r"^(?P<year>2[0O][0-9OoIl]{2})年(?:度)?")
_AS_DIGITS = str.maketrans("OoIl", "0011")
_LONGEST_HEADER = 24
_FEWEST_SIGNS = 3
_LEVELS = (Field.LEVEL1, Field.LEVEL2, Field.NAME)


@lru_cache(maxsize=MEMORY)
def text_to_fields(text: str) -> tuple[Field, ...]:
    """The fields that a header cell may name: one where it is clear, none where it names none.

    >>> text_to_fields("年度指标值（包含数字及文字描述）"), text_to_fields("上年实际完成值")
    ((<Field.TARGET: 'target'>,), (<Field.NOTE: 'note'>,))
    """
    known = lookup("headers", "printed", "meaning")
    key = bare(text)
    if key in known:
        return (Field(known[key]),)
    undated = _YEAR.sub("", key)
    starts = [word for word in known if len(word) >= 3 and undated.startswith(word)]
    if key.startswith(_notes("start")):
        return (Field.NOTE,)
    if (starts or undated in known) and len(key) <= _LONGEST_HEADER:
        field = Field(known[undated if undated in known else max(starts, key=len)])
        beside = key.endswith(_notes("end")) and undated not in known
        return (Field.NOTE,) if beside and field is not Field.REASON else (field,)
    return tuple(sorted({Field(known[word]) for word in nearest(key, tuple(known))}))


@cache
def _notes(place: str) -> tuple[str, ...]:
    """How headers of columns begin or end that hold neither target nor result (上年实际值)."""
    return tuple(row["word"] for row in table("header_notes") if row["place"] == place)


def row_to_fields(row: GridRow) -> Mapping[int, Field]:
    """Column to field for the cells of a row that are header words; a word garbled into two
    possible ones (`□级指标`) takes the one that is left between its neighbours."""
    sure: dict[int, Field] = {}
    unsure: dict[int, tuple[Field, ...]] = {}
    for slot in row.filled:
        fields = text_to_fields(slot.text)
        if len(fields) == 1:
            sure[slot.column] = fields[0]
        elif fields:
            unsure[slot.column] = fields
    for column, fields in unsure.items():
        before = max((_ORDER[f] for c, f in sure.items() if c < column), default=-1)
        after = min((_ORDER[f] for c, f in sure.items() if c > column), default=len(_ORDER))
        left = [f for f in fields if before < _ORDER[f] < after and f not in sure.values()]
        if left:
            sure[column] = min(left, key=_ORDER.__getitem__)
    named = _with_name(dict(sorted(sure.items())))
    return _with_past_years(row, _with_direction(row, named))


def _with_direction(row: GridRow, fields: dict[int, Field]) -> dict[int, Field]:
    """指标方向 holds the signs (大于等于) where no column of signs stands beside it."""
    if Field.NATURE in fields.values():
        return fields
    words = _notes("direction")
    found = [s.column for s in row.filled if s.column in fields and bare(s.text) in words]
    return {**fields, found[0]: Field.NATURE} if len(found) == 1 else fields


def _with_name(fields: dict[int, Field]) -> dict[int, Field]:
    """绩效指标 right of the levels, where no other word names the indicators, names them; left of
    them it is the caption of the whole."""
    first = min((c for c, f in fields.items() if f in _LEVELS[:2]), default=None)
    if first is None or Field.NAME in fields.values():
        return fields
    right = [c for c, f in fields.items() if f is Field.GROUP and c > first]
    return {**fields, right[0]: Field.NAME} if right else fields


def _with_past_years(row: GridRow, fields: dict[int, Field]) -> dict[int, Field]:
    """Of columns of several years (`2022年实际值 | 2023年目标值`) only the last one counts; one
    whose words are garbled (`2023年指标値`) is like the others where these are alike."""
    dated = {
        s.column: int(m["year"].translate(_AS_DIGITS))
        for s in row.filled
        if (m := _YEAR.match(bare(s.text)))
    }
    kinds = {fields[column] for column in dated if column in fields}
    if len(kinds) == 1:
        fields = {**dict.fromkeys(dated, next(iter(kinds))), **fields}
    years = {column: year for column, year in dated.items() if column in fields}
    past = {c for c, year in years.items() if year < max(years.values())}
    return {c: Field.NOTE if c in past else f for c, f in fields.items()}


def is_header(row: GridRow) -> bool:
    """Whether a row is a header of indicators: three kinds of header words, values among them."""
    fields = row_to_fields(row)
    kinds = set(fields.values())
    levels = kinds & {Field.LEVEL1, Field.LEVEL2, Field.NAME}
    if not kinds & _NAMES or (len(fields) * 2 < len(row.filled) and len(levels) < len(_LEVELS)):
        return False
    return (len(levels) >= 2 and len(kinds) >= 3) or (
        bool(kinds & _VALUES) and len(kinds - {Field.NOTE, Field.GROUP}) >= 3
    )


def grid_to_header(rows: Sequence[GridRow]) -> Header | None:
    """Finds the header of the indicators, a second header row merged into it.

    Where none can be read, the first row that prints two levels, a name and a value shows the
    columns (`row` is then -1).
    """
    for number, row in enumerate(rows):
        if is_header(row):
            fields = {c: (f, _slot(row, c).text) for c, f in row_to_fields(row).items()}
            last = number
            if number + 1 < len(rows) and _continues(rows[number + 1]):
                last += 1
                for column, field in row_to_fields(rows[last]).items():
                    fields[column] = (field, _slot(rows[last], column).text)
            units = () if _VALUES & {f for f, _ in fields.values()} else _unit_names(row, fields)
            for slot in units:
                first = slot is units[0]
                fields[slot.column] = (Field.TARGET if first else Field.UNIT, slot.text)
            for slot in (s for r in rows[number : last + 1] for s in r.filled):
                # A word that nobody knows heads a column of its own, not the one beside it.
                fields.setdefault(slot.column, (Field.NOTE, slot.text))
            header = _to_header(number, last, fields, _width(rows))
            return replace(header, units=units if len(units) > 1 else ())
    return _header_from_body(rows)


def with_signs(header: Header, rows: Sequence[GridRow]) -> Header:
    """The header with a column of signs, where no word says so and every cell below is one."""
    if header.has(Field.NATURE):
        return header
    signs = {row["word"] for row in table("natures") if row["sign"]}
    for column in header.columns:
        slots = (row.at(column.first) for row in rows[header.last + 1 :])
        texts = [bare(slot.text) or slot.text for slot in slots if slot is not None and slot.text]
        told = sum(text in signs for text in texts)
        if column.field is Field.NOTE and told >= _FEWEST_SIGNS and told * 5 >= len(texts) * 4:
            kept = (replace(c, field=Field.NATURE) if c is column else c for c in header.columns)
            return replace(header, columns=tuple(kept))
    return header


def _unit_names(row: GridRow, fields: Mapping[int, tuple[Field, str]]) -> tuple[Slot, ...]:
    """What stands right of the names in a header without a word for values: names of units."""
    name = max((c for c, (field, _) in fields.items() if field is Field.NAME), default=None)
    if name is None:
        return ()
    return tuple(s for s in row.filled if s.column > name and s.column not in fields)


def _slot(row: GridRow, column: int) -> Slot:
    return next(slot for slot in row.slots if slot.column == column)


def _width(rows: Sequence[GridRow]) -> int:
    return max(len(row.slots) for row in rows)


def _continues(row: GridRow) -> bool:
    """Whether a row is the second one of a header (`符号 | 数值 | 单位` below 指标值)."""
    fields = row_to_fields(row)
    strange = [s for s in row.filled if s.column not in fields and not s.text.endswith("值")]
    return not strange and not set(fields.values()) <= {Field.GROUP, Field.NOTE}


def _to_header(
    number: int, last: int, fields: Mapping[int, tuple[Field, str]], width: int
) -> Header:
    columns = sorted(fields)
    ends = [*columns[1:], max(width, columns[-1] + 1)]
    found = tuple(
        FieldColumn(fields[first][0], first, end, fields[first][1])
        for first, end in zip(columns, ends, strict=True)
    )
    blocks = max(sum(c.field is f for c in found) for f in (Field.NAME, Field.TARGET, Field.LEVEL2))
    return Header(number, last, _one_block(found) if blocks > 1 else found, max(blocks, 1))


def _one_block(columns: tuple[FieldColumn, ...]) -> tuple[FieldColumn, ...]:
    """Of indicators side by side, the yearly ones: those said to be so, else the rightmost.

    A column that stands once (一级指标 at the left, 备注 at the right) belongs to every block. The
    columns of the other blocks stay, as notes, so that their cells have a place.
    """
    kept = []
    for field in dict.fromkeys(column.field for column in columns):
        same = [column for column in columns if column.field is field]
        yearly = [column for column in same if "年度" in squeeze(column.printed)]
        kept.append((yearly or same)[-1])
    return tuple(c if c in kept else replace(c, field=Field.NOTE) for c in columns)


def _header_from_body(rows: Sequence[GridRow]) -> Header | None:
    for row in rows:
        filled = row.filled
        if len(filled) < 4:
            continue
        one, two, name, value = filled[:4]
        levels = text_to_level(one.text).level1 and text_to_level(two.text).level2
        if levels and is_claim_like(value.text):
            slots = (one, two, name, value)
            kinds = (*_LEVELS, Field.TARGET)
            fields = {s.column: (f, "") for s, f in zip(slots, kinds, strict=True)}
            return _to_header(-1, -1, fields, _width(rows))
    return None
