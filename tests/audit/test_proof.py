"""Proof: what is proved, what is repaired, what is suspect."""

from collections import Counter
from decimal import Decimal
from random import Random

import pytest

from audit.proof import prove_table
from audit.sentences import equation_text
from audit.structure import table_to_structure
from schemas.findings import Cause
from schemas.proofs import Status

FORMULAS = {
    4: "4=2×3×50元 /10000",
    8: "8-6×7×12×52 元/10000",
    9: "9:4+8",
    11: "10 11=9+10",
}


def prove(made, born_digital=False):
    return prove_table(made, table_to_structure(made), born_digital)


def statuses(proof):
    return Counter(p.status for line in proof.proofs for p in line)


def marked(proof, *wanted):
    return {
        (r, c): p.value
        for r, line in enumerate(proof.proofs)
        for c, p in enumerate(line)
        if p.status in wanted
    }


@pytest.fixture(params=[True, False], ids=["formulas printed", "formulas lost"])
def pension_table(request, table, columns, pensions):
    heads = [
        (f"c{n}", str(n), FORMULAS.get(n, "") if request.param else "", "") for n in range(1, 12)
    ]
    return table(pensions, columns(*heads, ("标识", "", "", "text")))


def test_two_wrong_digits_among_a_thousand(pension_table):
    proof = prove(pension_table)
    assert marked(proof, Status.REPAIRED) == {(23, 4): Decimal(32846), (54, 5): Decimal(156430)}
    assert marked(proof, Status.SUSPECT) == {}
    assert statuses(proof)[Status.PROVED] == 1060
    assert {f.cause for f in proof.findings} == {Cause.OCR}
    texts = [equation_text(proof.proofs, proof.equations[i]) for i in proof.proofs[54][5].equations]
    assert any("154881 × 1.01 → 156429.81" in text for text in texts)


def test_nothing_is_repaired_in_a_born_digital_table(pension_table):
    proof = prove(pension_table, born_digital=True)
    assert marked(proof, Status.REPAIRED) == {}
    assert marked(proof, Status.SUSPECT).keys() == {(23, 4), (54, 5)}
    assert {f.cause for f in proof.findings} == {Cause.SOURCE}
    assert all(f.proposal == "" for f in proof.findings)


def test_rows_and_columns_prove_each_other(table, counties):
    proof = prove(table(counties))
    assert statuses(proof) == {Status.PROVED: 24}
    assert proof.proofs[7][2].proofs == 2


def test_every_single_digit_of_a_table_of_sums_is_found(table, counties):
    for row, column in ((0, 0), (3, 1), (5, 2), (7, 2)):
        rows = [(name, list(cells)) for name, cells in counties]
        right = rows[row][1][column]
        rows[row][1][column] = right[:-1] + str((int(right[-1]) + 5) % 10)
        proof = prove(table(rows))
        found = proof.proofs[row][column]
        assert found.status in (Status.REPAIRED, Status.SUSPECT)
        assert found.status is Status.SUSPECT or found.value == Decimal(right)


def test_a_sum_alone_accuses_and_repairs_nothing(table):
    amounts = ["1203", "8450", "3991", "4172", "662"]
    rows = [(f"县{i}", [a]) for i, a in enumerate(amounts)]
    proof = prove(table([*rows, ("合计", ["18978"])]))
    assert marked(proof, Status.REPAIRED, Status.PROVED) == {}
    assert marked(proof, Status.SUSPECT)


def test_several_wrong_cells_of_one_block(table, pensions):
    rows = [(name, list(cells)) for name, cells in pensions]
    right = {}
    for (row, column), wrong in {(4, 0): "96292", (6, 0): "745642", (8, 8): "763"}.items():
        right[row, column] = Decimal(rows[row][1][column])
        rows[row][1][column] = wrong
    repaired = marked(prove(table(rows)), Status.REPAIRED)
    assert {k: v for k, v in repaired.items() if k in right} == right


def test_a_wrong_digit_below_the_rounding_is_not_called_proved(table):
    random = Random(7)
    rows = []
    for i in range(30):
        people = random.randint(1000, 90000)
        rows.append((f"县{i}", [str(people), str(round(people * 52 / 10000))]))
    proof = prove(table(rows))
    assert all(line[0].status is not Status.PROVED for line in proof.proofs)


def test_figures_of_chance_prove_nothing(table):
    for seed in range(12):
        random = Random(seed)
        rows = [(f"县{i}", [str(random.randint(0, 9999)) for _ in range(5)]) for i in range(25)]
        assert set(statuses(prove(table(rows)))) == {Status.UNPROVED}


@pytest.mark.parametrize(
    "formula",
    ["2=1+9", "2=1/0", "2=2+1", "3=1/3", "A=B", "2=1×1", "(" * 10_000, "2=" + "1+" * 5_000 + "1"],
)
def test_formulas_that_make_no_sense_are_a_finding(table, columns, formula):
    heads = columns(("a", "1", "", ""), ("b", "2", formula, ""), ("c", "3", "", ""))
    rows = [(f"县{i}", [str(7 * i + 3), str(90 - 11 * i * i), str(i)]) for i in range(6)]
    found = prove(table(rows, heads)).findings
    assert found
    assert found[0].rule in ("formula-unreadable", "formula-fails")


def test_tables_without_sense_end_quickly_and_claim_nothing(table):
    zeros = [(f"县{i}", ["0"] * 6) for i in range(3000)]
    equal = [(f"县{i}", ["5", "7", "9"]) for i in range(3000)]
    long = [("合计", ["9" * 200, "x"]), ("甲", ["9" * 200, ""]), ("乙", ["0", "×"])]
    for rows in (zeros, equal, long, [], [("甲", [])], [("甲", ["1"])]):
        assert marked(prove(table(rows)), Status.PROVED, Status.REPAIRED) == {}


def test_blank_words_and_crosses_keep_their_kind(table):
    rows = [("合计", ["300", "×"]), ("甲", ["141", "见附件"]), ("乙", ["159", ""])]
    proof = prove(table(rows))
    assert [line[1].status for line in proof.proofs] == [
        Status.NOT_APPLICABLE,
        Status.TEXT,
        Status.BLANK,
    ]


def test_shares_of_the_total_are_recomputed(table):
    random = Random(3)
    people = [random.randint(900, 90_000) for _ in range(14)]
    whole = sum(people)
    rows = [(f"县{i}", [str(n), f"{100 * Decimal(n) / whole:.2f}%"]) for i, n in enumerate(people)]
    wrong = [(name, list(cells)) for name, cells in [("合计", [str(whole), "100.00%"]), *rows]]
    right = wrong[5][1][1]
    wrong[5][1][1] = right.replace(right[0], "3" if right[0] != "3" else "8", 1)
    clean = prove(table([("合计", [str(whole), "100.00%"]), *rows]))
    assert statuses(clean)[Status.PROVED] >= 28
    found = prove(table(wrong)).proofs[6 - 1][1]
    assert found.status in (Status.REPAIRED, Status.SUSPECT)


def test_numbers_in_a_column_of_words_are_words(table, columns):
    heads = columns(("金额", "", "", "万元"), ("备注", "", "", "text"))
    proof = prove(table([("合计", ["7", "1"]), ("甲", ["3", "2"]), ("乙", ["4", "0"])], heads))
    assert [line[1].status for line in proof.proofs] == [Status.TEXT] * 3


def test_persons_that_add_up_exactly_are_proved_in_a_small_table(table, columns):
    people = [1203417, 150218, 850931, 730777, 910125, 1560301, 600231]
    rows = [("合计", [str(sum(people))]), *((f"县{i}", [str(n)]) for i, n in enumerate(people))]
    proof = prove(table(rows, columns(("人数", "", "", "人"))))
    assert statuses(proof) == {Status.PROVED: 8}
    wrong = [*rows[:3], ("县2", ["850937"]), *rows[4:]]
    found = prove(table(wrong, columns(("人数", "", "", "人"))))
    assert marked(found, Status.PROVED, Status.REPAIRED) == {}


def test_two_wrong_cells_of_a_column_of_sums_are_never_proved(table, pensions):
    rows = [(name, list(cells)) for name, cells in pensions]
    right = rows[4][1][8]
    rows[4][1][8] = right[:-1] + str((int(right[-1]) + 5) % 10)
    rows[6][1][8] = "3141592"
    proof = prove(table(rows))
    for row in (4, 6):
        found = proof.proofs[row][8]
        assert found.status in (Status.SUSPECT, Status.REPAIRED)
    assert proof.proofs[4][8].value in (Decimal(right), Decimal(rows[4][1][8]))
