"""Several faults in one table, or figures lost: what is sure beside them, and what is not."""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from audit.proof import prove_table
from audit.structure import table_to_structure
from benchmarks.proof.measure import print_sheet, printed_table
from benchmarks.proof.programmes import make_sheet
from schemas.proofs import Status


def prove(made):
    return prove_table(made, table_to_structure(made), False)


def misprinted(table, printed):
    """The table with other prints at some (row, column)."""
    rows = [list(row.cells) for row in table.rows]
    for (r, c), text in printed.items():
        value, places = Decimal(text), len(text.partition(".")[2])
        rows[r][c] = replace(rows[r][c], printed=text, value=value, decimals=places)
    lines = zip(table.rows, rows, strict=True)
    return replace(table, rows=tuple(replace(row, cells=tuple(cells)) for row, cells in lines))


def values_of(found, cells):
    return {c: (found.proofs[c[0]][c[1]].status, found.proofs[c[0]][c[1]].value) for c in cells}


def repaired(table, cells):
    return {(r, c): (Status.REPAIRED, table.rows[r].cells[c].value) for r, c in cells}


def rows_with_sums(random, columns, blocks, parts, own=0):
    """全省合计 of so many prefectures of so many counties, and rows of its own; all columns but the
    last are drawn, and the last is their sum."""

    def line():
        drawn = [random.randint(1_000, 90_000) for _ in range(columns - 1)]
        return [*drawn, sum(drawn)]

    rows, whole = [], [0] * columns
    for name in (f"本级{i}" for i in range(own)):
        rows.append((name, line()))
        whole = [a + b for a, b in zip(whole, rows[-1][1], strict=True)]
    for block in range(blocks):
        lines = [line() for _ in range(parts)]
        sums = [sum(c) for c in zip(*lines, strict=True)]
        whole = [a + b for a, b in zip(whole, sums, strict=True)]
        rows.append((f"地区{block}合计", sums))
        rows += [(f"县{block}{i}", one) for i, one in enumerate(lines)]
    return [(name, [str(v) for v in one]) for name, one in [("全省合计", whole), *rows]]


@pytest.fixture
def sources(table):
    return table(rows_with_sums(Random(5), 3, 3, 7, own=2))


def changed(text, place, digit):
    return text[:place] + digit + text[place + 1 :]


def test_what_no_fault_explains_does_not_hide_a_misread_digit_beside_it(sources):
    # 本级0 prints anything at all; the sum of the column fails by both together.
    head = str(sources.rows[3].cells[0].value)
    prints = {(1, 0): "7", (3, 0): changed(head, 1, "8" if head[1] != "8" else "3")}
    found = prove(misprinted(sources, prints))
    assert values_of(found, prints) == repaired(sources, prints)


def test_two_faults_of_one_amount_are_repaired_where_no_other_two_would_do(sources):
    # 5 too many in a county of one prefecture and in another column of another one.
    cells = [(5, 0), (14, 1)]
    prints = {c: str(sources.rows[c[0]].cells[c[1]].value + 300) for c in cells}
    found = prove(misprinted(sources, prints))
    for cell in cells:
        status, value = values_of(found, [cell])[cell]
        assert status is not Status.PROVED
        assert status is not Status.REPAIRED or value == sources.rows[cell[0]].cells[cell[1]].value


def test_sums_that_miss_for_no_known_reason_still_say_that_something_is_wrong(sources):
    # Three counties print what no fault explains; a fourth has one wrong digit.
    printed = str(sources.rows[20].cells[1].value)
    digit = changed(printed, 0, "9" if printed[0] != "9" else "4")
    prints = {(4, 0): "77", (6, 0): "31313", (13, 0): "5", (20, 1): digit}
    found = prove(misprinted(sources, prints))
    told = {Status.SUSPECT, Status.REPAIRED}
    assert all(found.proofs[r][c].status in told for r, c in prints)
    assert values_of(found, [(20, 1)]) == repaired(sources, [(20, 1)])


def test_a_rate_is_worked_out_from_its_amounts_though_no_header_says_so(table, columns):
    random, rows, whole = Random(3), [], [0, 0]
    for i in range(12):
        budget = random.randint(100, 9_000_000)
        done = budget * random.randint(5_000, 10_000) // 10_000
        whole = [whole[0] + budget, whole[1] + done]
        rows.append((f"县{i}", budget, done))
    lines = [("合计", *whole), *rows]
    texts = [
        (name, [f"{b / 100:.2f}", f"{d / 100:.2f}", f"{Decimal(100 * d) / b:.2f}%"])
        for name, b, d in lines
    ]
    heads = columns(("预算数", "", "", "万元"), ("执行数", "", "", "万元"), ("执行率", "", "", "%"))
    found = prove(table(texts, heads))
    assert all(line[2].status is Status.PROVED for line in found.proofs)


def test_a_standard_that_is_the_same_in_all_rows_is_proved_by_what_it_gives(table, columns):
    random, rows = Random(6), []
    for i in range(14):
        households = random.randint(10, 3_000)
        rows.append((f"县{i}", [str(households), "1.5", f"{households * 1.5:.1f}"]))
    heads = columns(
        ("户数", "", "", "户"), ("户均补助", "", "", "万元/户"), ("补助资金", "", "", "万元")
    )
    found = prove(table(rows, heads))
    assert {c.status for line in found.proofs for c in line} == {Status.PROVED}


def test_a_block_with_one_wrong_figure_is_found_inside_a_sum_that_closes(table):
    random, rows = Random(8), []

    def block(name, depth):
        place, total = len(rows), 0
        for i in range(4):
            if depth:
                total += block(f"{name}{i}", depth - 1)
            else:
                rows.append((f"{name}{i}", random.randint(10, 999)))
                total += rows[-1][1]
        rows.insert(place, (name, total))
        return total

    block("区", 2)
    wrong = next(i for i, (name, _) in enumerate(rows) if name == "区212")
    texts = [(name, [str(v)]) for name, v in rows]
    whole = table_to_structure(table(texts))
    texts[wrong] = (texts[wrong][0], [str(rows[wrong][1] + 3)])
    found = table_to_structure(table(texts))
    assert {(b.head, b.parts) for b in found.blocks} == {(b.head, b.parts) for b in whole.blocks}


def test_one_failing_sum_of_many_cells_does_not_unsettle_the_rest(table):
    # Which of twelve figures is wrong cannot be told; that is one fault and not twelve.
    made = table(rows_with_sums(Random(2), 2, 6, 12))
    amounts = replace(
        made,
        columns=made.columns[:1],
        rows=tuple(replace(row, cells=row.cells[:1]) for row in made.rows),
    )
    value = amounts.rows[5].cells[0].value
    found = prove(misprinted(amounts, {(5, 0): str(value + 1111)}))
    statuses = [line[0].status for line in found.proofs]
    assert statuses[0] is Status.UNPROVED  # its one sum relies on the head of the failing one
    assert set(statuses[1:14]) == {Status.SUSPECT, Status.UNPROVED}
    assert set(statuses[14:]) == {Status.PROVED}


def test_a_figure_that_was_lost_is_nobody_elses_fault(table):
    rows = [
        ("合计", ["", "12933", "2405", "29989"]),
        ("乌兰浩特市", ["1867", "3044", "985", "5896"]),
        ("阿尔山市", ["3085", "1044", "197", "4326"]),
        ("科右前旗", ["368", "707", "140", "1215"]),
        ("科右中旗", ["2037", "4158", "214", "6409"]),
        ("扎赉特旗", ["3292", "258", "470", ""]),
        ("突泉县", ["4002", "3722", "399", "8123"]),
    ]
    found = prove(table(rows))
    total = found.proofs[0][3]
    assert total.value == Decimal(29989)
    assert total.status not in (Status.REPAIRED, Status.PROVED)


def test_a_blank_cell_counts_as_nothing_where_its_row_says_so(table):
    # Each county has money of two or three of five sources; nothing is printed for the others.
    random, rows, whole = Random(4), [], [0] * 6
    for i in range(14):
        line = [random.randint(100, 90_000) if random.random() < 0.5 else 0 for _ in range(5)]
        line.append(sum(line))
        whole = [a + b for a, b in zip(whole, line, strict=True)]
        rows.append((f"县{i}", [str(v) if v else "" for v in line]))
    made = table([("合计", [str(v) for v in whole]), *rows])
    found = prove(made)
    kept = {c.status for line in found.proofs for c in line}
    assert kept == {Status.PROVED, Status.BLANK}
    r, c = next((r, c) for r in (4, 5) for c in range(5) if made.rows[r].cells[c].value)
    printed = str(made.rows[r].cells[c].value)
    prints = {(r, c): changed(printed, 1, "8" if printed[1] != "8" else "3")}
    assert values_of(prove(misprinted(made, prints)), prints) == repaired(made, prints)


@pytest.mark.parametrize("seed", [66000022, 66000047])
def test_nothing_is_suspect_in_a_right_table_whose_standard_no_header_prints(seed):
    # persons = amount × 8 holds more easily than amount = persons × 0.125, and is not meant.
    sheet = make_sheet(seed, False)
    found = prove(printed_table(sheet, print_sheet(sheet)))
    assert all(p.status is not Status.SUSPECT for line in found.proofs for p in line)
