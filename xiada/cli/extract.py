"""`xiada extract`: files and folders into the five tables."""

import logging
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.export.formats import Format
from xiada.cli.messages import message_options, with_progress
from xiada.cli.targets import writing_to
from xiada.inputs import Input, find_inputs

if TYPE_CHECKING:
    from ingest.isolated import HowToRead
    from ingest.records import Records

SUSPECT_FIGURES = 1
SOME_NOT_READ = 3

_log = logging.getLogger(__name__)


def _formats(_ctx: click.Context, _param: click.Parameter, text: str) -> tuple[Format, ...]:
    try:
        return tuple(dict.fromkeys(Format(name.strip()) for name in text.split(",")))
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is no list of {', '.join(Format)}.") from error


def _paths(_ctx: click.Context, _param: click.Parameter, paths: tuple[str, ...]) -> tuple[str, ...]:
    for path in map(Path, paths):
        if not path.is_file() and not path.is_dir():
            raise click.BadParameter(f"{str(path)!r} is neither a file nor a folder.")
    return paths


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", callback=_paths)
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the tables; made where it does not exist.",
)
@click.option(
    "--format",
    "formats",
    default=Format.CSV.value,
    show_default=True,
    callback=_formats,
    metavar="LIST",
    help=f"Formats to write, separated by commas: {', '.join(Format)}.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 where a figure is suspect.")
@click.option("--raw", is_flag=True, help="Also write the cells of all tables as read: raw.csv.")
@click.option(
    "--searchable",
    is_flag=True,
    help="Also write scans as PDFs with the text that was read, into DIR/searchable.",
)
@click.option(
    "--password",
    default="",
    metavar="TEXT",
    envvar="XIADA_PASSWORD",
    help="Opens encrypted files; better given in the environment as XIADA_PASSWORD.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="N",
    help="How many documents to read at a time; the tables are the same.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=1),
    default=600,
    show_default=True,
    metavar="SECONDS",
    help="How long one PDF, picture or Office file may take.",
)
@click.option(
    "--memory",
    type=click.IntRange(min=200),
    default=2048,
    show_default=True,
    metavar="MB",
    help="How much memory it may take.",
)
@message_options
@click.pass_context
def extract(  # noqa: PLR0913, PLR0917  one argument an option
    ctx: click.Context,
    paths: tuple[str, ...],
    output: Path,
    formats: tuple[Format, ...],
    strict: bool,
    raw: bool,
    searchable: bool,
    password: str,
    workers: int,
    timeout: float,
    memory: int,
) -> None:
    """Read files and folders into the tables notices, figures, indicators, tables, findings.

    Folders are read with all that is in them, in the order of their names; hidden files and DIR
    itself are left out. A file that cannot be read does not stop the others: it stands in the
    table notices as rejected, with a finding that says why.

    Exit status: 0 every document was read, 3 some could not be read, 1 (--strict) a figure is
    suspect, 2 wrong usage or nothing could be written.
    """
    inputs = find_inputs(paths, output)
    if not inputs:
        _log.warning("there is no document in %s", ", ".join(paths))
    from ingest.isolated import HowToRead  # noqa: PLC0415  `xiada --help` stays quick
    from ingest.isolation import Limits  # noqa: PLC0415

    limits = Limits(seconds=timeout, memory=memory * 1_000_000)
    copies = str(output / "searchable") if searchable else ""
    how = HowToRead(password, raw, copies, workers, limits)
    with writing_to(output):
        count = _extract(inputs, output, formats, how)
    _log.info(_summary(count, output, formats), extra={"fields": dict(count)})
    if count["rejected"]:
        ctx.exit(SOME_NOT_READ)
    if strict and count["suspect"]:
        ctx.exit(SUSPECT_FIGURES)


def _extract(
    inputs: tuple[Input, ...], output: Path, formats: tuple[Format, ...], how: "HowToRead"
) -> Counter[str]:
    """Read and write one document after another; only counts stay in memory."""
    from ingest.export.writers import open_export  # noqa: PLC0415
    from ingest.isolated import Wanted, read_files  # noqa: PLC0415

    count: Counter[str] = Counter()
    files = read_files([Wanted(file.path, file.source) for file in inputs], how)
    with open_export(output, formats, raw=how.raw) as export:
        for _, read in zip(with_progress(inputs, lambda file: file.source), files, strict=True):
            export.write(read.records)
            export.write_raw(read.raw)
            _note(read.records, count)
            for text in read.said:
                _log.warning(text)
    return count


def _note(records: "Records", count: Counter[str]) -> None:
    notice = records.notices[0]
    count["documents"] += 1
    count[notice.outcome] += 1
    for name in ("tables", "figures", "indicators", "suspect"):
        count[name] += getattr(notice, name)
    if notice.outcome == "rejected":
        _say_why(records)


def _say_why(records: "Records") -> None:
    """The findings for which a document was rejected; all others stand in the table only."""
    for finding in records.findings:
        if finding.severity == "error":
            named = finding.source in finding.message
            message = finding.message if named else f"{finding.source}: {finding.message}"
            fields = {"source": finding.source, "rule": finding.rule}
            _log.error(message, extra={"fields": fields})


def _summary(count: Counter[str], output: Path, formats: tuple[Format, ...]) -> str:
    outcomes = ", ".join(
        f"{count[outcome]} {outcome.replace('_', ' ')}"
        for outcome in ("accepted", "needs_review", "rejected")
    )
    return (
        f"{count['documents']} documents ({outcomes}): {count['tables']} tables,"
        f" {count['figures']} figures, {count['indicators']} indicators"
        f" -> {output} ({', '.join(formats)})"
    )
