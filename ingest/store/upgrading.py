"""From the tables of one version to those of another, by the Alembic migrations of the package.

No ini file is needed.
"""

from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from ingest.store.errors import NewerStoreError
from ingest.store.tables import metadata

_MIGRATIONS = "ingest.store:migrations"


def upgrade(connection: Connection, head: str, version_table: str) -> None:
    """Go all steps that lead to `head`, within the transaction of the caller."""
    scripts = migration_scripts()

    def steps(revision: tuple[str, ...], _context: MigrationContext) -> list[MigrationStep]:
        return scripts._upgrade_revs(head, revision)  # type: ignore[arg-type, return-value]

    context = MigrationContext.configure(
        connection,
        opts={"fn": steps, "version_table": version_table, "target_metadata": metadata},
    )
    with Operations.context(context):
        context.run_migrations()


def check_not_newer(revision: str, name: str) -> None:
    """Raise NewerStoreError where a step is none of those that this program knows."""
    try:
        migration_scripts().get_revision(revision)
    except CommandError as error:
        raise NewerStoreError(
            f"The store {name} was made by a newer xiada ({revision})."
        ) from error


def migration_scripts() -> ScriptDirectory:
    """The steps in `migrations/`."""
    config = Config()
    config.set_main_option("script_location", _MIGRATIONS)
    return ScriptDirectory.from_config(config)
