"""The command line. Arguments, messages and exit statuses only."""

from xiada.cli.main import main

__all__ = ["main"]
