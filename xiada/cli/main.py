"""`xiada`: the commands, and what happens to the errors that they leave."""

import logging
from typing import Any

import click

from schemas.errors import XiadaError
from xiada.cli.audit import audit
from xiada.cli.diff import diff
from xiada.cli.export import export
from xiada.cli.extract import extract
from xiada.cli.ingest import ingest
from xiada.cli.lookup import lookup
from xiada.cli.schema import schema
from xiada.cli.show import show
from xiada.cli.signals import exit_status

CANNOT_GO_ON = 2

_log = logging.getLogger(__name__)


class _Commands(click.Group):
    """Errors that a person can act on become a line and an exit status, not a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except XiadaError as error:
            _log.error("%s", error.told)
            ctx.exit(error.exit_status)
        except OSError as error:
            _log.error("%s", error)
            ctx.exit(CANNOT_GO_ON)
        except KeyboardInterrupt as stop:
            is_store = ctx.invoked_subcommand == ingest.name
            _log.error("stopped; %s", "nothing is lost" if is_store else "nothing was written")
            ctx.exit(exit_status(stop))
        # Python itself would end with 1, which says something else of the results.
        except Exception:  # noqa: BLE001
            _log.exception("a fault of the program; please report it")
            ctx.exit(CANNOT_GO_ON)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="xiada")
def main() -> None:
    """Turn archived Chinese budget notices into figures that can be trusted."""


main.add_command(audit)
main.add_command(diff)
main.add_command(export)
main.add_command(extract)
main.add_command(ingest)
main.add_command(lookup)
main.add_command(schema)
main.add_command(show)
