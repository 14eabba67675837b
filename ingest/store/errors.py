"""What can be wrong with a store. Each error says what to do about it."""

from typing import ClassVar

from schemas.errors import XiadaError


class StoreError(XiadaError):
    """Base of all errors of a store."""

    exit_status: ClassVar[int] = 2
    remedy: ClassVar[str] = "See docs/store.md."


class StoreUrlError(StoreError):
    """A text that is no URL of a store, or one of a database that is not served."""

    remedy = (
        "Give sqlite:///file.db (four slashes before an absolute path) or "
        "postgresql+psycopg://user@host/database."
    )


class NoStoreError(StoreError):
    """No store where one was to be read."""

    remedy = "Check the URL; `xiada ingest ARCHIVE --store URL` makes a store."


class NotAStoreError(StoreError):
    """A database, or a file, that holds something else."""

    remedy = "Give the URL of a store of xiada, or of a new file or an empty database."


class NewerStoreError(StoreError):
    """A store that a newer xiada wrote, whose meaning this one cannot know."""

    remedy = (
        "Install the version of xiada that wrote it, or a newer one; the store was not touched."
    )


class OlderStoreError(StoreError):
    """A store of an older xiada, where it may not be changed."""

    remedy = "Run `xiada ingest` once with this version, which brings the store up to date."


class ReadOnlyStoreError(StoreError):
    """A store that was to be written and cannot be."""

    remedy = "Give the user who runs this the right to write there, on a disk that can be written."


class StoreFullError(StoreError):
    """No room for the store to grow. What was committed before is whole."""

    remedy = "Make room on its disk and start again; nothing that was taken in is lost."


class StoreDiskError(StoreError):
    """A disk that does not read or write."""

    remedy = "Check the disk of the store: it may be broken, removed, or at its quota."


class StoreBusyError(StoreError):
    """Another program holds the store's write lock for too long."""

    remedy = "Stop the program that holds the store open for writing, and start again."


class DamagedStoreError(StoreError):
    """A store whose file is broken."""

    remedy = "Put back a copy of the store, or remove it and run `xiada ingest` again."


class UnreachableStoreError(StoreError):
    """A server that does not answer, or does not let us in."""

    remedy = "Check host, port, user, password and database, and that the server runs."


class StoreDriverError(StoreError):
    """The part of the program that talks to PostgreSQL was not installed."""

    remedy = "Install the extra postgres: pip install 'xiada[postgres]'."


class NoRunError(StoreError):
    """A run that the store does not know."""

    remedy = "Give the number of one of its runs."


class WhereError(StoreError):
    """A filter that is not understood."""

    remedy = (
        "Write conditions such as fiscal_year=2021, unit_code=65*, status=suspect, "
        "outcome!=rejected, and join them with `and`."
    )


class LockedError(StoreError):
    """Another run is taking in documents into the same store."""

    exit_status: ClassVar[int] = 75
    remedy = "Wait until it has ended, or stop it, and start again."
