"""The examples for DuckDB and pandas run, and say what is in the store."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from examples import pandas_doubts, pandas_store
from tests.ingest.store.made_store import filled_store, made_records
from xiada.cli import main

ROOT = Path(__file__).resolve().parents[2]


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


def _python(*arguments: str) -> str:
    """What Python prints in a process of its own: DuckDB complains of leaks when one ends."""
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def test_duckdb(folder: Path) -> None:
    header = _python("-m", "examples.duckdb_totals", str(folder)).splitlines()[0].split()
    assert header[:4] == ["fiscal_year", "source", "table_no", "item"]


def test_duckdb_takes_the_year_from_the_folders(folder: Path) -> None:
    files = str(folder / "figures" / "**" / "*.parquet")
    query = "SELECT count(*), min(source) FROM read_parquet(?) WHERE fiscal_year = 2021"
    code = f"import duckdb; print(duckdb.execute({query!r}, [{files!r}]).fetchone())"
    assert _python("-c", code) == "(12, '2021.txt')\n"


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
