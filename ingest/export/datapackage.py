"""`datapackage.json`: what the csv files hold, for programs (Frictionless Data Package).

Types, words of a fixed set, patterns, bounds and keys are read off the record types, so that
`frictionless validate datapackage.json` checks the files against what the records promise. See
https://specs.frictionlessdata.io/data-package/ and .../table-schema/.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from ingest.export.columns import TABLES, Kind, RecordColumn, table_columns
from ingest.export.labels import column_label, sheet_labels
from ingest.export.plain import harmless
from ingest.export.words import column_words
from schemas.records import RECORD_TYPES

FILE_NAME = "datapackage.json"

_TYPES = {
    Kind.TEXT: "string",
    Kind.INTEGER: "integer",
    Kind.DECIMAL: "number",
    Kind.DATE: "date",
    Kind.TEXTS: "array",
    Kind.ACCOUNTS: "array",
}
_PRIMARY_KEYS = {
    "notices": ["notice_id"],
    "figures": ["notice_id", "table_no", "row_no", "col_no"],
    # In a form with a column a county, a row is as many indicators as there are counties.
    "indicators": ["notice_id", "table_no", "row_no", "ref"],
    "tables": ["notice_id", "table_no"],
}
_OF_NOTICE = {
    "fields": ["notice_id"],
    "reference": {"resource": "notices", "fields": ["notice_id"]},
}
_OF_TABLE = {
    "fields": ["notice_id", "table_no"],
    "reference": {"resource": "tables", "fields": ["notice_id", "table_no"]},
}
_FOREIGN_KEYS = {
    "figures": [_OF_NOTICE, _OF_TABLE],
    "indicators": [_OF_NOTICE, _OF_TABLE],
    "tables": [_OF_NOTICE],
    "findings": [_OF_NOTICE],
}
_ABOUT = (
    "Figures of archived budget notices. Numbers are exact; empty means absent. A text that a "
    "spreadsheet would run has an apostrophe in front."
)


def write_datapackage(directory: Path, *, tables_are_whole: bool = True) -> None:
    """Describe the csv files of a folder.

    `tables_are_whole` says that no filter took rows from the table `tables`, so that every row of
    the others finds its own there. Raises OSError.
    """
    package = {
        "profile": "data-package",
        "name": "xiada",
        "title": "Xiada records",
        "description": _ABOUT,
        "resources": [_resource(directory, table, tables_are_whole) for table in TABLES],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2)
    (directory / FILE_NAME).write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _resource(directory: Path, table: str, tables_are_whole: bool) -> dict[str, Any]:
    path = directory / f"{table}.csv"
    about = next(label.about for label in sheet_labels() if label.table == table)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "title": table,
        "description": about,
        "path": path.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": table_schema(table, tables_are_whole=tables_are_whole),
    }


def table_schema(table: str, *, tables_are_whole: bool = True) -> dict[str, Any]:
    """The Table Schema of one table.

    >>> field = table_schema("figures")["fields"][-4]
    >>> field["name"], field["type"], field["constraints"]["enum"][:3]
    ('status', 'string', ['proved', 'repaired', 'suspect'])
    """
    schema: dict[str, Any] = {"fields": [_field(table, c) for c in table_columns(table)]}
    if table in _PRIMARY_KEYS:
        schema["primaryKey"] = _PRIMARY_KEYS[table]
    keys = _FOREIGN_KEYS.get(table, [])
    keys = [key for key in keys if tables_are_whole or key is not _OF_TABLE]
    if keys:
        schema["foreignKeys"] = keys
    return schema


def _field(table: str, column: RecordColumn) -> dict[str, Any]:
    label = column_label(table, column.name)
    field = {
        "name": column.name,
        "type": _TYPES[column.kind],
        "title": label.header,
        "description": label.about,
        "constraints": _constraints(table, column),
    }
    return {key: value for key, value in field.items() if value}


def _constraints(table: str, column: RecordColumn) -> dict[str, Any]:
    field = RECORD_TYPES[table].model_fields[column.name]
    found: dict[str, Any] = {}
    words = column_words(table, column.name)
    if words:
        found["enum"] = [harmless(word) for word in words]
    for rule in field.metadata:
        for theirs, ours in (("ge", "minimum"), ("le", "maximum"), ("pattern", "pattern")):
            value = getattr(rule, theirs, None)
            if value is not None:
                found[ours] = value
    # An empty text is an empty cell, so a text that may be empty cannot be required.
    if field.is_required() and (column.kind is not Kind.TEXT or found):
        found["required"] = True
    return found
