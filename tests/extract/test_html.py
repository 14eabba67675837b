import pytest

from extract.readers.html import html_to_blocks
from schemas.errors import TooLargeError
from schemas.source import Line, RawTable
from tests.extract.reading import raw_tables, readers, tables, texts

PAGE = """<!DOCTYPE html><html><head><title>通知公告</title><style>td{border:0}</style></head><body>
<script>document.write("<td>9</td>");</script>
<table width="100%"><tr><td><a href="/">首页</a></td><td>
<p>各旗县区财政局：</p><p>赤峰市财政局<br>2022年12月15日</p>
<table border=1><caption>赤峰市2023年资金分配表</caption>
<tr><th rowspan="2">旗县区</th><th colspan="2">2023年资金</th></tr>
<tr><th>户数</th><th>资金<br>（万元）</th></tr>
<tr><td>林&nbsp;西县</td><td>44,514</td><td>10<sup>2</sup></td></tr>
<tr><td>宁城县</td><td>&nbsp;</td><td><p>-</p></td></tr>
</table></td></tr></table><div>主办：赤峰市财政局</div></body></html>
"""


def spans(table: RawTable) -> list[list[tuple[int, int]]]:
    return [[(cell.rowspan, cell.colspan) for cell in row] for row in table.rows]


def test_a_page_with_a_layout_table_around_everything() -> None:
    assert texts(PAGE, "a.html") == [
        "首页",
        "各旗县区财政局：",
        "赤峰市财政局",
        "2022年12月15日",
        "赤峰市2023年资金分配表",
        "主办：赤峰市财政局",
    ]
    assert readers(PAGE, "a.html") == ["html"]
    assert tables(PAGE, "a.html") == [
        [
            ["旗县区", "2023年资金", ""],
            ["", "户数", "资金 （万元）"],
            ["林 西县", "44,514", "10²"],
            ["宁城县", "", "-"],
        ]
    ]


def test_a_merged_cell_stands_at_its_top_left_and_covers_the_rest() -> None:
    (table,) = raw_tables(PAGE, "a.html")
    assert spans(table)[:2] == [[(2, 1), (1, 2), (0, 0)], [(0, 0), (1, 1), (1, 1)]]
    assert str(table.rows[0][1].ref) == str(table.rows[0][2].ref) == "L6:C2"


def test_a_page_on_one_line_says_the_same() -> None:
    assert tables(PAGE.replace("\n", ""), "a.html") == tables(PAGE, "a.html")
    refs = [cell.ref for cell in raw_tables(PAGE.replace("\n", ""), "a.html")[0].rows[3]]
    assert [str(ref) for ref in refs] == ["L1:C8", "L1:C9", "L1:C10"]


def test_inline_tags_part_no_figure_and_blocks_part_words() -> None:
    content = "<table><tr><td>伊<span>宁</span>市<td>1<b>2</b>3<td><p>中</p><p>央</p></table>"
    assert tables(f"<html>{content}") == [[["伊宁市", "123", "中 央"]]]


@pytest.mark.parametrize(
    "damaged",
    [
        "<table><td>县市<td>金额<tr><td>甲县<td>3</table>",
        "<table><tr><td><font>县市<td><b>金额<tr><td><font>甲县<td><b>3",
        "<TABLE><TR><TD>县市</TD><TD>金额</TD></TR>\n<TR><TD>甲县</TD><TD>3</TD></TR>",
        "<!-- <table><tr><td>县市<td>金额<tr><!-- <td>甲县<td>3</table>",
        "<!-- a --><table><tr><td>县市<td>金额<!-- b --><tr><td>甲县<!--><td>3</table>",
        "<table><tr><td>县市\0<td>金额<tr><td>甲县<td>3</table>",
    ],
    ids=[
        "no first row",
        "no end tags",
        "no end of table",
        "open comments",
        "comments",
        "zero byte",
    ],
)
def test_damaged_pages_lose_nothing(damaged: str) -> None:
    assert tables(f"<html>\n<body>{damaged}" + " " * 200) == [[["县市", "金额"], ["甲县", "3"]]]


def test_text_outside_the_cells_of_a_table_is_kept() -> None:
    content = "<html><table>甲<caption>乙</caption><tr>丙<td>1<td>2</td>丁</tr><p>戊</p></table>己"
    assert texts(content) == ["甲", "乙", "丙", "丁", "戊", "己"]


def test_a_table_within_a_cell_of_data_is_text_of_the_cell() -> None:
    inner = "<table><tr><td>一<td>二</table>"
    rows = "".join(f"<tr><td>县{i}<td>{i}<td>{inner if i == 2 else '无'}" for i in range(5))
    assert tables(f"<html><table>{rows}</table>")[0][2] == ["县2", "2", "一 二"]


def test_a_cell_that_holds_a_whole_text_is_no_cell() -> None:
    text = "<p>各县市财政局：现下达资金。</p>" * 130
    content = f"<html><table><tr><td>导航<td>{text}</table>"
    assert tables(content) == []
    assert texts(content)[:2] == ["导航", "各县市财政局：现下达资金。"]


def test_a_declared_encoding_and_a_picture_do_no_harm() -> None:
    picture = "data:image/png;base64," + "iVBORw0KGgo" * 20
    content = f'<?xml version="1.0" encoding="gb2312"?><html><img src="{picture}"><p>通知</p>'
    assert texts(content) == ["通知"]


@pytest.mark.parametrize("span", ["99999", "1000000000000", "-3", "0", "x", "２", ""])
def test_a_span_covers_no_more_than_there_is(span: str) -> None:
    content = f"<html><table><tr><td colspan={span} rowspan={span}>注<tr><td>甲县<td>3</table>"
    (table,) = raw_tables(content)
    assert len(table.rows) == 2
    assert max(len(row) for row in table.rows) <= 3
    assert [c.text for row in table.rows for c in row if c.text] == ["注", "甲县", "3"]


def test_spans_that_would_overlap_give_way() -> None:
    content = "<html><table><tr><td>a<td rowspan=2>b<tr><td colspan=3>c<td>d</table>"
    (table,) = raw_tables(content)
    assert [[c.text for c in row] for row in table.rows] == [["a", "b", ""], ["c", "", "d"]]


def test_lines_are_counted_through_the_page() -> None:
    blocks = html_to_blocks("<p>甲</p>\n\n<table>\n<tr><td>乙</td>\n<td>3</td></tr></table>", 10)
    assert isinstance(blocks[1], RawTable)
    assert [str(cell.ref) for cell in blocks[1].rows[0]] == ["L14:C1", "L15:C1"]
    assert isinstance(blocks[0], Line)
    assert str(blocks[0].ref) == "L11"


IN_MARKDOWN = """# 通知

附件1 <table><tr><td>县市</td><td>金额</td></tr><tr><td>甲县</td><td>&lt;3</td></tr></table> 注：完
<div align="center">附件2</div>
<table>
<tr>
<td>县市</td>
<td>金额</td>
</tr>
— 3 —
<tr><td>乙县</td><td>5</td></tr>
</table>

正文&nbsp;&ge;5。
"""


def test_html_tables_in_markdown() -> None:
    assert tables(IN_MARKDOWN, "a.md") == [
        [["县市", "金额"], ["甲县", "<3"]],
        [["县市", "金额"], ["乙县", "5"]],
    ]
    assert [text.strip() for text in texts(IN_MARKDOWN, "a.md")] == [
        "通知",
        "附件1",
        "注：完",
        "附件2",
        "— 3 —",
        "正文\xa0≥5。",
    ]
    assert [str(table.ref) for table in raw_tables(IN_MARKDOWN, "a.md")] == ["L3:C1", "L7:C1"]


def test_every_table_of_a_line_is_read_and_no_place_is_named_twice() -> None:
    one = "<table><tr><td>县市<td>金额<tr><td>甲县<td>3</table>"
    found = raw_tables(f"正文\n{one}<p>中</p>{one}\n")
    assert len(found) == 2
    refs = [cell.ref for table in found for row in table.rows for cell in row]
    assert len(set(refs)) == len(refs) == 8


def test_a_table_that_is_never_closed_leaves_the_text_after_it() -> None:
    content = "正文\n<table><tr><td>县市<td>金额\n<tr><td>甲县<td>3\n\n抄送：审计厅。\n印发\n"
    assert tables(content) == [[["县市", "金额"], ["甲县", "3"]]]
    assert texts(content) == ["正文", "抄送：审计厅。", "印发"]


def test_what_the_parser_cannot_follow_is_refused() -> None:
    with pytest.raises(TooLargeError, match="nested"):
        html_to_blocks("<html>" + "<div>" * 10_000 + "合计")
    with pytest.raises(TooLargeError, match="cells"):
        html_to_blocks("<table><tr>" + "<td>1" * 200_001)
    with pytest.raises(TooLargeError, match="lines"):
        html_to_blocks("<p>\n" * 70_000)


def test_figures_on_two_lines_of_a_cell_are_not_one() -> None:
    page = (
        "<table><tr><th>县<br>市</th><th>缴费</th><th>待遇</th></tr>"
        "<tr><td>塔城市</td><td>100<br>200</td><td>7</td></tr>"
        "<tr><td>额敏县</td><td><p>100</p><p>200</p></td><td>8</td></tr></table>"
    )
    ((header, *rows),) = tables(f"<html>{page}</html>")
    assert header[0] == "县 市"
    assert [row[1] for row in rows] == ["100；200", "100；200"]
