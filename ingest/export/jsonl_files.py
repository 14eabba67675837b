"""jsonl: one JSON object a line with every column, in column order; absent is null.

Numbers are JSON numbers with the digits of the Decimal (`91.50`), so a reader that parses numbers
exactly (`json.loads(line, parse_float=Decimal)`) gets back what was written, and one that does not
gets the nearest float. Lists are JSON lists, dates ISO texts.
"""

import json
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from pathlib import Path

from ingest.export.columns import TABLES, Value, record_values, table_columns
from ingest.export.plain import plain_decimal
from ingest.records import Records

# `json.dumps` would make a new encoder for each value.
_encode = json.JSONEncoder(ensure_ascii=False).encode


class JsonlWriter:
    """`notices.jsonl` and so on, one file a table."""

    def __init__(self, directory: Path) -> None:
        self._files = {
            table: (directory / f"{table}.jsonl").open("x", encoding="utf-8", newline="\n")
            for table in TABLES
        }

    def write(self, records: Records) -> None:
        """Append the five tables of one notice."""
        for table, file in self._files.items():
            keys = [json.dumps(column.name) for column in table_columns(table)]
            for record in getattr(records, table):
                values = map(_json_text, record_values(record))
                pairs = (f"{key}: {value}" for key, value in zip(keys, values, strict=True))
                file.write(f"{{{', '.join(pairs)}}}\n")

    def close(self) -> None:
        """Close the five files."""
        with ExitStack() as stack:
            for file in self._files.values():
                stack.callback(file.close)


def _json_text(value: Value) -> str:
    """`json` knows no Decimal, and a float would lose digits: so numbers are written here."""
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, date):
        return json.dumps(value.isoformat())
    return _encode(value)
