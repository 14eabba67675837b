"""A table of which a column may be missed is doubted as a whole."""

from dataclasses import replace

from normalize.allocation import part_to_allocation
from tests.normalize.allocation.test_allocation import BODY, HEADER
from tests.normalize.made import parts_of


def test_every_row_is_doubted_and_a_finding_says_so() -> None:
    (part,) = parts_of(*HEADER, *BODY).parts
    doubted = replace(part, tables=tuple(replace(t, uncertain=True) for t in part.tables))
    sure, table = part_to_allocation(part, 1), part_to_allocation(doubted, 1)
    assert not any(row.shift_uncertain for row in sure.rows)
    assert table.rows
    assert all(row.shift_uncertain for row in table.rows)
    assert "columns-uncertain" in [finding.rule for finding in table.findings]
    assert "columns-uncertain" not in [finding.rule for finding in sure.findings]
