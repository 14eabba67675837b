from tests.extract.reading import HEAD, TABLE, parted, readers, tables, texts

COLUMNS = """县市                  中央财政      省级财政            其他          合计
                      补助资金      补助资金        渠道资金
黔东南州合计           51413.3        4214.1           459.4       56086.8
凯里市                  8521.1         773.3                        9294.4
黄平县                    2056         497.3              88        2641.3
施秉县                  4429.1                                      4429.1
天柱县                  1286.9                          37.9        1324.8
"""


def test_a_blank_cell_is_told_by_its_place_in_the_line() -> None:
    (rows,) = tables(HEAD + COLUMNS)
    assert rows[1] == ["", "补助资金", "补助资金", "渠道资金", ""]
    assert rows[3] == ["凯里市", "8521.1", "773.3", "", "9294.4"]
    assert rows[5] == ["施秉县", "4429.1", "", "", "4429.1"]
    assert rows[6] == ["天柱县", "1286.9", "", "37.9", "1324.8"]
    assert readers(HEAD + COLUMNS) == ["spaces"]


def test_the_lines_above_stay_lines() -> None:
    assert texts(HEAD + COLUMNS) == HEAD.split()


def test_a_header_broken_over_three_lines_stands_over_its_columns() -> None:
    content = """
               2020年2季度     2021年按1%     补助
县市            实际参保         增长率         比例
                 人数            人数
昌吉市          28972              72          60%
阜康市                             25          60%
奇台县          10005              25          60%
"""
    (rows,) = tables(content)
    assert rows[:3] == [
        ["", "2020年2季度", "2021年按1%", "补助"],
        ["县市", "实际参保", "增长率", "比例"],
        ["", "人数", "人数", ""],
    ]
    assert rows[4] == ["阜康市", "", "25", "60%"]


def test_ideographic_spaces_part_columns_and_names_spread_over_theirs_stay_whole() -> None:
    content = "县　市　　　金额　　合计\n奇　台　县　　30　　　40\n昌吉市　　　30　　　40\n"
    (rows,) = tables(HEAD + content + "合  计      60      80\n")
    assert [row[0] for row in rows[1:]] == ["奇 台 县", "昌吉市", "合 计"]
    assert rows[3] == ["合 计", "60", "80"]


def test_rows_parted_by_single_blanks() -> None:
    assert tables(HEAD + parted(" ")) == [TABLE]
    assert tables(HEAD + parted(" ", end="\n\n")) == [TABLE]


def test_a_blank_within_a_name_parts_nothing() -> None:
    (rows,) = tables(HEAD + parted(" ") + "呼图壁 县 28972 72 43 115\n")
    assert rows[-1] == ["呼图壁 县", "28972", "72", "43", "115"]


def test_single_blanks_do_not_say_which_cell_is_blank() -> None:
    (rows,) = tables(HEAD + parted(" ") + "吉木萨尔县 11275 28 50\n")
    assert rows[-1] == ["吉木萨尔县", "11275", "28", "50"]


def test_figures_that_one_blank_parts_are_two_cells() -> None:
    content = COLUMNS + "锦屏县                  7407.3 756.9               52.3        8164.2\n"
    assert tables(content)[0][-1] == ["锦屏县", "7407.3", "756.9", "52.3", "8164.2"]


def test_figures_are_never_joined_over_a_blank() -> None:
    row = "锦屏县                 1 234.5         756.9            52.3        8164.2\n"
    assert tables(COLUMNS + row)[0][-1] == ["锦屏县", "1", "234.5", "756.9", "52.3", "8164.2"]


def test_a_name_glued_to_its_first_figure_is_left_to_those_who_know_names() -> None:
    content = "县市 人口数 应补助 合计\n吉首市104890 314.67 87.64\n泸溪县59544 178.63 42.34\n"
    (rows,) = tables(HEAD + content + "凤凰县32657 97.97 15.93\n")
    assert rows[1] == ["吉首市104890", "314.67", "87.64"]


def test_furniture_between_rows_is_kept_as_a_line() -> None:
    lines = COLUMNS.splitlines()
    content = "\n".join([*lines[:4], "— 3 —", *lines[4:]])
    assert len(tables(content)[0]) == 7
    assert texts(content) == ["— 3 —"]


def test_names_with_one_figure_are_a_table_under_a_title_only() -> None:
    rows = "昌吉市 1,234\n阜康市 30\n奇台县 50\n"
    assert tables(HEAD + "县市 金额\n" + rows)[0][1] == ["昌吉市", "1,234"]
    assert tables("总体要求    1\n资金管理    3\n绩效管理    5\n") == []


def test_a_row_of_nothing_but_a_name_ends_no_table() -> None:
    lines = ("地区      金额", "合计", "宜宾市    10", "雅安市", "巴中市    30", "资阳市    45")
    (rows,) = tables(HEAD + "\n".join(lines) + "\n")
    assert [row[0] for row in rows] == ["地区", "合计", "宜宾市", "雅安市", "巴中市", "资阳市"]


def test_columns_are_where_the_print_keeps_them_however_many_cells_are_blank() -> None:
    lines = (
        "地区      应补    已拨    下达    备注",
        "合计      60              60",
        "宜宾市    10      5",
        "雅安市            5       5       结转",
        "巴中市    30      10      20",
        "资阳市    20      10      10      结转",
    )
    (rows,) = tables(HEAD + "\n".join(lines) + "\n")
    assert rows[1:4] == [
        ["合计", "60", "", "60", ""],
        ["宜宾市", "10", "5", "", ""],
        ["雅安市", "", "5", "5", "结转"],
    ]


def test_a_column_that_no_row_fills_keeps_its_place_below_two_levels_of_header() -> None:
    content = """
县（市、区）   新增建设用地计划指标（亩）                    增减挂钩指标   备注
               合计                         其中：占用耕地
藁城区         607.5345                     393.6124         629.77
鹿泉区         479.0389                     349.7652         297.06
栾城区         750.5376                     4.9103           536.76
"""
    (rows,) = tables(HEAD + content)
    assert rows[0] == ["县（市、区）", "新增建设用地计划指标（亩）", "", "增减挂钩指标", "备注"]
    assert rows[2] == ["藁城区", "607.5345", "393.6124", "629.77", ""]
