"""`xiada`, and `python -m xiada.cli`."""

import os
import sys

from xiada.cli.main import main


def run() -> None:
    """The command as a process of its own."""
    _keep_results_apart()
    main(prog_name="xiada")


def _keep_results_apart() -> None:
    """Native libraries print past Python, to descriptor 1 (the solver does now and then). Results
    get a descriptor of their own, and what is printed to 1 goes where messages go."""
    sys.stdout.flush()
    results = os.dup(1)
    os.dup2(2, 1)
    sys.stdout = os.fdopen(
        results, "w", encoding=sys.stdout.encoding, errors=sys.stdout.errors, buffering=1
    )


if __name__ == "__main__":
    run()
