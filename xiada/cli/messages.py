"""What goes to standard error: log lines as text or JSON, and progress on a terminal."""

import json
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import click

PACKAGES = ("schemas", "extract", "normalize", "audit", "ingest", "xiada")
LOG_FORMATS = ("text", "json")

_ERASE_LINE = "\r\x1b[K"

Command = TypeVar("Command", bound=Callable[..., Any])
Item = TypeVar("Item")


def message_options(command: Command) -> Command:
    """The options that every command has; they set up the log before the command runs.

    How much to say is read first (eager), as setting up needs it.
    """
    options = (
        click.option(
            "--quiet", is_flag=True, expose_value=False, callback=_set_level, is_eager=True,
            help="Say nothing but errors.",
        ),
        click.option(
            "--verbose", is_flag=True, expose_value=False, callback=_set_level, is_eager=True,
            help="Also say what only a developer wants to know.",
        ),
        click.option(
            "--log-format", type=click.Choice(LOG_FORMATS), default="text", expose_value=False,
            callback=_set_up, show_default=True, help="Form of the messages.",
        ),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def with_progress(items: Sequence[Item], name: Callable[[Item], str]) -> Iterator[Item]:
    """The items one by one, counted on standard error where that is a terminal."""
    if not (sys.stderr.isatty() and logging.getLogger("xiada").isEnabledFor(logging.INFO)):
        yield from items
        return
    for count, item in enumerate(items, 1):
        sys.stderr.write(f"{_ERASE_LINE}{count}/{len(items)} {name(item)}")
        sys.stderr.flush()
        yield item
    sys.stderr.write(_ERASE_LINE)


def _set_level(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        ctx.meta["xiada.level"] = logging.ERROR if param.name == "quiet" else logging.DEBUG


def _set_up(ctx: click.Context, _param: click.Parameter, value: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines() if value == "json" else _TextLines(sys.stderr.isatty()))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for package in PACKAGES:
        logging.getLogger(package).setLevel(ctx.meta.get("xiada.level", logging.INFO))


class _TextLines(logging.Formatter):
    """`warning: message`; on a terminal the progress line is wiped first."""

    def __init__(self, on_terminal: bool) -> None:
        super().__init__("%(message)s")
        self._before = _ERASE_LINE if on_terminal else ""

    def format(self, record: logging.LogRecord) -> str:
        level = "" if record.levelno == logging.INFO else f"{record.levelname.lower()}: "
        return f"{self._before}{level}{super().format(record)}"


class _JsonLines(logging.Formatter):
    """One JSON object a line, with the fields that the message was given."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
