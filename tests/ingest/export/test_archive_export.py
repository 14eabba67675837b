"""A whole archive: parquet in partitions, a data package that is valid, one file."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from resource import RLIMIT_FSIZE, setrlimit

import frictionless
import pyarrow.dataset as ds
import pytest

from ingest.export.columns import TABLES, Kind, record_values, table_columns
from ingest.export.datapackage import table_schema
from ingest.export.formats import Format
from ingest.export.one_file import path_to_one_file, write_one_file
from ingest.export.partitions import PartitionedWriter
from ingest.export.writers import open_archive_export
from ingest.records import Records
from tests.ingest.export.readers import read_csv, read_xlsx, tables_of
from tests.ingest.store.made_store import filled_store, made_records

FIRST = made_records("甲.txt", year=2021)
SECOND = made_records("乙.txt", year=2022)
NOWHERE = made_records("丙.txt", year=None)


def without_codes(records: Records) -> Records:
    def blank(row: object) -> object:
        return row.model_copy(update={"unit_code": None})  # type: ignore[attr-defined]

    figures, indicators = (tuple(map(blank, t)) for t in (records.figures, records.indicators))
    return replace(records, figures=figures, indicators=indicators)  # type: ignore[arg-type]


def write(folder: Path, *documents: Records, formats: tuple[Format, ...] = tuple(Format)) -> Path:
    with open_archive_export(folder, formats) as export:
        for records in documents:
            export.write(records)
    return folder


def test_partitions_hold_every_row_once_under_year_and_province(tmp_path: Path) -> None:
    documents = (FIRST, SECOND, without_codes(NOWHERE))
    write(tmp_path, *documents, formats=(Format.PARQUET,))
    for table in TABLES:
        found = ds.dataset(tmp_path / table, partitioning="hive").to_table().to_pylist()
        names = [column.name for column in table_columns(table)]
        expected = [record_values(r) for one in documents for r in getattr(one, table)]
        rows = [[row[name] for name in names] for row in found]
        assert sorted(map(repr, rows)) == sorted(
            map(repr, map(_without_places, expected, [table] * 99))
        )
    (nowhere,) = (tmp_path / "figures" / "fiscal_year=__HIVE_DEFAULT_PARTITION__").iterdir()
    assert nowhere.name == "province=00"
    years = {path.name for path in (tmp_path / "figures").iterdir()}
    assert years == {
        "fiscal_year=2021",
        "fiscal_year=2022",
        "fiscal_year=__HIVE_DEFAULT_PARTITION__",
    }
    (province,) = (tmp_path / "figures" / "fiscal_year=2021").iterdir()
    assert province.name == "province=65"


def _without_places(values: list[object], table: str) -> list[object]:
    """A number as parquet gives it back: equal, with 18 places."""
    kinds = [column.kind for column in table_columns(table)]
    return [
        value.quantize(type(value)("1E-18"))
        if kind is Kind.DECIMAL and value is not None
        else value  # type: ignore[attr-defined]
        for value, kind in zip(values, kinds, strict=True)
    ]


def test_parts_have_a_limited_size(tmp_path: Path) -> None:
    writer = PartitionedWriter(tmp_path, part_rows=10)
    for records in (FIRST, SECOND, FIRST):
        writer.write(records)
    writer.close()
    parts = [path for path in tmp_path.rglob("*.parquet") if "figures" in path.parts]
    sizes = [ds.dataset(path).count_rows() for path in parts]
    assert sum(sizes) == 3 * len(FIRST.figures)
    assert max(sizes) <= 10


def test_an_empty_archive_still_tells_its_columns(tmp_path: Path) -> None:
    write(tmp_path)
    found = ds.dataset(tmp_path / "figures", partitioning="hive").to_table()
    assert found.num_rows == 0
    assert "unit_code" in found.column_names
    assert frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_an_archive_without_years_can_be_read(tmp_path: Path) -> None:
    write(tmp_path, NOWHERE, formats=(Format.PARQUET,))
    found = ds.dataset(tmp_path / "figures", partitioning="hive").to_table()
    assert set(found.column("fiscal_year").to_pylist()) == {None}
    assert found.num_rows == len(NOWHERE.figures)


def test_an_older_export_goes_as_a_whole(tmp_path: Path) -> None:
    write(tmp_path, FIRST, SECOND)
    write(tmp_path, SECOND)
    assert [path.name for path in (tmp_path / "figures").iterdir()] == ["fiscal_year=2022"]
    assert len(read_csv(tmp_path)["notices"]) == 1
    assert not list(tmp_path.glob(".*"))


def test_what_no_export_wrote_is_not_taken_away(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "thesis.docx").touch()
    with pytest.raises(FileExistsError, match="in the way"):
        write(tmp_path, FIRST)
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]
    assert (tmp_path / "tables" / "thesis.docx").exists()


def test_the_same_archive_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = (write(tmp_path / name, FIRST, SECOND) for name in ("a", "b"))
    files = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert len(files) > 15
    for file in files:
        assert (one / file).read_bytes() == (other / file).read_bytes(), file


def test_the_data_package_is_valid(tmp_path: Path) -> None:
    write(tmp_path, FIRST, SECOND, NOWHERE, formats=(Format.CSV,))
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.to_summary()
    assert report.stats["tasks"] == len(TABLES)


@pytest.mark.parametrize(
    ("file", "right", "wrong", "said"),
    [
        ("figures.csv", ",unproved,", ",unprooved,", "constraint-error"),
        ("figures.csv", ",91.50,unproved", ",9l.50,unproved", "type-error"),
        ("notices.csv", ",needs_review", ",", "constraint-error"),
        ("tables.csv", "甲.txt,1,", "甲.txt,7,", "foreign-key"),
    ],
)
def test_the_data_package_finds_what_is_broken(
    tmp_path: Path, file: str, right: str, wrong: str, said: str
) -> None:
    write(tmp_path, FIRST, formats=(Format.CSV,))
    text = (tmp_path / file).read_bytes().decode()
    assert right in text
    (tmp_path / file).write_bytes(text.replace(right, wrong, 1).encode())
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    kinds = {kind for row in report.flatten(["type"]) for kind in row}
    assert "hash-count" in kinds
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        del resource["hash"], resource["bytes"]
    (tmp_path / "datapackage.json").write_text(json.dumps(package), "utf-8")
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert said in {kind for row in report.flatten(["type"]) for kind in row}


def test_the_schema_of_a_package_has_all_columns() -> None:
    for table in TABLES:
        fields = table_schema(table)["fields"]
        assert [field["name"] for field in fields] == [c.name for c in table_columns(table)]


def test_one_file_is_the_workbook_or_a_table(tmp_path: Path) -> None:
    file = path_to_one_file(tmp_path / "new" / "新疆.xlsx")
    assert file is not None
    assert write_one_file(file, [FIRST, SECOND]) == 2
    expected = {t: tables_of(FIRST)[t] + tables_of(SECOND)[t] for t in TABLES}
    assert read_xlsx(file.path) == expected
    table = path_to_one_file(tmp_path / "figures.parquet")
    assert table is not None
    write_one_file(table, [FIRST])
    assert ds.dataset(table.path).count_rows() == len(FIRST.figures)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["figures.parquet", "new"]
    assert path_to_one_file(tmp_path / "folder") is None
    with pytest.raises(ValueError, match=r"figures\.csv"):
        path_to_one_file(tmp_path / "2021.csv")


@pytest.mark.parametrize("target", ["out", "out/figures.csv", "out/2021.xlsx"])
def test_a_target_that_takes_no_more_is_left_as_it_was(tmp_path: Path, target: str) -> None:
    documents = [made_records(f"{number:03d}.txt") for number in range(60)]
    with filled_store(f"sqlite:///{tmp_path / 'store.db'}", *documents):
        pass
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notices.csv").write_text("those of yesterday")
    store, room = f"sqlite:///{tmp_path / 'store.db'}", 35_000
    done = subprocess.run(
        [sys.executable, "-m", "xiada.cli", "export", "--store", store, "-o", tmp_path / target],
        capture_output=True,
        text=True,
        check=False,
        # No file may grow beyond this, as on a disk that is full.
        preexec_fn=lambda: setrlimit(RLIMIT_FSIZE, (room, room)),
    )
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {tmp_path / target} cannot be written: File too large.")
    assert len(done.stderr.splitlines()) == 1
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["notices.csv"]
    assert (tmp_path / "out" / "notices.csv").read_text() == "those of yesterday"
