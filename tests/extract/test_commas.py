import codecs

import pytest

from tests.extract.reading import HEAD, TABLE, parted, raw_tables, readers, tables, texts

EXPORT = """临夏州2022年维修养护补助资金分配表,,,,
,,,单位：万元,
,,,,
序号,县市,中央资金,合计,备注
1,临夏市,"1,234.50",1238.34,
2,临夏县,0.240000152587891,2211.65,重点县
3,康乐县,,880.15,
,合计,9701.60,9724.53,
"""


def test_a_spreadsheet_saved_as_commas() -> None:
    (rows,) = tables(EXPORT)
    assert rows[3:5] == [
        ["序号", "县市", "中央资金", "合计", "备注"],
        ["1", "临夏市", "1,234.50", "1238.34", ""],
    ]
    assert rows[6] == ["3", "康乐县", "", "880.15", ""]
    assert readers(EXPORT) == ["commas"]


def test_with_a_mark_and_windows_line_ends() -> None:
    data = codecs.BOM_UTF8 + EXPORT.replace("\n", "\r\n").encode()
    assert tables(data) == tables(EXPORT)


def test_a_quoted_line_break_keeps_the_row_together() -> None:
    (table,) = raw_tables(EXPORT.replace("中央资金", '"中央\n资金"'))
    assert [cell.text for cell in table.rows[3]] == ["序号", "县市", "中央 资金", "合计", "备注"]
    assert [str(cell.ref) for cell in table.rows[3][2:4]] == ["L4:C3", "L5:C2"]
    assert str(table.rows[4][0].ref) == "L6:C1"


@pytest.mark.parametrize("sign", [",", ";", "，", "；"])
def test_any_customary_sign(sign: str) -> None:
    assert tables(HEAD + parted(sign)) == [TABLE]


def test_two_columns() -> None:
    assert tables(HEAD + "县市,金额\n昌吉市,30\n阜康市,40.5\n奇台县,6\n")[0][2] == [
        "阜康市",
        "40.5",
    ]


@pytest.mark.parametrize(
    "prose",
    [
        "其中:伊宁县120万元,霍城县80万元,新源县60万元,\n巩留县20万元,昭苏县10万元,特克斯县5万元,\n"
        "尼勒克县20万元,察布查尔县10万元,奎屯市5万元。\n",
        "各市（州）财政局，各县（市、区）财政局，\n甘肃矿区财政局，兰州新区财政局，嘉峪关市财政局，\n"
        "东风场区财政局，敦煌市财政局，玉门市财政局，\n",
        "一、2021年完成30%；2022年完成50%；2023年完成80%；\n二、3月完成30%；6月完成50%；9月完成80%；\n"
        "三、甲完成30%；乙完成50%；丙完成80%；\n",
        "1,234,567\n2,345,678\n3,456,789\n",
        "昌吉市1,234\n阜康市2,345\n奇台县3,456\n",
    ],
    ids=["shares", "recipients", "items", "figures alone", "names glued to figures"],
)
def test_commas_of_prose_and_of_figures_part_no_cells(prose: str) -> None:
    assert tables(prose) == []
    assert texts(prose) == prose.split()


def test_commas_within_figures_that_blanks_part() -> None:
    content = HEAD + "县市 人数 金额\n昌吉市 1,234 2,345\n阜康市 3,456 4,567\n奇台县 5,678 6,789\n"
    assert readers(content) == ["spaces"]
    assert tables(content)[0][1] == ["昌吉市", "1,234", "2,345"]
