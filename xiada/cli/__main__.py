"""`xiada`, and `python -m xiada.cli`."""

import os
import sys

from xiada.cli.main import CANNOT_GO_ON, main
from xiada.cli.results import Results, ResultsError
from xiada.cli.signals import stop_tidily

_STANDARD = (0, 1, 2)


def run() -> None:
    """The command as a process of its own."""
    stop_tidily()
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
    # A terminal or file that knows no Chinese gets escapes; an error would cost the results.
    errors = "backslashreplace" if sys.stdout.errors == "strict" else sys.stdout.errors
    binary = os.fdopen(results, "wb")
    sys.stdout = Results(binary, sys.stdout.encoding, errors, line_buffering=True)


def _hand_over_results() -> None:
    """What is still held back must not become a footnote of the interpreter's end."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        pass  # whoever read them has seen enough
    except ResultsError as error:
        sys.stderr.write(f"error: {error.told}\n")
        sys.exit(CANNOT_GO_ON)


if __name__ == "__main__":
    run()
