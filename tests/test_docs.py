"""What the pages for people say is what the program does."""

import csv
import doctest
import re
from enum import StrEnum
from pathlib import Path

import click
import pytest

from schemas.findings import Cause, Severity
from schemas.head import AccountKind
from schemas.performance import Attained, Comparator
from schemas.places import UnitStatus
from schemas.proofs import Status
from schemas.records import RECORD_TYPES
from schemas.source import Media, Reader
from schemas.tables import Role, TableKind
from xiada.cli import main

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (ROOT, ROOT / "docs", ROOT / "docs" / "decisions", ROOT / "fixtures")
PAGES = sorted(page for folder in FOLDERS for page in folder.glob("*.md"))
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
BLOCK = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WORDS = (
    *(Media, AccountKind, Role, Status, UnitStatus, Comparator),
    *(Attained, TableKind, Reader, Severity, Cause),
)
# Options that every command has; the guide names them once.
COMMON = {"--help", "--quiet", "--verbose", "--log-format"}


def _text(*names: str) -> str:
    return "\n".join((ROOT / name).read_text(encoding="utf-8") for name in names)


def _section(page: str, table: str) -> str:
    """The part of a page below the heading that begins with a table's name."""
    return page.partition(f"\n## {table}: ")[2].partition("\n## ")[0]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("table", RECORD_TYPES)
def test_every_column_is_explained_in_its_order(table: str) -> None:
    _, _, rest = _section(_text("docs/tables.md"), table).partition("| column |")
    rows, _, _ = rest.partition("\n\n")
    firsts = [row.split("|")[1] for row in rows.splitlines() if row.startswith("| `")]
    named = [name for first in firsts for name in re.findall(r"`(\w+)`", first)]
    assert named == list(RECORD_TYPES[table].model_fields)


@pytest.mark.parametrize("words", WORDS)
def test_every_word_is_explained(words: type[StrEnum]) -> None:
    page = _text("docs/tables.md")
    assert [word.value for word in words if f"`{word.value}`" not in page] == []


def test_every_option_is_told() -> None:
    pages = "\n".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md"))
    untold = {
        f"{name} {parameter.opts[-1]}"
        for name, command in main.commands.items()
        for parameter in command.params
        if isinstance(parameter, click.Option)
        and not COMMON & set(parameter.opts)
        and not any(re.search(rf"(?<![\w-]){option}(?![\w-])", pages) for option in parameter.opts)
    }
    assert untold == set()


def test_the_readme_shows_the_accepted_outcomes() -> None:
    shown = re.findall(
        r"^(fixtures/\S+/input\.\w+) .*?(\d+) +(\d+) +(\d+) +(\w+)$",
        _text("README.md"),
        re.MULTILINE,
    )
    accepted = {}
    for path in (ROOT / "fixtures").glob("*/expected/notices.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                counts = (row["tables"], row["figures"], row["indicators"])
                accepted[row["source"]] = (*counts, row["outcome"])
    judged = [(source, tuple(rest)) for source, *rest in shown if source in accepted]
    assert len(judged) >= 5
    assert judged == [(source, accepted[source]) for source, _ in judged]


def test_both_readmes_show_the_same() -> None:
    english, chinese = (BLOCK.findall(_text(name)) for name in ("README.md", "README.zh.md"))
    outputs = [block for block in english if "fixtures/" in block]
    assert len(outputs) == 2
    assert [block for block in chinese if "fixtures/" in block] == outputs
    # Commands differ only in what stands for the reader's own words.
    assert len(english) == len(chinese)


def test_the_example_in_python_gives_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    example = next(block for block in BLOCK.findall(_text("README.md")) if ">>>" in block)
    test = doctest.DocTestParser().get_doctest(example, {}, "README.md", "README.md", 0)
    result = doctest.DocTestRunner(verbose=False).run(test)
    assert result.attempted >= 4
    assert result.failed == 0
