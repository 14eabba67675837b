"""A run as files that people and programs read: run-7.json and run-7.html."""

import json
import os
from importlib.resources import files
from pathlib import Path

import jinja2

from ingest.nightly.items import source_of
from ingest.nightly.summary import Summary
from schemas.errors import XiadaError


class ReportError(XiadaError):
    """A report or metrics that cannot be written. The store knows the run all the same."""

    remedy = "Make room there, or give a folder that this user may write."


_MOST = 1_000
"""So many rows stand on the page; the JSON has all."""


def write_report(folder: Path, summary: Summary) -> tuple[Path, Path]:
    """Write both files, each in one piece. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(summary.to_json(), ensure_ascii=False, indent=2) + "\n"
    name = f"run-{summary.run}"
    return (
        _written(folder / f"{name}.json", text),
        _written(folder / f"{name}.html", summary_to_page(summary)),
    )


def summary_to_page(summary: Summary) -> str:
    """One page that needs nothing else. Every text is escaped: names come from strangers."""
    template = files("ingest.nightly").joinpath("data", "run.html").read_text(encoding="utf-8")
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["source"] = lambda one: source_of(one.path, one.member)
    return environment.from_string(template).render(run=summary, most=_MOST)


def _written(path: Path, text: str) -> Path:
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.write_text(text, encoding="utf-8")
        os.replace(draft, path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    return path
