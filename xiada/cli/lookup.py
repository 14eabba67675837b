"""`xiada lookup`: what the gazetteer says of printed names."""

import click

from xiada.cli.messages import message_options
from xiada.cli.text_table import text_table

UNCLEAR = 1
HEADER = ("printed", "code", "name", "level", "years", "status", "score", "reason")


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--within", metavar="CODE", help="Only units of this province or prefecture.")
@click.option("--as-of", type=click.INT, metavar="YEAR", help="Units as they stood in this year.")
@message_options
@click.pass_context
def lookup(
    ctx: click.Context, names: tuple[str, ...], within: str | None, as_of: int | None
) -> None:
    """Show which units printed names may mean, with scores and reasons.

    A name has one clear answer where exactly one candidate is not `unresolved`.

    Exit status: 0 one clear answer each, 1 some are unclear, 2 error.
    """
    from normalize.places import load_gazetteer  # noqa: PLC0415  `xiada --help` stays quick
    from normalize.places import lookup as candidates_of  # noqa: PLC0415
    from schemas.places import UnitStatus  # noqa: PLC0415

    gazetteer = load_gazetteer()
    rows: list[tuple[str, ...]] = []
    clear = True
    for name in names:
        try:
            found = candidates_of(name, within, as_of, gazetteer)
        except KeyError as error:
            raise click.BadParameter(f"no unit has the code {within}", ctx) from error
        # A unit that shares nothing with the name is no candidate.
        candidates = [c for c in found if c.score]
        sure = [c for c in candidates if c.status is not UnitStatus.UNRESOLVED]
        clear = clear and len(sure) == 1
        if not candidates:
            rows.append((name, *[""] * 4, UnitStatus.UNRESOLVED.value, "", "no candidate"))
        for candidate in candidates:
            unit = candidate.unit
            years = f"{unit.first_year}-{unit.last_year}"
            facts = (unit.code, unit.name, unit.level.value, years)
            score = f"{candidate.score:.2f}"
            rows.append((name, *facts, candidate.status.value, score, candidate.reason))
    click.echo(text_table(HEADER, rows))
    if not clear:
        ctx.exit(UNCLEAR)
