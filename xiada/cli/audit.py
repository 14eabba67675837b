"""`xiada audit`: every figure that an equation reaches, extracted against recomputed."""

import logging
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.reports.kinds import ReportKind, report_kind
from xiada.cli.messages import message_options, with_progress
from xiada.cli.targets import writing_to
from xiada.cli.text_table import text_table
from xiada.inputs import Input, find_inputs

if TYPE_CHECKING:
    from ingest.isolation import Limits
    from ingest.reports.audited import Audited

DISCREPANCIES = 1
ERROR = 2

_log = logging.getLogger(__name__)


def check_report(
    _ctx: click.Context, _param: click.Parameter, path: Path | None
) -> tuple[Path, ReportKind] | None:
    """A report's path with its kind, for options of commands."""
    if path is None:
        return None
    kind = report_kind(path)
    if kind is None:
        raise click.BadParameter(f"{path} does not end in .{', .'.join(ReportKind)}.")
    return path, kind


def refuse_overwriting(report: tuple[Path, ReportKind] | None, paths: Iterable[Path]) -> None:
    """Raise click.UsageError where a report would be written over a file that is read."""
    for path in paths:
        if report and path.exists() and path.resolve() == report[0].resolve():
            raise click.UsageError(f"The report would overwrite {path}; give it another name.")


def _check_paths(
    _ctx: click.Context, _param: click.Parameter, paths: tuple[str, ...]
) -> tuple[str, ...]:
    stores = [path for path in paths if _is_store(path)]
    if stores and len(paths) > 1:
        raise click.BadParameter("give one store, or files and folders.")
    for path in paths:
        if not stores and not Path(path).exists():
            raise click.BadParameter(f"{path} does not exist.")
    return paths


def _is_store(path: str) -> bool:
    return "://" in path


@dataclass(slots=True)
class _Told:
    """What is said of the notices at the end; the notices themselves are gone by then."""

    explain: bool
    rows: list[tuple[str, ...]] = field(default_factory=list)
    badness: list[tuple[tuple[int, ...], int]] = field(default_factory=list)
    lines: list[list[str]] = field(default_factory=list)
    count: Counter[str] = field(default_factory=Counter)


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH_OR_STORE...", callback=_check_paths)
@click.option(
    "--report",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=check_report,
    help="Also write a report; its ending says which kind: .html, .xlsx or .csv.",
)
@click.option(
    "--explain",
    is_flag=True,
    help="Show the equations of each figure that is not proved, with numbers put in.",
)
@click.option(
    "--password",
    default="",
    metavar="TEXT",
    envvar="XIADA_PASSWORD",
    help="Opens encrypted files; better given in the environment as XIADA_PASSWORD.",
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
def audit(  # noqa: PLR0913, PLR0917  one argument an option
    ctx: click.Context,
    paths: tuple[str, ...],
    report: tuple[Path, ReportKind] | None,
    explain: bool,
    password: str,
    timeout: float,
    memory: int,
) -> None:
    """Recompute every figure that an equation reaches, and report what does not agree.

    Folders are read with all that is in them; of a store (sqlite:///file.db) the current answers
    are taken, and nothing is read anew. The summary goes to standard output, the worst notice
    first: how many figures are proved, repaired, suspect and unproved, and how many findings there
    are. A discrepancy is a figure that is repaired or suspect, or a finding (error or warning) that
    figures do not agree.

    Exit status: 0 no discrepancy, 1 discrepancies, 2 error (also where a document could not be
    read; the others are in the summary and the report).
    """
    told = _Told(explain)
    if _is_store(paths[0]):
        if explain:
            raise click.BadParameter(
                "a store keeps no equations; give files.", param_hint="explain"
            )
        notices = _noted(_of_store(paths[0]), told)
    else:
        refuse_overwriting(report, map(Path, paths))
        inputs = find_inputs(paths, report[0] if report else Path(os.devnull))
        from ingest.isolation import Limits  # noqa: PLC0415  `xiada --help` stays quick

        limits = Limits(seconds=timeout, memory=memory * 1_000_000)
        notices = _noted(_of_files(inputs, limits, password), told)
    if report is None:
        for _ in notices:
            pass
    else:
        from ingest.reports.audit_report import write_audit_report  # noqa: PLC0415

        with writing_to(report[0]):
            write_audit_report(*report, notices)
    if not told.rows:
        _log.warning("there is no document in %s", ", ".join(paths))
    _show(told)
    _log.info(_summary(told.count, report), extra={"fields": dict(told.count)})
    if told.count["not_read"]:
        ctx.exit(ERROR)
    if told.count["discrepancies"]:
        ctx.exit(DISCREPANCIES)


def _of_store(url: str) -> Iterator["Audited"]:
    from ingest.reports.stored import audit_stored  # noqa: PLC0415
    from ingest.store import CURRENT, Access, open_store  # noqa: PLC0415

    with open_store(url, Access.READ) as store:
        yield from audit_stored(lambda: store.records(CURRENT))


def _of_files(inputs: tuple[Input, ...], limits: "Limits", password: str) -> Iterator["Audited"]:
    from ingest.isolated import Wanted  # noqa: PLC0415
    from ingest.reports.archive import audit_notices  # noqa: PLC0415
    from ingest.reports.reading import read_for_audit  # noqa: PLC0415

    files = with_progress(inputs, lambda file: file.source)
    wanted = (Wanted(file.path, file.source) for file in files)
    yield from audit_notices(read_for_audit(wanted, limits, password))


def _noted(notices: Iterable["Audited"], told: _Told) -> Iterator["Audited"]:
    """The notices one by one, with what will be said of them taken down."""
    from ingest.reports.audit_text import (  # noqa: PLC0415
        discrepancy_lines,
        explain_lines,
        summary_row,
    )

    for audited in notices:
        lines = discrepancy_lines(audited)
        if told.explain:
            lines += explain_lines(audited)
        told.badness.append((audited.badness(), len(told.rows)))
        told.rows.append(summary_row(audited))
        told.lines.append(lines)
        told.count["documents"] += 1
        told.count["not_read"] += audited.failed
        told.count["discrepancies"] += audited.discrepancies
        yield audited


def _show(told: _Told) -> None:
    from ingest.reports.audit_text import (  # noqa: PLC0415
        SUMMARY_HEADER,
        visible,
        worst_first,
    )

    order = worst_first(told.badness)
    if order:
        click.echo(text_table(SUMMARY_HEADER, [told.rows[index] for index in order]))
    for index in order:
        if told.lines[index]:
            click.echo(f"\n{visible(told.rows[index][0])}")
            click.echo("\n".join(f"  {line}" for line in told.lines[index]))


def _summary(count: Counter[str], report: tuple[Path, ReportKind] | None) -> str:
    text = f"{count['documents']} documents, {count['discrepancies']} discrepancies"
    if count["not_read"]:
        text += f", {count['not_read']} not read"
    return f"{text} -> {report[0]}" if report else text
