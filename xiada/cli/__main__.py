"""`xiada`, and `python -m xiada.cli`."""

import os
import sys

from xiada.cli.main import CANNOT_GO_ON, main

_STANDARD = (0, 1, 2)


def run() -> None:
    """The command as a process of its own."""
    _open_what_is_closed()
    _keep_results_apart()
    try:
        main(prog_name="xiada")
    finally:
        _hand_over_results()


def _open_what_is_closed() -> None:
    """Whoever starts us may have closed a standard descriptor (`2>&-`). What is opened next would
    get its number, and messages would be written into the store."""
    for number in _STANDARD:
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free, which is this one
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def _keep_results_apart() -> None:
    """Native libraries print past Python, to descriptor 1 (the solver does now and then). Results
    get a descriptor of their own, and what is printed to 1 goes where messages go."""
    sys.stdout.flush()
    results = os.dup(1)
    os.dup2(2, 1)
    sys.stdout = os.fdopen(
        results, "w", encoding=sys.stdout.encoding, errors=sys.stdout.errors, buffering=1
    )


def _hand_over_results() -> None:
    """Results that cannot be written (a full disk behind `>`) are an error, not a footnote of the
    interpreter's end."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read them has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        sys.stderr.write(f"error: the results cannot be written: {error.strerror}\n")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(CANNOT_GO_ON)


if __name__ == "__main__":
    run()
