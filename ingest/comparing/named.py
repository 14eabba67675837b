"""A table of an auditor's file, before it is known which units its rows mean."""

from dataclasses import dataclass

from audit.diff import SideCell, SideColumn


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row before its unit is known: the name and the code that it prints, and its figures.
    `group` is what a column beside the name prints (the city of a district), "" for none."""

    name: str
    code: str
    cells: tuple[SideCell, ...]
    place: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of an auditor's file. `plain_keys` says that names are no units: they are compared as
    they stand."""

    title: str
    columns: tuple[SideColumn, ...]
    rows: tuple[NamedRow, ...]
    plain_keys: bool = False
