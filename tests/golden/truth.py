"""The tables of one file against the truth of its case."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import regex

from tests.golden.cases import Row, Rows, read_csv
from tests.golden.matching import agrees, fold

_ROW_FACTS = ("role", "unit_printed", "unit_code")
_KINDS = {"blank", "not_applicable", "text", "unreadable"}
_PUNCTUATION = regex.compile(r"[\p{P}\p{S}\s]+")


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the tables do not say what the truth says."""

    file: str
    place: str
    column: str
    truth: str
    got: str

    def __str__(self) -> str:
        return f"{self.file} {self.place} {self.column}: truth {self.truth!r}, got {self.got!r}"


def differences(truth: Path, rows: Rows) -> list[Difference]:
    """Everything in which `rows` disagree with the truth of a case, known gaps left out.

    A gap that is listed in `truth/open.csv` and no longer there is itself a difference: the list
    must not outlive its reason.
    """
    found = [difference for check in _CHECKS for difference in check(truth, rows)]
    gaps = {(gap["file"], gap["place"], gap["column"]) for gap in read_csv(truth / "open.csv")}
    left = [one for one in found if (one.file, one.place, one.column) not in gaps]
    seen = {(one.file, one.place, one.column) for one in found}
    return left + [
        Difference("open.csv", f"{file} {place}", column, "an open gap", "closed: take it out")
        for file, place, column in sorted(gaps - seen)
    ]


def _head(truth: Path, rows: Rows) -> Iterator[Difference]:
    path = truth / "head.json"
    if not path.exists():
        return
    (notice,) = rows["notices"]
    for column, said in json.loads(path.read_text("utf-8")).items():
        got = notice[column]
        if column == "accounts":
            wanted = sorted((one["kind"], one["code"], fold(one["name"])) for one in said)
            given = sorted((x["kind"], x["code"], fold(x["name"])) for x in json.loads(got or "[]"))
            if wanted != given:
                yield Difference("head.json", "notice", column, str(wanted), str(given))
        elif isinstance(said, list):
            if _joined(said) != _joined(json.loads(got or "[]")):
                yield Difference("head.json", "notice", column, "；".join(said), got)
        elif not agrees(column, said, got):
            yield Difference("head.json", "notice", column, said, got)


def _joined(texts: Iterable[str]) -> str:
    """A list as its words alone: where its items are parted is not a matter of fact."""
    return _PUNCTUATION.sub("", "".join(texts))


def _tables(truth: Path, rows: Rows) -> Iterator[Difference]:
    path = truth / "tables.csv"
    if not path.exists():
        return
    got = {row["table_no"]: row for row in rows["tables"]}
    for said in read_csv(path):
        row = got.pop(said["table_no"], None)
        place = f"table {said['table_no']}"
        if row is None:
            if not said["kind"].startswith("?"):
                yield Difference("tables.csv", place, "kind", said["kind"], "no such table")
            continue
        yield from _columns("tables.csv", place, said, row)
    for number, row in got.items():
        yield Difference("tables.csv", f"table {number}", "kind", "no such table", row["kind"])


def _figures(truth: Path, rows: Rows) -> Iterator[Difference]:
    if not (truth / "tables.csv").exists() and not (truth / "figures.csv").exists():
        return
    said = _by(read_csv(truth / "figures.csv"), "table_no", "row_no", "col_no")
    got = _by(rows["figures"], "table_no", "row_no", "col_no")
    yield from _missing_rows("figures.csv", said, got)
    yield from _missing_columns(said, got)
    told: set[tuple[str, str]] = set()
    for key in sorted(said.keys() & got.keys(), key=_order):
        table, row, column = key
        facts = dict(said[key])
        kind = facts.pop("kind", "?")
        place = f"table {table} row {row} col {column}"
        for one in _columns("figures.csv", f"table {table} row {row}", _of_row(facts), got[key]):
            if (one.place, one.column) not in told:  # once a row, not once a cell
                told.add((one.place, one.column))
                yield one
        yield from _columns("figures.csv", place, facts, got[key])
        status = got[key]["status"]
        shown = status if status in _KINDS else "number"
        if not agrees("kind", kind, shown):
            yield Difference("figures.csv", place, "kind", kind, f"{status} {got[key]['printed']}")


def _of_row(facts: Row) -> Row:
    """The facts of a cell that belong to its row, taken out of it."""
    return {column: facts.pop(column) for column in _ROW_FACTS}


def _missing_rows(
    file: str, said: dict[tuple[str, ...], Row], got: dict[tuple[str, ...], Row]
) -> Iterator[Difference]:
    """Rows that are in one and not in the other, one difference a row."""
    left, right = {key[:2] for key in said}, {key[:2] for key in got}
    for table, row in sorted(left - right, key=_order):
        yield Difference(file, f"table {table} row {row}", "row", "a row", "none")
    for table, row in sorted(right - left, key=_order):
        yield Difference(file, f"table {table} row {row}", "row", "none", "a row")


def _missing_columns(
    said: dict[tuple[str, ...], Row], got: dict[tuple[str, ...], Row]
) -> Iterator[Difference]:
    """Data columns that are in one and not in the other, one difference a column of a table."""
    left = {(table, column) for table, _, column in said}
    right = {(table, column) for table, _, column in got}
    both = {table for table, _ in left} & {table for table, _ in right}
    for table, column in sorted(left ^ right, key=_order):
        if table in both:
            there = ("a column", "none") if (table, column) in left else ("none", "a column")
            yield Difference("figures.csv", f"table {table} col {column}", "col", *there)


def _indicators(truth: Path, rows: Rows) -> Iterator[Difference]:
    file = "indicators.csv"
    said = _grouped(read_csv(truth / file), "table_no")
    got = _grouped(rows["indicators"], "table_no")
    free = {row["table_no"] for row in read_csv(truth / "across.csv")}
    for table in sorted(said.keys() | got.keys(), key=int):
        if table in free:
            continue
        wanted, given = said.get(table, []), list(got.get(table, []))
        if len(wanted) != len(given):
            place = f"table {table}"
            yield Difference(file, place, "indicators", str(len(wanted)), str(len(given)))
        for number, facts in enumerate(wanted):
            place = f"table {table} row {facts['row_no']}"
            row = _take(facts["indicator"], number, given)
            if row is None:
                yield Difference(file, place, "indicator", facts["indicator"], "none")
            else:
                yield from _columns(file, place, facts, row)
        for row in (row for row in given if row):
            place = f"table {table} row {row['row_no']}"
            yield Difference(file, place, "indicator", "none", row["indicator"])


def _take(name: str, number: int, given: list[Row]) -> Row | None:
    """The row of a name, out of those not yet taken: at its own place, else wherever it stands."""
    places = sorted(range(len(given)), key=lambda place: (place != number, place))
    for place in places:
        row = given[place]
        if row and agrees("indicator", name, row["indicator"]):
            given[place] = {}
            return row
    return None


def _performance(truth: Path, rows: Rows) -> Iterator[Difference]:
    got = _grouped(rows["indicators"], "table_no")
    for said in read_csv(truth / "performance.csv"):
        given = got.get(said["table_no"], [])
        facts = {key: said[key] for key in said if key not in ("table_no", "indicators")}
        place = f"table {said['table_no']}"
        if not given:
            yield Difference("performance.csv", place, "indicators", said["indicators"], "none")
            continue
        yield from _columns("performance.csv", place, facts, given[0])


def _across(truth: Path, rows: Rows) -> Iterator[Difference]:
    """Targets that differ from unit to unit: each must stand in a row that names its unit."""
    for said in read_csv(truth / "across.csv"):
        given = [
            row
            for row in rows["indicators"]
            if row["table_no"] == said["table_no"]
            and agrees("indicator", said["indicator"], row["indicator"])
            and (
                row["unit_code"] == said["unit_code"] or row["budget_unit"] == said["unit_printed"]
            )
        ]
        if not any(row["target_printed"] == said["target_printed"] for row in given):
            place = f"table {said['table_no']} {said['unit_printed']} {said['indicator']}"
            shown = "; ".join(row["target_printed"] for row in given) or "none"
            yield Difference("across.csv", place, "target_printed", said["target_printed"], shown)


def _findings(truth: Path, rows: Rows) -> Iterator[Difference]:
    """Places of which some finding must speak."""
    columns = ("table_no", "row_no", "col_no")
    got = {tuple(row[column] for column in columns) for row in rows["findings"]}
    for said in read_csv(truth / "findings.csv"):
        if tuple(said[column] for column in columns) not in got:
            place = f"table {said['table_no']} row {said['row_no']} col {said['col_no']}"
            yield Difference("findings.csv", place, "finding", said["why"], "none")


def hard_units(truth: Path, rows: Rows) -> list[Difference]:
    """Rows whose unit is not the right one of `truth/units.csv`, empty ones among them."""
    got = {(row["table_no"], row["row_no"]): row for row in rows["figures"]}
    found: list[Difference] = []
    for said in read_csv(truth / "units.csv"):
        code = got[said["table_no"], said["row_no"]]["unit_code"]
        if code != said["unit_code"]:
            place = f"table {said['table_no']} row {said['row_no']}"
            right = f"{said['unit_code']} {said['unit_name']}"
            found.append(Difference("units.csv", place, said["unit_printed"], right, code))
    return found


def hard_levels(truth: Path, rows: Rows) -> list[Difference]:
    """Indicators whose level is not the right one of `truth/levels.csv`."""
    got = {(row["table_no"], row["row_no"]): row for row in rows["indicators"]}
    found: list[Difference] = []
    for said in read_csv(truth / "levels.csv"):
        row = got[said["table_no"], said["row_no"]]
        facts = {"level1": said["level1"], "level2": said["level2"]}
        place = f"table {said['table_no']} row {said['row_no']} {said['indicator']}"
        found.extend(_columns("levels.csv", place, facts, row))
    return found


def _columns(file: str, place: str, facts: Row, row: Row) -> Iterator[Difference]:
    for column, said in facts.items():
        if not agrees(column, said, row[column]):
            yield Difference(file, place, column, said, row[column])


def _by(rows: Iterable[Row], *columns: str) -> dict[tuple[str, ...], Row]:
    return {tuple(row[column] for column in columns): row for row in rows}


def _grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups


def _order(key: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(int(part) for part in key)


_Check = Callable[[Path, Rows], Iterator[Difference]]
_CHECKS: tuple[_Check, ...] = (
    _head,
    _tables,
    _figures,
    _indicators,
    _performance,
    _across,
    _findings,
)
