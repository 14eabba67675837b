"""`python -m xiada.cli`."""

from xiada.cli.main import main

main(prog_name="xiada")
