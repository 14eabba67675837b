"""Told to stop: by the terminal, by a service, by a line that was hung up."""

import signal
import sys
from types import FrameType

_INTERRUPTED = 128 + signal.SIGINT
_REMIND_SECONDS = 0.5
_DEFAULTS = (signal.SIG_DFL, signal.default_int_handler)


class StoppedError(KeyboardInterrupt):
    """SIGINT, SIGTERM or SIGHUP came.

    A kind of its own for SIGINT as well: where a plain KeyboardInterrupt once passed through code
    that is made at run time (a dataclass is), Python kills itself at the end, whoever handled it.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_status = 128 + number


def stop_tidily() -> None:
    """From now on these signals end the command in order, scratch folders removed, unless they are
    ignored (`nohup`)."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) in _DEFAULTS:
            signal.signal(number, _stop)
    sys.unraisablehook = _say_unraised


def exit_status(stop: KeyboardInterrupt) -> int:
    """What a shell expects: 128 and the number of the signal. Nobody reminds of it from now on."""
    signal.setitimer(signal.ITIMER_REAL, 0)
    return stop.exit_status if isinstance(stop, StoppedError) else _INTERRUPTED


def _stop(number: int, _frame: FrameType | None) -> None:
    def remind(_number: int, _frame: FrameType | None) -> None:
        if not _is_stopping():
            raise StoppedError(number)

    # Modules in C that are being loaded swallow what is raised meanwhile, and a call that is just
    # about to wait for the system never learns of it.
    signal.signal(signal.SIGALRM, remind)
    signal.setitimer(signal.ITIMER_REAL, _REMIND_SECONDS, _REMIND_SECONDS)
    raise StoppedError(number)


def _say_unraised(unraised: "sys.UnraisableHookArgs") -> None:
    """What is raised while something is thrown away cannot be handed on; ours comes again."""
    if not isinstance(unraised.exc_value, StoppedError):
        sys.__unraisablehook__(unraised)


def _is_stopping() -> bool:
    """Whether the error is on its way, and what it passes is being put in order."""
    error = sys.exception()
    while error is not None:
        if isinstance(error, StoppedError):
            return True
        error = error.__context__
    return False
