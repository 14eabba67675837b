"""`xiada diff`: two sets of figures side by side."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.reports.kinds import ReportKind
from xiada.cli.audit import check_report, refuse_overwriting
from xiada.cli.messages import message_options
from xiada.cli.targets import writing_to
from xiada.cli.text_table import text_table

if TYPE_CHECKING:
    from audit.diff import Difference
    from ingest.comparing.diffing import Wishes
    from ingest.comparing.result import DiffResult

DIFFER = 1
MOST_LINES = 60
_HEADER = ("kind", "key", "name", "column", "left", "right", "difference", "where", "note")
_WIDEST = 40

_log = logging.getLogger(__name__)


def _columns(_ctx: click.Context, _param: click.Parameter, text: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip()) if text else ()


def _tolerances(
    _ctx: click.Context, _param: click.Parameter, texts: tuple[str, ...]
) -> tuple[Decimal, Mapping[str, Decimal]]:
    """The general tolerance, and those of columns."""
    from normalize.quantities import parse_number  # noqa: PLC0415  `xiada --help` stays quick

    general = Decimal(0)
    by_column: dict[str, Decimal] = {}
    for text in texts:
        column, sign, number = text.rpartition("=")
        parsed = parse_number(number)
        if parsed is None or parsed[0] < 0 or (sign and not column):
            raise click.BadParameter(f"{text!r} is neither N nor COL=N.")
        if column:
            by_column[column] = parsed[0]
        else:
            general = parsed[0]
    return general, by_column


def _matches(
    _ctx: click.Context, _param: click.Parameter, texts: tuple[str, ...]
) -> Mapping[str, str]:
    pairs = [text.partition("=")[::2] for text in texts]
    if not all(theirs.strip() and ours.strip() for theirs, ours in pairs):
        raise click.BadParameter("give RIGHT=LEFT, two headers.")
    return {theirs.strip(): ours.strip() for theirs, ours in pairs}


@click.command()
@click.argument("left", required=False, type=click.Path(exists=True, path_type=Path))
@click.argument("right", required=False, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--runs",
    type=(int, int),
    metavar="A B",
    help="Instead of LEFT and RIGHT: a store's answers at the ends of two runs of `xiada ingest`; "
    "-1 is the last run, -2 the one before.",
)
@click.option("--store", metavar="URL", help="The store of --runs: sqlite:///file.db, PostgreSQL.")
@click.option(
    "--on",
    metavar="COLS",
    callback=_columns,
    help="Columns that say which figure is meant, separated by commas: of a spreadsheet the one "
    "with the unit's name or code (several are compared as they stand), of two runs any columns "
    "of the table figures.",
)
@click.option(
    "--abs-tol",
    "tolerances",
    multiple=True,
    metavar="N|COL=N",
    callback=_tolerances,
    help="How far two figures may lie apart; may be given for each column. Default 0.",
)
@click.option(
    "--match",
    "matches",
    multiple=True,
    metavar="RIGHT=LEFT",
    callback=_matches,
    help="A header of the right side, and the left one that it means.",
)
@click.option(
    "--ignore",
    metavar="COLS",
    callback=_columns,
    help="Columns of your spreadsheet that the notice need not have, separated by commas.",
)
@click.option(
    "--report",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=check_report,
    help="Also write a report; its ending says which kind: .html, .xlsx or .csv.",
)
@message_options
@click.pass_context
def diff(  # noqa: PLR0913, PLR0917  one argument an option
    ctx: click.Context,
    left: Path | None,
    right: Path | None,
    runs: tuple[int, int] | None,
    store: str | None,
    on: tuple[str, ...],
    tolerances: tuple[Decimal, Mapping[str, Decimal]],
    matches: Mapping[str, str],
    ignore: tuple[str, ...],
    report: tuple[Path, ReportKind] | None,
) -> None:
    """Compare the figures of LEFT with those of RIGHT, or of two runs of a store.

    LEFT and RIGHT are folders that `xiada extract` wrote, files of its table figures, or
    spreadsheets of your own (csv, xlsx, parquet). Two runs are compared figure by figure: value,
    status, unit. A spreadsheet is compared by unit and column: names are looked up in the
    gazetteer, columns are found by their headers, and what is not sure is reported, not guessed.

    Exit status: 0 match, 1 differ, 2 error.
    """
    from ingest.comparing.diffing import Wishes, diff_files  # noqa: PLC0415

    refuse_overwriting(report, (path for path in (left, right) if path))
    wishes = Wishes(on, *tolerances, matches, ignore)
    with ExitStack() as stack:
        if runs is not None and store is not None and left is None and not (matches or ignore):
            result = stack.enter_context(_diff_runs(store, runs, wishes))
        elif left is not None and right is not None and runs is None and store is None:
            result = diff_files(left, right, wishes)
        else:
            raise click.UsageError("Give LEFT and RIGHT, or --runs A B with --store URL.")
        if report is not None:
            from ingest.reports.diff_report import write_diff_report  # noqa: PLC0415

            with writing_to(report[0]):
                write_diff_report(*report, result)
        _show(result)
        if result.differs:
            ctx.exit(DIFFER)


@contextmanager
def _diff_runs(store: str, runs: tuple[int, int], wishes: "Wishes") -> Iterator["DiffResult"]:
    from ingest.comparing.stored import diff_store_runs  # noqa: PLC0415
    from ingest.store import Access, open_store  # noqa: PLC0415

    with open_store(store, Access.READ) as opened:
        left, right = (opened.run(run).id for run in runs)
        with diff_store_runs(opened, left, right, wishes) as result:
            yield result


def _show(result: "DiffResult") -> None:
    """The first differences as a table, and the sums. One pass, as they may be very many."""
    first: list[Difference] = []
    asides: list[Difference] = []
    counting = 0
    for one in (one for comparison in result.comparisons for one in comparison.differences):
        if not one.counts:
            asides.append(one)
            continue
        counting += 1
        if counting <= MOST_LINES:
            first.append(one)
    if first:
        click.echo(_table(first, with_notice=result.of_runs))
    if counting > MOST_LINES:
        click.echo(f"… and {counting - MOST_LINES} more; --report has them all")
    for one in asides:
        if one.kind == "measure":
            _log.warning("%s: %s", one.column, one.note)
    unused = sorted({one.column.split(" / ")[-1] for one in asides if one.kind != "measure"})
    if unused:
        _log.info("columns of one side alone, not compared: %s", "; ".join(unused))
    compared = sum(comparison.compared for comparison in result.comparisons)
    equal = sum(comparison.equal for comparison in result.comparisons)
    fields = {"compared": compared, "equal": equal, "differences": counting}
    text = f"{compared} figures compared, {equal} equal, {counting} differences"
    _log.info(text, extra={"fields": fields})


def _table(differences: list["Difference"], *, with_notice: bool) -> str:
    """Differences line by line; those of runs, which are of many notices, with the notice."""
    if not with_notice:
        return text_table(_HEADER, [_row(one) for one in differences])
    rows = [(_row(one)[0], _short_path(one.table), *_row(one)[1:]) for one in differences]
    return text_table((_HEADER[0], "notice", *_HEADER[1:]), rows)


def _short_path(path: str) -> str:
    """The end of a long path, which is what tells files apart."""
    return path if len(path) <= _WIDEST else f"…{path[1 - _WIDEST :]}"


def _row(one: "Difference") -> tuple[str, ...]:
    difference = "" if one.difference is None else format(one.difference, "f")
    where = " | ".join(place for place in (one.left_place, one.right_place) if place)
    column = one.column.split(" / ")[-1]
    key = one.key.removeprefix("=")
    texts = (one.kind.value, key, one.name, column, one.left, one.right, difference, where)
    return (*(_short(text) for text in texts), one.note)


def _short(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"
