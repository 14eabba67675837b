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


@pytest.mark.parametrize("sign", ["\t", "  ", " ", "　　"])
def test_a_whole_table_on_one_line(sign: str) -> None:
    content = HEAD + parted(sign, end=sign)
    assert tables(content) == [TABLE]
    assert readers(content) == ["one_line"]


def test_title_and_measure_on_the_same_line() -> None:
    content = "昌吉州2022年补助资金分配表 单位：万元 " + parted(" ", end=" ")
    assert texts(content) == ["昌吉州2022年补助资金分配表", "单位：万元"]
    (table,) = raw_tables(content)
    assert [str(cell.ref) for cell in table.rows[0]] == [f"L1:C{i}" for i in range(3, 8)]


def test_a_blank_within_a_name_parts_nothing() -> None:
    content = HEAD + parted(" ", end=" ") + "呼图壁 县 28972 72 43 115 合计 1 2 3 4"
    assert tables(content)[0][-2:] == [
        ["呼图壁 县", "28972", "72", "43", "115"],
        ["合计", "1", "2", "3", "4"],
    ]


def test_two_tables_on_one_line() -> None:
    narrow = " ".join(" ".join(row[:3]) for row in (HEADER, *ROWS))
    content = f"{HEAD}{parted(' ', end=' ')}昌吉州2022年第二批资金分配表 单位：万元 {narrow}"
    found = tables(content)
    assert sorted(row[:3] for rows in found for row in rows[-5:]) == sorted(
        [list(row[:3]) for row in ROWS] * 2
    )


def test_a_form_on_one_line_keeps_its_cells_in_order() -> None:
    form = (
        "项目支出绩效自评表 （2021年度） 项目名称 农村公路养护 主管部门 交通运输局 "
        "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 "
        "产出指标 数量指标 养护里程 ≥1860公里 1860公里 10 10 质量指标 合格率 100% 100% 15 15 "
        "满意度指标 群众满意度 ≥90% 93% 10 10"
    )
    assert tables(form) == [[form.split()]]


@pytest.mark.parametrize(
    "prose",
    [
        "一、 2021 年 1 月 15 日 前 完成 30% ， 2 月 底 前 完成 50% ， 3 月 底 前 完成 80% ， "
        "6 月 底 前 完成。",
        "根据 《 关于 下达 2021 年 中央 财政 补助 资金 的 通知 》 （ 财社 〔 2021 〕 5 号 ）， "
        "现 下达 你 县 资金 120 万元 ， 请 专款 专用 。",
        "- " * 40,
        "a" + "\t" * 60 + "b",
    ],
    ids=["dates", "citation", "dashes", "tabs"],
)
def test_prose_with_blanks_is_no_table(prose: str) -> None:
    assert tables(prose) == []
