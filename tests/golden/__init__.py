"""The golden tests: every case of `fixtures/` against its truth and its expected tables.

`truth/` holds facts that were known before any program read the input; `expected/` holds the five
tables as the program wrote them and a person accepted them. `python -m tests.golden --show` prints
where the two differ from what the program writes now, `--accept` takes the new tables over.
"""
