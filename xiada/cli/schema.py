"""`xiada schema`: JSON Schema of the records."""

import json

import click

from xiada.cli.messages import message_options


@click.command()
@click.argument("table", required=False, metavar="[TABLE]")
@message_options
def schema(table: str | None) -> None:
    """Print the JSON Schema of a record of TABLE, or of all five tables.

    TABLE is notices, figures, indicators, tables or findings. Every line of a jsonl file is such a
    record.

    Exit status: 0, 2 wrong usage.
    """
    from xiada.published import TABLES, all_schemas, table_schema  # noqa: PLC0415

    if table is not None and table not in TABLES:
        raise click.BadParameter(f"{table} is none of {', '.join(TABLES)}", param_hint="TABLE")
    found = all_schemas() if table is None else table_schema(table)
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))
