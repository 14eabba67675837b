"""Structure: which rows add up to which."""

from audit.structure import table_to_structure
from audit.words import RowWord, row_word
from schemas.tables import Role


def blocks_of(structure):
    return {b.head: b.parts for b in structure.blocks}


def test_province_of_prefectures_over_four_pages(table, pensions):
    assert len(pensions) == 99
    found = table_to_structure(table(pensions))
    heads = (3, 15, 23, 31, 36, 44, 54, 64, 69, 82, 91, 95)
    ends = (*heads[1:], 99)
    expected = {h: tuple(range(h + 1, e)) for h, e in zip(heads, ends, strict=True)}
    expected[0] = (1, 2, *heads)
    assert blocks_of(found) == expected
    assert found.blocks[0].head == 0
    assert found.roles[0] is Role.TOTAL
    assert {i for i, r in enumerate(found.roles) if r is Role.SUBTOTAL} == set(heads)


def test_a_wrong_digit_fails_one_column_and_breaks_no_block(table, pensions):
    found = table_to_structure(table(pensions))
    fails = {b.head: b.fails for b in found.blocks}
    assert fails[23] == fails[54] == 1
    assert fails[0] == 2
    assert sum(fails.values()) == 4


def test_total_printed_last(table, counties):
    found = table_to_structure(table(counties))
    assert blocks_of(found) == {7: (0, 1, 2, 3, 4, 5, 6)}
    assert found.roles == (Role.UNIT,) * 7 + (Role.TOTAL,)


def test_one_column_of_small_figures(table):
    rows = [("全区合计", ["100"]), ("甲地区", ["60"]), ("甲县", ["40"]), ("乙县", ["20"])]
    found = table_to_structure(table([*rows, ("丙市", ["40"])]))
    assert blocks_of(found) == {0: (1, 4), 1: (2, 3)}
    assert found.roles == (Role.TOTAL, Role.SUBTOTAL, Role.UNIT, Role.UNIT, Role.UNIT)


def test_three_levels_and_subtotals_after_their_parts(table):
    rows = [
        ("甲县", ["1203", "77"]),
        ("乙县", ["845", "31"]),
        ("东部小计", ["2048", "108"]),
        ("丙县", ["3991", "64"]),
        ("丁县", ["417", "9"]),
        ("西部小计", ["4408", "73"]),
        ("地方合计", ["6456", "181"]),
        ("本级", ["5000", "950"]),
        ("全省合计", ["11456", "1131"]),
    ]
    found = table_to_structure(table(rows))
    assert blocks_of(found) == {8: (6, 7), 6: (2, 5), 2: (0, 1), 5: (3, 4)}
    assert [b.head for b in found.blocks] == [8, 6, 2, 5]
    assert found.roles[8] is Role.TOTAL
    assert found.roles[6] is found.roles[2] is found.roles[5] is Role.SUBTOTAL


def test_rows_called_of_which_are_no_additions(table):
    rows = [
        ("合 計", ["9106", "1203"]),
        ("甲市", ["5021", "700"]),
        ("其中：开发区", ["811", "95"]),
        ("乙市", ["4085", "503"]),
        ("其中：示范区", ["77", "12"]),
    ]
    found = table_to_structure(table(rows))
    assert blocks_of(found) == {0: (1, 3)}
    assert found.roles[2] is Role.UNIT


def test_rounded_parts_may_miss_their_sum(table):
    rows = [("合计", ["100.1", "48077"]), ("甲", ["33.4", "20001"])]
    found = table_to_structure(table([*rows, ("乙", ["33.4", "18001"]), ("丙", ["33.4", "10074"])]))
    assert (found.blocks[0].holds, found.blocks[0].fails) == (2, 0)


def test_a_total_that_does_not_add_up_is_still_the_total(table):
    rows = [("甲", ["662"]), ("乙", ["1188"]), ("丙", ["305"]), ("合计", ["2255"])]
    found = table_to_structure(table(rows))
    assert blocks_of(found) == {3: (0, 1, 2)}
    assert (found.blocks[0].holds, found.blocks[0].fails) == (0, 1)


def test_rows_of_a_block_with_a_missing_page_belong_to_no_sum(table):
    rows = [
        ("合计", ["91873", "5204"]),
        ("甲州", ["30511", "1977"]),
        ("甲一县", ["17900", "1001"]),
        ("甲二县", ["12611", "976"]),
        ("乙州", ["61362", "3227"]),
        ("乙一县", ["20117", "912"]),
        ("乙二县", ["9345", "433"]),
    ]
    assert blocks_of(table_to_structure(table(rows))) == {0: (1, 4), 1: (2, 3)}


def test_nothing_is_claimed_without_evidence(table):
    zeros = [(f"县{i}", ["0", "0"]) for i in range(2000)]
    equal = [(f"县{i}", ["5", "7", "9"]) for i in range(2000)]
    one = [("甲县", ["12"])]
    words = [("甲县", ["见附件", ""]), ("乙县", ["同上", ""])]
    mirrored = [(f"县{i}", [v]) for i, v in enumerate(["1000", "499", "501"] * 4 + ["1000"])]
    for rows in (zeros, equal, one, words, mirrored, []):
        assert table_to_structure(table(rows)).blocks == ()


def test_percentages_and_rates_do_not_count(table, columns):
    heads = columns(("人数", "", "", "人"), ("比例", "", "", "%"), ("标准", "", "", "元/人/年"))
    rows = [
        ("合计", ["300", "50%", "52"]),
        ("甲", ["141", "60%", "52"]),
        ("乙", ["159", "40%", "52"]),
    ]
    found = table_to_structure(table(rows, heads))
    assert (found.blocks[0].holds, found.blocks[0].fails) == (1, 0)


def test_figures_of_two_hundred_digits_are_no_obstacle(table):
    rows = [("合计", ["9" * 200, "300"]), ("甲", ["9" * 200, "141"]), ("乙", ["0", "159"])]
    assert blocks_of(table_to_structure(table(rows))) == {0: (1, 2)}


def test_words_are_known_with_spaces_and_in_traditional_script():
    assert row_word("合　計") is RowWord.HEAD
    assert row_word("小 計：") is RowWord.SUB
    assert row_word("塔城地区合计") is RowWord.HEAD
    assert row_word("其中：市本级") is RowWord.OF_WHICH
    assert row_word("合川区") is None
