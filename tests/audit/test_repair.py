"""Repairs: what two witnesses say is taken, what one cell alone says is not."""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from audit.holes import fits_print
from audit.proof import prove_table
from audit.structure import table_to_structure
from audit.told import growth_told
from benchmarks.proof.measure import damage_print, print_sheet, printed_table
from benchmarks.proof.measure import prove as prove_sheet
from benchmarks.proof.programmes import make_sheet
from schemas.findings import Cause
from schemas.proofs import Status
from schemas.tables import CellKind


def prove(made, born_digital=False):
    return prove_table(made, table_to_structure(made), born_digital)


def with_cell(table, row, column, **changes):
    """The table with one of its cells changed."""
    line = table.rows[row]
    cells = list(line.cells)
    cells[column] = replace(cells[column], **changes)
    rows = list(table.rows)
    rows[row] = replace(line, cells=tuple(cells))
    return replace(table, rows=tuple(rows))


def sums_of_sources():
    """Two sources of money and their sum, of 24 rows in three blocks; the total stands first."""
    random = Random(11)
    rows, whole = [], [0, 0, 0]
    for block in range(3):
        parts = [[random.randint(1_000, 90_000) for _ in range(2)] for _ in range(7)]
        lines = [[a, b, a + b] for a, b in parts]
        sums = [sum(c) for c in zip(*lines, strict=True)]
        whole = [a + b for a, b in zip(whole, sums, strict=True)]
        rows.append((f"地区{block}合计", sums))
        rows += [(f"县{block}{i}", line) for i, line in enumerate(lines)]
    return [(name, [str(v) for v in line]) for name, line in [("合计", whole), *rows]]


@pytest.fixture
def sources(table):
    return table(sums_of_sources())


@pytest.mark.parametrize("printed", ["7", "40812", "999999"])
def test_a_number_garbled_beyond_the_model_is_repaired_where_two_equations_agree(sources, printed):
    right = sources.rows[4].cells[0].value
    made = with_cell(sources, 4, 0, printed=printed, value=Decimal(printed))
    found = prove(made).proofs[4][0]
    assert (found.status, found.value) == (Status.REPAIRED, right)


def test_a_leading_zero_tells_that_the_first_digit_was_misread(sources):
    right = sources.rows[4].cells[0].value
    printed = "0" + str(right)[1:]
    made = with_cell(sources, 4, 0, printed=printed, value=Decimal(printed))
    assert prove(made).proofs[4][0].value == right


def test_two_faults_that_cancel_out_are_not_repaired_beside_them(sources):
    made = sources
    for row, step in ((3, 600), (5, -600)):
        value = made.rows[row].cells[0].value + step
        made = with_cell(made, row, 0, printed=str(value), value=value)
    proofs = prove(made).proofs
    for row in (3, 5):
        for column in range(3):
            kept = proofs[row][column]
            assert (
                kept.status is not Status.REPAIRED
                or kept.value == sources.rows[row].cells[column].value
            )
        assert proofs[row][0].status is not Status.PROVED


# Tables in which an earlier rule of repair was wrong: faults that cancel out in a column or in
# another row, two in a row that rate and rest both bear out, a sum whose own rounding hid a cheaper
# reading, a total that was taken for a unit, a fault too small to break a loose sum.
@pytest.mark.parametrize(
    ("seed", "formulas", "even", "rate"),
    [
        (88000010, True, False, 0.05),
        (5000130, False, True, 0.05),
        (7000128, True, True, 0.05),
        (7000143, True, False, 0.05),
        (7000176, True, True, 0.05),
        (7000231, True, True, 0.05),
        (8000021, True, False, 0.05),
        (8000120, False, False, 0.05),
        (10000010, True, False, 0.01),
        (10000197, False, False, 0.05),
        (12000087, True, True, 0.05),
        (13000034, True, False, 0.01),
        (55000061, True, True, 0.05),
        (55000112, True, False, 0.05),
        (55000155, False, True, 0.05),
        (44000054, True, False, 0.05),
        (44000057, True, False, 0.05),
        (44000071, True, True, 0.05),
        (123000164, True, True, 0.01),
        (123000183, False, True, 0.05),
        (131000067, False, True, 0.05),
        (400000161, True, False, 0.05),
        (500000100, True, True, 0.05),
        (620000195, False, False, 0.01),
        (720000254, True, True, 0.05),
    ],
)
def test_no_figure_is_silently_wrong(seed, formulas, even, rate):
    sheet = make_sheet(seed, formulas)
    right = print_sheet(sheet)
    found = prove_sheet(printed_table(sheet, damage_print(right, rate, even, seed)))
    wrong = [
        (r, c)
        for r, line in enumerate(found.proofs)
        for c, proof in enumerate(line)
        if proof.status in (Status.PROVED, Status.REPAIRED)
        and proof.value != Decimal(right[r][c].rstrip("%"))
    ]
    assert wrong == []


def test_another_reading_of_the_picture_confirms_a_repair(sources):
    right = sources.rows[4].cells[0].value
    made = with_cell(sources, 4, 0, printed="8", value=Decimal(8), readings=(right,))
    proof = prove(made)
    found = proof.proofs[4][0]
    assert (found.status, found.value, found.confirmed) == (Status.REPAIRED, right, True)
    assert "second reading" in next(f.message for f in proof.findings if f.row_no == 5)


def test_a_wrong_reading_does_not_decide_against_the_equations(sources):
    right = sources.rows[4].cells[0].value
    made = with_cell(sources, 4, 0, readings=(right + 1,))
    found = prove(made).proofs[4][0]
    assert (found.status, found.value, found.confirmed) == (Status.PROVED, right, False)


def test_an_unreadable_cell_is_read_where_equations_and_print_agree(sources):
    right = str(sources.rows[4].cells[0].value)
    spoilt = {"kind": CellKind.UNREADABLE, "value": None}
    made = with_cell(sources, 4, 0, printed=right[:1] + "?" + right[2:], **spoilt)
    found = prove(made).proofs[4][0]
    assert (found.status, found.value) == (Status.REPAIRED, Decimal(right))
    assert prove(made, born_digital=True).proofs[4][0].status is Status.UNREADABLE


def test_an_unreadable_cell_that_the_equations_contradict_is_a_proposal(sources):
    right = str(sources.rows[4].cells[0].value)
    other = "".join(str((int(d) + 3) % 10) for d in right[2:])
    made = with_cell(
        sources, 4, 0, printed=right[:1] + "?" + other, kind=CellKind.UNREADABLE, value=None
    )
    proof = prove(made)
    found = proof.proofs[4][0]
    assert (found.status, found.value) == (Status.UNREADABLE, None)
    assert found.proposals == (Decimal(right),)
    assert {p.status for p in proof.proofs[5]} == {Status.PROVED}


def test_an_unreadable_cell_with_nothing_to_tell_it_accuses_nobody(table):
    made = with_cell(
        table([("县一", ["12"]), ("县二", ["13"])]), 0, 0, kind=CellKind.UNREADABLE, value=None
    )
    assert [line[0].status for line in prove(made).proofs] == [Status.UNREADABLE, Status.UNPROVED]


def test_spoilt_characters_hide_one_digit_or_two():
    assert fits_print("1?3", Decimal(123))
    assert fits_print("■1.5", Decimal("21.50"))
    assert not fits_print("1?3", Decimal(125))


@pytest.mark.parametrize(
    ("header", "factor"),
    [
        ("2020年按1%增长率测算领取待遇人数", "1.01"),
        ("增长率按 1.5％ 测算", "1.015"),
        ("增长率", None),
    ],
)
def test_growth_told_in_words_is_read(header, factor):
    told = growth_told(header)
    assert (told and told[0]) == (factor and Decimal(factor))


def test_growth_told_in_words_is_an_equation_with_these_words(table, columns):
    people = [1203, 4850, 991]
    rows = [(f"县{i}", [str(n), str(round(n * 1.03))]) for i, n in enumerate(people)]
    heads = columns(("领取人数", "", "", "人"), ("按3%增长率测算人数", "", "", "人"))
    equations = prove(table(rows, heads)).equations
    assert {e.source for e in equations} == {"按3%增长率"}


def test_a_miss_that_rounding_explains_is_called_rounding(table, columns):
    rows = sums_of_sources()
    rows[0] = ("合计", [rows[0][1][0], rows[0][1][1], str(int(rows[0][1][2]) + 1)])
    causes = {f.cause for f in prove(table(rows), born_digital=True).findings}
    assert causes == {Cause.ROUNDING}
