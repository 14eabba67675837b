"""The words that place names are made of and stand beside, from the data files of this package."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from schemas.places import Level

DATA = Path(__file__).with_name("data")


class GazetteerError(ValueError):
    """A data file of the gazetteer is wrong. The message names the file, the line and the fault."""


@dataclass(frozen=True, slots=True)
class Designator:
    """The word that ends a name and says what it is: 自治州, which is cut to 州 in short forms."""

    official: str
    short: str
    level: Level


@dataclass(frozen=True, slots=True)
class LevelWord:
    """A word for a whole (全区 of a province or a district) or for its own offices (州本级).

    `level` is the level that the whole then has; None where the word does not say it.
    """

    word: str
    level: Level | None


@dataclass(frozen=True, slots=True)
class AreaWord:
    """A word that ends the name of an area without a code; `alone` says that it may be all of the
    name (高新区, the one of the whole), where others need one before them (正定新区)."""

    word: str
    alone: bool


@dataclass(frozen=True, slots=True)
class OrganWord:
    """A word that ends the name of an organisation; `stem` says that a place without its designator
    may stand before it (塔城财政局), where 西安理工大学 is no organisation of 西安市."""

    word: str
    stem: bool


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All word lists. Longer words come before shorter ones, so that the first match is the right
    one; `ethnic` holds names without 族; `provinces` maps the character that begins a province's
    document numbers to its code."""

    ethnic: tuple[str, ...]
    designators: tuple[Designator, ...]
    organs: tuple[OrganWord, ...]
    totals: tuple[LevelWord, ...]
    own_level: tuple[LevelWord, ...]
    areas: tuple[AreaWord, ...]
    other_endings: tuple[str, ...]
    provinces: Mapping[str, str]


def read_csv(name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a data file of this package, each with its line number.

    Raises GazetteerError where a row has too few or too many cells."""
    path = DATA / name
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        for row in reader:
            if None in row or None in row.values():
                raise GazetteerError(f"{path}, line {reader.line_num}: wrong number of cells")
            yield reader.line_num, row


def _words(name: str, column: str = "word") -> tuple[str, ...]:
    return tuple(sorted({row[column] for _, row in read_csv(name)}, key=lambda w: (-len(w), w)))


def _level_words(name: str) -> tuple[LevelWord, ...]:
    words = [
        LevelWord(row["word"], Level(row["level"]) if row["level"] else None)
        for _, row in read_csv(name)
    ]
    return tuple(sorted(words, key=lambda w: (-len(w.word), w.word, w.level or "")))


@cache
def load_vocabulary() -> Vocabulary:
    """Read the word lists once."""
    designators = [
        Designator(row["official"], row["short"], Level(row["level"]))
        for _, row in read_csv("designators.csv")
    ]
    designators.sort(key=lambda d: (-len(d.official), d.official, d.level))
    return Vocabulary(
        ethnic=_words("ethnic.csv", "name"),
        designators=tuple(designators),
        organs=tuple(
            OrganWord(row["word"], row["stem"] == "yes")
            for _, row in sorted(read_csv("organs.csv"), key=lambda r: -len(r[1]["word"]))
        ),
        totals=_level_words("totals.csv"),
        own_level=_level_words("own_level.csv"),
        areas=tuple(
            AreaWord(row["word"], row["alone"] == "yes") for _, row in read_csv("areas.csv")
        ),
        other_endings=_words("other_endings.csv"),
        provinces={row["abbreviation"]: row["code"] for _, row in read_csv("provinces.csv")},
    )
