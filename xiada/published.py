"""The JSON Schema of what leaves: one for each table, made from the record types.

It describes a line of the jsonl files, where numbers are JSON numbers and every column is present.
"""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from schemas.records import RECORD_TYPES

TABLES = tuple(RECORD_TYPES)
DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _PlainNumbers(GenerateJsonSchema):
    """What pydantic would say of its own JSON, put right for our files."""

    def field_is_required(self, *_field: Any, **_options: Any) -> bool:
        """Every column is there, also where it is null."""
        return True

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        """A number, where pydantic would write a text."""
        bounds = {"ge": "minimum", "le": "maximum"}
        limits = {bounds[key]: int(schema[key]) for key in bounds if key in schema}  # type: ignore[literal-required]
        return {"type": "number", **limits}


def table_schema(table: str) -> dict[str, Any]:
    """The schema of a record of one table.

    >>> table_schema("figures")["properties"]["value"]["anyOf"]
    [{'type': 'number'}, {'type': 'null'}]
    """
    schema = RECORD_TYPES[table].model_json_schema(
        schema_generator=_PlainNumbers, mode="serialization"
    )
    return {"$schema": DIALECT, **schema}


def all_schemas() -> dict[str, Any]:
    """One schema with the five tables as lists of records."""
    references, definitions = models_json_schema(
        [(model, "serialization") for model in RECORD_TYPES.values()],
        schema_generator=_PlainNumbers,
        title="Xiada records",
    )
    return {
        "$schema": DIALECT,
        "type": "object",
        "properties": {
            table: {"type": "array", "items": references[model, "serialization"]}
            for table, model in RECORD_TYPES.items()
        },
        **definitions,
    }
