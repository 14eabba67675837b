"""`xiada export`: the five tables out of a store."""

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.export.formats import Format
from xiada.cli.messages import message_options
from xiada.cli.targets import writing_to

if TYPE_CHECKING:
    from ingest.records import Records
    from ingest.store import Where

_log = logging.getLogger(__name__)


def _formats(_ctx: click.Context, _param: click.Parameter, text: str | None) -> tuple[Format, ...]:
    """The formats asked for, none where the option was left out."""
    try:
        return tuple(Format(name.strip()) for name in text.split(",")) if text is not None else ()
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is no list of {', '.join(Format)}.") from error


@click.command()
@click.option("--store", required=True, metavar="URL", help="sqlite:///file.db, or PostgreSQL.")
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="DIR_OR_FILE",
    type=click.Path(path_type=Path),
    help="A folder, a workbook (NAME.xlsx), or one table (figures.csv, notices.parquet, ...).",
)
@click.option(
    "--format",
    "formats",
    callback=_formats,
    metavar="LIST",
    help=f"Formats to write into a folder, separated by commas: {', '.join(Format)}. Default csv.",
)
@click.option(
    "--where",
    "conditions",
    multiple=True,
    metavar="CONDITION",
    help="Only what fits: fiscal_year=2021, unit_code=65*, status=suspect, outcome!=rejected. May "
    "be given several times, or joined with `and`.",
)
@click.option("--run", type=int, metavar="N", help="As it was after this run; -1 is the last.")
@message_options
@click.pass_context
def export(  # noqa: PLR0913, PLR0917  one argument an option
    ctx: click.Context,
    store: str,
    output: Path,
    formats: tuple[Format, ...],
    conditions: tuple[str, ...],
    run: int | None,
) -> None:
    """Write the tables of a store: of each document the answers of the newest version.

    parquet is written in folders by budget year and province; with csv there is a datapackage.json.
    A condition on a notice (fiscal_year, outcome, programme, ...) chooses documents; one on rows
    (unit_code, status, severity, ...) chooses rows, and the documents that have such rows. In a
    value without quotes * stands for any text; '' is absent. Documents come in the order of their
    paths; the same store gives the same bytes.

    Exit status: 0 written, 2 error; nothing was written.
    """
    from ingest.export.one_file import path_to_one_file  # noqa: PLC0415
    from ingest.store import (  # noqa: PLC0415  `xiada --help` stays quick
        CURRENT,
        Access,
        as_of_run,
        open_store,
        texts_to_where,
    )

    where = texts_to_where(conditions)
    try:
        file = path_to_one_file(output)
    except ValueError as error:
        raise click.BadParameter(f"{error}.", param_hint="--output") from error
    if file is not None and formats not in ((), (file.format,)):
        raise click.BadParameter(f"{output} is a {file.format} file.", param_hint="--format")
    if output.is_file() and file is None:
        raise click.BadParameter(f"{output} is a file of another kind.", param_hint="--output")
    with open_store(store, Access.READ) as source:
        selection = CURRENT if run is None else as_of_run(source.run(run).id)
        notices = source.records(selection, where)
        with writing_to(output):
            if file is not None:
                from ingest.export.one_file import write_one_file  # noqa: PLC0415

                count = write_one_file(file, notices)
            else:
                count = _write_folder(output, formats or (Format.CSV,), notices, where)
    if not count:
        _log.warning("nothing fits: the tables are empty")
    _log.info("%d documents -> %s", count, output, extra={"fields": {"documents": count}})
    ctx.exit(0)


def _write_folder(
    output: Path, formats: tuple[Format, ...], notices: Iterable["Records"], where: "Where"
) -> int:
    from ingest.export.writers import open_archive_export  # noqa: PLC0415

    tables_are_whole = all("tables" not in one.tables for one in where.conditions)
    count = 0
    with open_archive_export(output, formats, tables_are_whole=tables_are_whole) as writers:
        for records in notices:
            writers.write(records)
            count += 1
    return count
