"""Vocabulary files of this package: CSV rows as typed values, read once."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from schemas.tables import TableKind


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of `normalize/data/<name>`, by column name."""
    with files("normalize").joinpath("data", name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@dataclass(frozen=True, slots=True)
class KindWord:
    """A word that speaks for a kind of table, in its title or in its cells."""

    kind: TableKind
    in_title: bool
    word: str
    weight: int


@cache
def kind_words() -> tuple[KindWord, ...]:
    """The words of `data/table_kinds.csv`."""
    return tuple(
        KindWord(TableKind(row["kind"]), row["place"] == "title", row["word"], int(row["weight"]))
        for row in read_rows("table_kinds.csv")
    )


@cache
def words_for(use: str) -> tuple[str, ...]:
    """The words of `data/form_words.csv` for one use: restart, indicators, note, outside."""
    return tuple(row["word"] for row in read_rows("form_words.csv") if row["use"] == use)
