"""`xiada show`: the place that a reference names."""

import logging
from pathlib import Path

import click

from xiada.cli.messages import message_options
from xiada.cli.targets import writing_to

_log = logging.getLogger(__name__)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("ref")
@click.option(
    "-o",
    "--output",
    metavar="OUT.png",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the picture goes; by default beside you, named after the file and the page.",
)
@click.option("--password", envvar="XIADA_PASSWORD", help="Opens an encrypted PDF or Office file.")
@message_options
@click.pass_context
def show(
    ctx: click.Context, file: Path, ref: str, output: Path | None, password: str | None
) -> None:
    """Show the place REF of FILE, as the column ref of the tables names it.

    Of a PDF or a picture (`p3 10,20.2,60,32`) the place is cut out of its page, outlined in red,
    and written as a PNG whose path is printed. Of a text, a web page or an Office file (`L53:C2`,
    `S2:L53:C2`) the line or row is printed with its neighbours, the cell in ⟦ ⟧.

    Exit status: 0 shown, 2 error (no such place, or the file cannot be read).
    """
    from ingest.opening import open_document  # noqa: PLC0415  `xiada --help` stays quick
    from ingest.reports.kinds import whole_file  # noqa: PLC0415
    from ingest.showing import show_picture, show_text  # noqa: PLC0415
    from schemas.errors import UnreadableError  # noqa: PLC0415
    from schemas.source import BoxRef, parse_ref  # noqa: PLC0415
    from xiada.inputs import published_source  # noqa: PLC0415

    place = parse_ref(ref)
    if place is None:
        raise click.BadParameter(f"{ref!r} is no reference such as L53:C2 or 'p3 10,20,60,32'.")
    document = open_document(file, published_source(str(file)))
    try:
        if isinstance(place, BoxRef):
            output = output or Path(f"{file.stem}-p{place.page}.png")
            if output.exists() and output.samefile(file):
                raise click.UsageError(f"The picture would overwrite {file}; give it another name.")
            picture = show_picture(document, place, password)
            with writing_to(output), whole_file(output) as draft:
                draft.write_bytes(picture)
            click.echo(str(output))
        else:
            for line in show_text(document, place, password):
                click.echo(line)
    except UnreadableError as error:
        # What a run over many files counts as 3 is here the one file asked for.
        _log.error("%s", error.told)
        ctx.exit(2)
