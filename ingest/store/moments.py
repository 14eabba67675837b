"""The time of day. Nothing is decided by it: it may go backwards."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)
