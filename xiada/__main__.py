"""`python -m xiada`: the command line, where the script `xiada` is not on the path."""

from xiada.cli.__main__ import run

run()
