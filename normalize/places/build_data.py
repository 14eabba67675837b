"""Make the gazetteer's files `units.csv`, `aliases.csv`, `successions.csv` from public tables.

    python -m normalize.places.build_data china.csv [regional.csv ...]

`china.csv` has the columns code, name, first_year, last_year: every (code, name) pair of the yearly
tables of the Ministry of Civil Affairs, as the public data sets lizy14/division-changes and
caijf/lcn keep them. A regional table (columns code, name, parent_code, predecessor) is checked
against it, and its predecessors become links. docs/gazetteer.md says how to update.
The other files of the data folder are written by hand and only read here.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from normalize.places.names import short_forms, stem
from normalize.places.vocabulary import DATA, Vocabulary, load_vocabulary
from schemas.places import Level, Unit

LAST_YEAR = 2024
CONTAINERS = ("直辖县级行政区划", "市辖区")


@dataclass(frozen=True, slots=True)
class Link:
    """One unit that became another at the end of `year` of the first."""

    before: Unit
    after: Unit
    evidence: str


def level_of(code: str) -> Level:
    """The level that a division code says: 650000 province, 654200 prefecture, 654221 county."""
    if code.endswith("0000"):
        return Level.PROVINCE
    return Level.PREFECTURE if code.endswith("00") else Level.COUNTY


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file by column name."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def is_container(code: str, name: str) -> bool:
    """Rows that only group others: 419000 省直辖县级行政区划, 110100 北京市, 500200 县."""
    municipality = code[:2] in {"11", "12", "31", "50"} and level_of(code) is Level.PREFECTURE
    return municipality or name == "县" or any(word in name for word in CONTAINERS)


def china_to_units(
    rows: Iterable[dict[str, str]], corrections: Iterable[dict[str, str]]
) -> list[Unit]:
    """Units with parents by code; container rows left out, known slips of the tables corrected."""
    spans = {
        (row["code"], row["name"]): (int(row["first_year"]), int(row["last_year"]))
        for row in rows
        if not is_container(row["code"], row["name"])
    }
    for row in corrections:
        spans.pop((row["code"], row["name"]), None)
        if row["action"] == "set":
            spans[row["code"], row["name"]] = (int(row["first_year"]), int(row["last_year"]))
    codes = {code for code, _ in spans}
    return [
        Unit(code, name, level_of(code), parent_of(code, codes), first, last)
        for (code, name), (first, last) in sorted(
            spans.items(), key=lambda item: (item[0][0], item[1])
        )
    ]


def parent_of(code: str, codes: set[str]) -> str:
    """The next coded unit above; counties that a province administers itself have the province."""
    if level_of(code) is Level.PROVINCE:
        return ""
    prefecture = code[:4] + "00"
    if level_of(code) is Level.COUNTY and prefecture in codes:
        return prefecture
    return code[:2] + "0000"


def fill_2023(units: Sequence[Unit], links: Sequence[Link]) -> list[Unit]:
    """Date to 2023 what changed between the tables of 2022 and 2024: the table of 2023 is not
    among the sources, so such a change leaves a year in which neither unit stands."""
    late = {
        link.after
        for link in links
        if (link.before.last_year, link.after.first_year) == (2022, 2024)
    }
    return [replace(unit, first_year=2023) if unit in late else unit for unit in units]


def find_links(
    units: Sequence[Unit],
    by_hand: Iterable[dict[str, str]],
    regional: Iterable[dict[str, str]],
) -> list[Link]:
    """Which unit became which: by hand, by a regional table, by equal name, code or stem."""
    by_pair = {(unit.code, unit.name): unit for unit in units}
    links = {}
    for row in by_hand:
        before = by_pair[row["code_from"], row["name_from"]]
        links[before] = Link(before, by_pair[row["code_to"], row["name_to"]], row["evidence"])
    by_code = defaultdict(list)
    for unit in units:
        by_code[unit.code].append(unit)
    for row in regional:
        for before in by_code[row["predecessor"]]:
            after = by_pair.get((row["code"], row["name"]))
            if after and before not in links:
                links[before] = Link(before, after, "predecessor in a regional table")
    for before in units:
        if before.last_year < LAST_YEAR and before not in links:
            found = link_by_rule(before, units)
            if found:
                links[before] = found
    return [links[unit] for unit in units if unit in links]


def link_by_rule(before: Unit, units: Sequence[Unit]) -> Link | None:
    """The one unit that begins when `before` ends and shares its name, its code or its stem."""
    following = [
        unit
        for unit in units
        if unit.first_year - before.last_year in {1, 2}
        and unit.code[:2] == before.code[:2]
        and unit.level is before.level
    ]
    rules = (
        ("same name, new code", [u for u in following if u.name == before.name]),
        ("same code, new name", [u for u in following if u.code == before.code]),
        ("same stem, new designator", [u for u in following if stem(u.name) == stem(before.name)]),
    )
    for reason, found in rules:
        if len(found) == 1:
            return Link(before, found[0], reason)
    return None


def aliases(
    units: Sequence[Unit], customary: Iterable[dict[str, str]], vocabulary: Vocabulary
) -> list[tuple[str, ...]]:
    """Short forms by rule, then customary ones by hand."""
    rows: dict[tuple[str, str], tuple[str, ...]] = {}
    for unit in units:
        for short in short_forms(unit.name, vocabulary):
            rows[unit.code, short] = (unit.code, short, "short", f"by rule from {unit.name}")
    codes = {unit.code for unit in units}
    for row in customary:
        if row["code"] not in codes:
            raise SystemExit(f"customary.csv: no unit has the code {row['code']}")
        rows.setdefault(
            (row["code"], row["alias"]), (row["code"], row["alias"], "customary", row["evidence"])
        )
    return sorted(rows.values())


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file with Unix line ends."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def check_regional(units: Sequence[Unit], rows: Iterable[dict[str, str]]) -> list[str]:
    """Where a regional table contradicts the national one, in words."""
    by_pair = {(unit.code, unit.name): unit for unit in units}
    problems = []
    for row in rows:
        unit = by_pair.get((row["code"], row["name"]))
        if unit is None:
            problems.append(
                f"{row['code']} {row['name']}: not in the national table ({row.get('status', '')})"
            )
        elif unit.parent != row["parent_code"]:
            problems.append(
                f"{row['code']} {row['name']}: parent {unit.parent}, regional {row['parent_code']}"
            )
    return problems


def main(arguments: Sequence[str]) -> None:
    """Write the three files; say on stderr what the regional tables contradict."""
    if not arguments:
        raise SystemExit(__doc__)
    vocabulary = load_vocabulary()
    regional = [row for path in arguments[1:] for row in read_rows(Path(path))]
    units = china_to_units(read_rows(Path(arguments[0])), read_rows(DATA / "corrections.csv"))
    for problem in check_regional(units, regional):
        print("left out or differs:", problem, file=sys.stderr)
    by_hand = read_rows(DATA / "links.csv")
    units = fill_2023(units, find_links(units, by_hand, regional))
    links = find_links(units, by_hand, regional)
    write(
        DATA / "units.csv",
        ("code", "name", "level", "parent", "first_year", "last_year"),
        [(u.code, u.name, u.level, u.parent, u.first_year, u.last_year) for u in units],
    )
    write(
        DATA / "aliases.csv",
        ("code", "alias", "kind", "evidence"),
        aliases(units, read_rows(DATA / "customary.csv"), vocabulary),
    )
    write(
        DATA / "successions.csv",
        ("code_from", "name_from", "code_to", "name_to", "year", "evidence"),
        [
            (
                k.before.code,
                k.before.name,
                k.after.code,
                k.after.name,
                k.after.first_year,
                k.evidence,
            )
            for k in links
        ],
    )


if __name__ == "__main__":
    main(sys.argv[1:])
