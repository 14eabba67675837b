"""The examples for DuckDB and pandas run, and say what is in the store."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from examples import duckdb_totals, pandas_doubts, pandas_store
from tests.ingest.store.made_store import filled_store, made_records
from xiada.cli import main


@pytest.fixture(name="url", scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('store') / 'store.db'}"
    with filled_store(url, *(made_records(f"{year}.txt", year=year) for year in (2020, 2021))):
        pass
    return url


@pytest.fixture(name="folder", scope="module")
def exported(url: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    arguments = ["export", "--store", url, "-o", str(folder), "--format", "parquet"]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    return folder


def test_duckdb(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["", str(folder)])
    duckdb_totals.main()
    header = capsys.readouterr().out.splitlines()[0].split()
    assert header[:4] == ["fiscal_year", "source", "table_no", "item"]


def test_duckdb_opens_only_the_year_that_is_asked_for(folder: Path) -> None:
    files = str(folder / "figures" / "**" / "*.parquet")
    query = "SELECT count(*), min(source) FROM read_parquet(?) WHERE fiscal_year = 2021"
    count = duckdb_totals.duckdb.execute(query, [files]).fetchone()
    assert count == (12, "2021.txt")


def test_pandas(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["", str(folder)])
    pandas_doubts.main()
    said = capsys.readouterr().out
    assert "The first doubtful figures (2)" in said
    assert said.count("8?1") == 2


def test_pandas_on_the_store(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["", url])
    monkeypatch.setattr(pandas_store, "QUERY", pandas_store.QUERY.replace("'proved'", "'unproved'"))
    pandas_store.main()
    row = capsys.readouterr().out.splitlines()[-1].split()
    assert row[-2:] == ["4", "-8537.00"]
