"""The words of the reports, from data: Chinese for people, kept out of the code."""

import csv
from functools import cache
from importlib.resources import files

from schemas.findings import Severity
from schemas.records import FindingRecord

ABOUT_FIGURES = "figures"


@cache
def words() -> dict[str, str]:
    """All words by key.

    >>> words()["status.proved"]
    '已证实'
    """
    return {row["key"]: row["text"] for row in _rows("words.csv")}


def rule_title(rule: str) -> str:
    """What a rule is called; the rule itself where the data has no name for it.

    >>> rule_title("sum-mismatch"), rule_title("new-rule")
    ('合计与各行之和不符', 'new-rule')
    """
    row = _rules().get(rule)
    return row["title"] if row else rule


def is_discrepancy(finding: FindingRecord) -> bool:
    """Whether a finding says that figures do not agree, and more than as a note.

    Findings about reading (a name that is not resolved) are no discrepancies.
    """
    if finding.severity is Severity.NOTE:
        return False
    row = _rules().get(finding.rule)
    if row:
        return row["about"] == ABOUT_FIGURES
    return finding.recomputed is not None or finding.difference is not None


def data_text(name: str) -> str:
    """A data file of the reports as text: a style sheet, a script, a template."""
    return files("ingest.reports").joinpath("data", name).read_text(encoding="utf-8")


@cache
def _rules() -> dict[str, dict[str, str]]:
    return {row["rule"]: row for row in _rows("rules.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(data_text(name).splitlines()))
