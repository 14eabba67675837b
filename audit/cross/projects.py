"""Indicators that were copied from another project's form and still name it."""

from audit.cross.facts import ReadFacts
from audit.cross.texts import name_key
from schemas.findings import Cause, Finding, Severity
from schemas.performance import Indicator, PerformanceTable

# In characters: a shorter name says nothing.
_LEAST_NAME = 4
# Rows that must name projects of their own, and the most projects that are looked for.
_LEAST_OWN = 3
_MOST_PROJECTS = 100


def _names(indicator: Indicator, project: str) -> bool:
    return project in name_key(indicator.name)


def _foreign(table: PerformanceTable, projects: set[str]) -> list[tuple[Indicator, str]]:
    """The indicators that name another project, where most that name any name their own."""
    own = name_key(table.project)
    others = {p for p in projects if p not in own and own not in p}
    naming_own = sum(_names(i, own) for i in table.indicators)
    found = [
        (i, p)
        for i in table.indicators
        for p in sorted(others)
        if _names(i, p) and own not in i.name
    ]
    return found if naming_own >= max(_LEAST_OWN, 2 * len(found)) else []


def check_projects(facts: ReadFacts) -> tuple[Finding, ...]:
    """An indicator that names another project of the notice: rule `indicator-of-other-project`.

    享受城市低保人员满意度 in the form of 农村低保, most of whose indicators say 农村低保. In a
    notice of a hundred projects names are too alike to tell.
    """
    tables = [p.table for p in facts.performances]
    projects = {name_key(t.project) for t in tables if len(name_key(t.project)) >= _LEAST_NAME}
    if len(projects) > _MOST_PROJECTS:
        return ()
    return tuple(
        Finding(
            "indicator-of-other-project",
            Severity.WARNING,
            f"The form of {table.project} has an indicator of {project}: {indicator.name}.",
            Cause.SOURCE,
            table.number,
            indicator.number,
            printed=indicator.name,
            ref=indicator.ref,
        )
        for table in tables
        if name_key(table.project) in projects
        for indicator, project in _foreign(table, projects)
    )
