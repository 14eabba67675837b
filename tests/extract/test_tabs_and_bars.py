import pytest

from tests.extract.reading import (
    HEAD,
    HEADER,
    ROWS,
    TABLE,
    parted,
    raw_tables,
    readers,
    tables,
    texts,
)


def test_tab_rows_in_running_text() -> None:
    content = f"现下达你州补助资金。\n\n{HEAD}\n{parted(chr(9))}\n抄送：审计厅。\n"
    assert tables(content) == [TABLE]
    assert readers(content) == ["tabs"]
    assert texts(content) == ["现下达你州补助资金。", *HEAD.split(), "抄送：审计厅。"]


def test_the_place_of_a_cell_is_its_line_and_its_number_in_it() -> None:
    (table,) = raw_tables(HEAD + "县市\t人数\t金额\n昌吉市\t\t84\n")
    assert [str(cell.ref) for cell in table.rows[1]] == ["L5:C1", "L5:C2", "L5:C3"]
    assert table.rows[1][1].text == ""


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n— 3 —\n", "\n第3页 共5页\n"])
def test_blank_lines_and_furniture_between_rows_part_nothing(between: str) -> None:
    content = HEAD + parted("\t", end=between)
    assert tables(content) == [TABLE]
    assert len(texts(content)) == 3 + (len(TABLE) if "页" in between or "—" in between else 0)


def test_three_blank_lines_or_a_sentence_end_a_table() -> None:
    content = HEAD + parted("\t") + "\n\n\n" + parted("\t") + "以上资金专款专用。\n" + parted("\t")
    assert tables(content) == [TABLE] * 3


def test_a_row_cut_within_a_cell_of_words_is_one_row() -> None:
    rows = "".join(f"县{i}\t{i}1\t{i}2\t01直达资金\t无\n" for i in range(4))
    content = f"{HEAD}县市\t人数\t金额\t标识\t备注\n{rows}和硕县\t1\t2\t01直达\n资金\t无\n"
    (table,) = raw_tables(content)
    assert [cell.text for cell in table.rows[-1]] == ["和硕县", "1", "2", "01直达 资金", "无"]
    assert [str(cell.ref) for cell in table.rows[-1][3:]] == ["L9:C4", "L10:C2"]


def test_short_rows_that_are_no_pieces_of_one_stay_rows() -> None:
    content = HEAD + parted("\t") + "昌吉市\t1\t2\n阜康市\t3\t4\n"
    assert tables(content)[0][-2:] == [["昌吉市", "1", "2"], ["阜康市", "3", "4"]]


def test_a_heading_between_rows_is_not_joined_to_any() -> None:
    lines = parted("\t").splitlines()
    content = HEAD + "\n".join([*lines[:4], "东部各县", *lines[4:]])
    assert tables(content) == [TABLE[:4], TABLE[4:]]
    assert texts(content)[-1] == "东部各县"


def test_cells_in_quotes_may_hold_separators_tabs_and_line_breaks() -> None:
    content = f'{HEAD}县市\t"参保\n人数"\t金额\n昌吉市\t"28,972"\t"7""2"\n阜康市\t"1\t2"\t3\n'
    (table,) = raw_tables(content)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["县市", "参保 人数", "金额"],
        ["昌吉市", "28,972", '7"2'],
        ["阜康市", "1\t2", "3"],
    ]
    assert str(table.rows[0][2].ref) == "L5:C2"


def test_a_quote_that_is_never_closed_swallows_nothing() -> None:
    content = f'{HEAD}县市\t"人数\t金额\n昌吉市\t1\t2\n阜康市\t3\t4\n'
    assert tables(content)[0][1:] == [["昌吉市", "1", "2"], ["阜康市", "3", "4"]]


def test_a_title_glued_to_the_first_cell_is_a_line() -> None:
    content = "昌吉州2022年补助资金分配表 单位：万元 县市\t金额\t备注\n昌吉市\t30\t无\n"
    assert texts(content) == ["昌吉州2022年补助资金分配表 单位：万元"]
    assert tables(content) == [[["县市", "金额", "备注"], ["昌吉市", "30", "无"]]]


def test_tables_side_by_side_are_read_in_turn() -> None:
    content = (
        f"{HEAD}序号\t县市\t金额\t\t序号\t县市\t金额\n"
        "1\t昌吉市\t30\t\t3\t奇台县\t6\n2\t阜康市\t40\t\t\t合计\t76\n"
    )
    left, right = raw_tables(content)
    assert [[c.text for c in row][:3] for row in left.rows][1:] == [
        ["1", "昌吉市", "30"],
        ["2", "阜康市", "40"],
    ]
    assert [[c.text for c in row] for row in right.rows] == [
        ["序号", "县市", "金额"],
        ["3", "奇台县", "6"],
        ["", "合计", "76"],
    ]
    assert str(right.rows[1][1].ref) == "L5:C6"


@pytest.mark.parametrize("second", ["\t户数\t资金\t户数\t资金", "户数\t资金\t户数\t资金"])
def test_equal_labels_in_a_header_do_not_make_two_tables(second: str) -> None:
    content = f"{HEAD}县市\t公租房\t\t棚改\t\n{second}\n昌吉市\t30\t1\t40\t2\n奇台县\t5\t1\t6\t2\n"
    assert len(tables(content)) == 1


BARRED = """
| 县市 | 人数 | 金额 |
|:---|---:|---:|
| 昌吉市 | 30 | 84 |
| 阜康市 |  | 25 |
"""


def test_a_markdown_table() -> None:
    expected = [["县市", "人数", "金额"], ["昌吉市", "30", "84"], ["阜康市", "", "25"]]
    assert tables(BARRED, "a.md") == [expected]
    assert readers(BARRED, "a.md") == ["pipes"]


@pytest.mark.parametrize(
    "damaged",
    [
        BARRED.replace("|:---|---:|---:|\n", ""),
        BARRED.replace("\n| ", "\n").replace(" |\n", "\n"),
        BARRED.replace(" |\n", "\n"),
        BARRED.replace("|", "｜").replace("｜:---｜---:｜---:｜", "|:---|---:|---:|"),
        BARRED.replace("|---:|---:|", "|---:|"),
        BARRED.replace("\n|", "\n  |"),
        BARRED.replace("\n", "\n\n"),
    ],
    ids=["no rule", "no outer bars", "no last bar", "wide bars", "short rule", "set in", "blank"],
)
def test_a_damaged_markdown_table(damaged: str) -> None:
    (rows,) = tables(damaged)
    assert rows[:2] == [["县市", "人数", "金额"], ["昌吉市", "30", "84"]]
    assert (rows[2][0], rows[2][-1]) == ("阜康市", "25")


def test_a_bar_that_is_text_and_a_break_within_a_cell() -> None:
    content = BARRED.replace("人数", "家长\\|学生").replace("金额", "**金额<br>（万元）**")
    assert tables(content)[0][0] == ["县市", "家长|学生", "金额 （万元）"]


BOXED = """┌────┬──┐
│县市│金额│
├────┼──┤
│呼图壁│30│
│县　　│　│
├────┼──┤
│昌吉市│40│
├────┼──┤
│阜康市│50│
└────┴──┘
"""


def test_a_drawn_table_whose_rows_take_several_lines() -> None:
    expected = [["县市", "金额"], ["呼图壁 县", "30"], ["昌吉市", "40"], ["阜康市", "50"]]
    assert tables(HEAD + BOXED) == [expected]
    assert texts(HEAD + BOXED) == HEAD.split()


def test_a_drawn_table_with_rules_around_header_and_body_only() -> None:
    content = "+---+---+---+\n| 县市 | 人数 | 金额 |\n+---+---+---+\n"
    content += "| 昌吉市 | 1 | 2 |\n| 阜康市 | 3 | 4 |\n+---+---+---+\n"
    expected = [["县市", "人数", "金额"], ["昌吉市", "1", "2"], ["阜康市", "3", "4"]]
    assert tables(HEAD + content) == [expected]


def test_a_header_without_rows_is_a_table_under_its_title_only() -> None:
    header = "县区\t参保人数\t补助资金\t合计\n"
    assert tables(HEAD + header) == [[["县区", "参保人数", "补助资金", "合计"]]]
    assert tables("详见附件。\n" + header) == []


def test_two_columns_of_names_and_figures() -> None:
    content = "县区\t金额\n渭源县\t36.5\n岷县\t48\n"
    assert tables(content) == [[["县区", "金额"], ["渭源县", "36.5"], ["岷县", "48"]]]


def test_amounts_with_their_measure_make_a_table() -> None:
    content = "县市\t补助资金\n南城县\t422万元\n黎川县\t81万元\n南丰县\t1360元\n"
    assert [len(rows) for rows in tables(HEAD + content)] == [4]


def test_a_name_that_lost_its_figure_or_its_tab_stays_in_the_table() -> None:
    content = "县市\t补助资金\n南城县\t422\n黎川县\n南丰县136\n崇仁县\t603\n乐安县\t12\n"
    (rows,) = tables(HEAD + content)
    assert rows[2:4] == [["黎川县"], ["南丰县136"]]


def test_the_end_of_a_header_on_a_line_of_its_own_belongs_to_its_last_cell() -> None:
    header = "\t".join(HEADER)
    body = "".join("\t".join(row) + "\n" for row in ROWS)
    (rows,) = tables(f"{HEAD}{header}\n（万元）\n{body}")
    assert rows[0] == [*HEADER[:-1], "合计（万元）"]
    assert rows[1:] == [list(row) for row in ROWS]
