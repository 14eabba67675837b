"""A page is its tables and lines in reading order, and nothing printed is lost."""

import pytest

from extract.grid import page_to_blocks
from extract.pages import Rule
from schemas.source import Line, Reader
from tests.extract.grid.printed import page, right, ruled, tables, texts, word, words

NAMES = ["伊宁市", "霍城县", "察布查尔锡伯自治县", "尼勒克县", "昭苏县"]


def columns_of_figures(top: float = 200, step: float = 16) -> list:
    laid = []
    for i, name in enumerate(NAMES):
        y = top + step * i
        laid += [word(name, 60, y), right(f"{1000 * i + 37}", 260, y)]
        laid += [right(f"{123.45 * i:.2f}", 400, y)]
    return laid


BODY = [[name, f"{1000 * i + 37}", f"{123.45 * i:.2f}"] for i, name in enumerate(NAMES)]


def test_lines_stand_before_between_and_after_tables():
    laid = [word("资金分配表", 250, 60), word("甲", 60, 105), word("注：乙", 60, 150)]
    laid += [word("丙", 60, 205), word("1", 130, 205), word("2", 130, 105), word("— 3 —", 280, 800)]
    rules = ruled([50, 120, 200], [100, 120, 140]) + ruled([50, 120, 200], [200, 220, 240])
    found = [texts(block) for block in page_to_blocks(page(laid, rules))]
    first, second = [["甲", "2"], ["", ""]], [["丙", "1"], ["", ""]]
    assert found == ["资金分配表", first, "注：乙", second, "— 3 —"]


def test_a_paragraph_is_one_line_and_another_begins_with_its_indent():
    laid = [word("为提高预算完整性加快支出进度现提前下达补助资金四十二", 70, 100)]
    laid += [
        word("万元请遵照执行。", 50, 118),
        word("请各地接此通知后及时拨付确保补助资金落实到位不", 70, 136),
    ]
    laid += [word("得挤占。", 50, 154)]
    found = page_to_blocks(page(laid))
    assert [line.text[-8:] for line in found] == ["万元请遵照执行。", "落实到位不得挤占。"[-8:]]


def test_what_stands_far_apart_on_a_line_is_two_lines():
    laid = [word("附件1", 60, 60), word("单位：万元", 480, 60)]
    assert [texts(block) for block in page_to_blocks(page(laid))] == ["附件1", "单位：万元"]


def test_numbers_of_pages_are_furniture_and_figures_in_the_text_are_not():
    laid = [word("12", 290, 800), word("12", 290, 400), word("3/12", 290, 20)]
    found = page_to_blocks(page(laid))
    assert [(line.text, line.furniture) for line in found] == [
        ("3/12", True),
        ("12", False),
        ("12", True),
    ]


@pytest.mark.parametrize(("typed", "reader"), [(True, "ruled"), (False, "picture")])
def test_the_reader_says_whether_the_page_was_typed(typed, reader):
    laid = [word("甲", 60, 105), word("1", 130, 105)]
    (table,) = page_to_blocks(page(laid, ruled([50, 120, 200], [100, 120]), typed=typed))
    assert table.reader == reader


def test_columns_of_figures_without_rules_are_a_table():
    header = [word("地区", 80, 180), word("人数", 240, 180), word("金额", 380, 180)]
    title = words("2024年资金分配表", 200, 140, 14)
    found = page_to_blocks(page([*title, *header, *columns_of_figures()]))
    assert texts(found[0]) == "2024年资金分配表"
    assert texts(found[1]) == [["地区", "人数", "金额"], *BODY]
    assert found[1].reader is Reader.ALIGNED


def test_a_table_of_three_lines_has_its_header_between_the_first_two():
    laid = columns_of_figures()
    laid += [word("地区", 80, 176), word("2023年", 230, 168), word("缴费人数", 225, 182)]
    laid += [word("金额", 380, 176), word("单位：人、万元", 340, 140)]
    rules = [Rule(50, y, 410, y) for y in (160, 196, 285)]
    found = page_to_blocks(page(laid, rules, typed=False))
    assert texts(found[0]) == "单位：人、万元"
    assert texts(found[1]) == [["地区", "2023年缴费人数", "金额"], *BODY]
    assert found[1].reader is Reader.PICTURE_ALIGNED


def test_a_header_over_several_columns_spans_them():
    laid = columns_of_figures()
    laid += [word("地区", 80, 176), word("资金", 310, 165), word("人数", 240, 182)]
    laid += [word("金额", 380, 182)]
    rules = [Rule(50, y, 410, y) for y in (160, 196, 285)] + [Rule(220, 178, 410, 178)]
    (table,) = tables(page_to_blocks(page(laid, rules)))
    assert texts(table)[:2] == [["地区", "资金", "^"], ["^", "人数", "金额"]]
    assert [(c.rowspan, c.colspan) for c in table.rows[0][:2]] == [(2, 1), (1, 2)]


def test_figures_between_upright_rules_alone_are_rows():
    header = [word("地区", 80, 175), word("人数", 230, 175), word("金额", 370, 175)]
    rules = [Rule(50, 170, 410, 170), Rule(50, 190, 410, 190), Rule(50, 285, 410, 285)]
    rules += [Rule(x, 170, x, 285) for x in (50, 180, 300, 410)]
    (table,) = page_to_blocks(page([*header, *columns_of_figures()], rules))
    assert texts(table) == [["地区", "人数", "金额"], *BODY]
    assert table.reader is Reader.ALIGNED


def test_prose_with_figures_stays_lines():
    laid = [
        *words("一、2021 年补助 120 万元，其中中央补助 60 万元，地方配套 60", 70, 100),
        *words("万元。列入 2082602 科目，政府预算支出列 51002 科目，及时足额", 50, 118),
        *words("拨付，并于 10 月 15 日前上报，2020 年结余 12.5 万元一并结算，抵", 50, 136),
        *words("扣 2021 年 3 月 1 日前的欠拨资金 4 万元。", 50, 154),
    ]
    assert {type(block) for block in page_to_blocks(page(laid))} == {Line}


def test_no_word_is_lost():
    laid = columns_of_figures() + [word(f"甲{i}", 60 + 37 * i, 420 + 9 * i) for i in range(9)]
    laid += [word("框", 305, 605), word("表", 60, 705), word("5", 130, 725)]
    rules = ruled([300, 400], [600, 650]) + ruled([50, 120, 200], [700, 720, 740])
    blocks = page_to_blocks(page(laid, rules))
    shown = "".join(
        block.text if isinstance(block, Line) else "".join(c.text for r in block.rows for c in r)
        for block in blocks
    ).replace(" ", "")
    assert sorted(shown) == sorted("".join(w.text for w in laid))


def test_every_line_and_cell_says_where_it_stands():
    laid = [word("资金分配表", 250, 60), *columns_of_figures()]
    title, table = page_to_blocks(page(laid))
    assert str(title.ref) == "p1 250,60,300,70"
    box = table.rows[1][1].ref
    assert box.x0 <= 240 < 260 <= box.x1
    assert box.y0 <= 216 < 226 <= box.y1
