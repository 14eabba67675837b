import pytest

from extract.lines import clean, is_furniture, text_to_lines
from extract.markup import strip_inline_markup
from schemas.source import LineRef


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("阜\u200b康\ufeff市", "阜康市"),
        ("10\u00ad005", "10005"),
        ("奇台\U000e0100县\ufe00", "奇台县"),
        ("城乡居\u2ea0\ue004大病", "城乡居民大病"),
        ("166\ue5e5", "166"),
        ("⺠⻓⾦⼈⽊", "民长金人木"),
        ("\uf900\uf9ba", "豈了"),
        ("１０²　元", "１０²　元"),
        ("㎡①％", "㎡①％"),
        ("金额\x0b（万元）", "金额 （万元）"),
        ("丙县\x074", "丙县\t4"),
        ("a\x00b\x1fc", "abc"),
    ],
)
def test_what_does_not_print_goes_and_what_prints_stays(printed: str, shown: str) -> None:
    assert clean(printed) == shown


def test_a_private_character_within_a_figure_may_have_been_a_digit() -> None:
    assert clean("1\ue0002.5") == "1\ufffd2.5"


@pytest.mark.parametrize(
    "text", ["— 3 —", "-4-", "- 12 -", "第3页 共5页", "第 三 页", "· 7 ·", "Page 3 of 12"]
)
def test_page_furniture(text: str) -> None:
    assert is_furniture(text)


@pytest.mark.parametrize("text", ["-4", "2020/12", "3", "第3条", "1/3", "—", "", "第三页说明"])
def test_what_may_be_a_cell_is_no_furniture(text: str) -> None:
    assert not is_furniture(text)


def test_a_page_number_that_only_its_place_tells() -> None:
    lines = text_to_lines("正文\n\n3/12\n\n县市\n1/3\n30\n\n1\n\f下一页\n\n2\n")
    assert [line.text for line in lines if line.furniture] == ["3/12", "1"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_lines_are_numbered_from_one_by_any_line_end(end: str) -> None:
    lines = text_to_lines(f"甲{end}{end}乙")
    assert [(line.text, line.ref) for line in lines] == [
        ("甲", LineRef(1)),
        ("", LineRef(2)),
        ("乙", LineRef(3)),
    ]


def test_a_form_feed_begins_a_page() -> None:
    lines = text_to_lines("甲\n\f乙\n丙\f\n丁")
    assert [(line.text, line.page) for line in lines] == [
        ("甲", 1),
        ("乙", 2),
        ("丙", 3),
        ("丁", 3),
    ]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("### 附件1　分配表", "附件1　分配表"),
        ("**(2022年)**", "(2022年)"),
        ("**209633**", "209633"),
        ("<B>预算单位</B>", "预算单位"),
        ('<span style="color:red">合计</span>', "合计"),
        ("**合计<br>（万元）**", "合计 （万元）"),
        ("<div align=center>附件2</div>", "附件2 "),
        ("&ge;95%&nbsp;以上", "≥95%\xa0以上"),
        ("10<sup>2</sup>亩", "10²亩"),
        ("CO<sub>2</sub>", "CO₂"),
        ("__项目支出__", "项目支出"),
    ],
)
def test_markup_is_no_print(written: str, shown: str) -> None:
    assert strip_inline_markup(written) == shown


@pytest.mark.parametrize(
    "text",
    [
        "关于印发<自治区本级部门预算绩效目标管理暂行办法>的通知",
        "C=A*B/10000",
        "138****1234",
        "6541**1234",
        "金额：______万元",
        "a<b 且 b>c",
        "《A&B》",
        "#1机组",
        "<td>&lt;5%</td>",
    ],
)
def test_what_only_looks_like_markup_stays(text: str) -> None:
    assert strip_inline_markup(text) == text
