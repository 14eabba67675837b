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


def one_a_line(rows: tuple[tuple[str, ...], ...], end: str = "\n") -> str:
    return "".join(cell + end for row in rows for cell in row)


def test_a_cell_a_line() -> None:
    content = HEAD + one_a_line((HEADER, *ROWS))
    assert tables(content) == [TABLE]
    assert readers(content) == ["cell_lines"]
    assert texts(content) == HEAD.split()


def test_the_place_of_a_cell_is_its_line() -> None:
    (table,) = raw_tables(HEAD + one_a_line((HEADER, *ROWS)))
    assert [str(cell.ref) for cell in table.rows[1]] == ["L9", "L10", "L11", "L12", "L13"]


def test_a_cell_a_line_with_a_bar_after_it() -> None:
    content = HEAD + one_a_line((HEADER, *ROWS), " |\n").replace("16 |", "|")
    expected = [[cell if cell != "16" else "" for cell in row] for row in TABLE]
    assert tables(content) == [expected]


def test_a_blank_line_for_a_blank_cell() -> None:
    rows = (("昌吉市", "33704", "84", "", "84"), ("阜康市", "10005", "", "16", "16"), *ROWS[2:])
    content = HEAD + one_a_line((HEADER, *rows))
    assert tables(content) == [[list(HEADER), *map(list, rows)]]


def test_blank_lines_between_all_cells_are_no_cells() -> None:
    assert tables(HEAD + one_a_line((HEADER, *ROWS), "\n\n")) == [TABLE]


def test_serial_numbers_begin_the_rows_and_a_page_number_is_no_cell() -> None:
    rows = tuple((str(i), *row) for i, row in enumerate(ROWS, start=1))
    content = HEAD + one_a_line((("序号", *HEADER), *rows)).replace("\n100\n", "\n\n— 3 —\n\n100\n")
    assert tables(content) == [[["序号", *HEADER], *map(list, rows)]]
    assert texts(content)[-1] == "— 3 —"


def test_printed_column_numbers_belong_to_the_header() -> None:
    (rows,) = tables(HEAD + one_a_line((HEADER, ("栏次", "1", "2", "3", "4=2+3"), *ROWS)))
    assert rows[0] == [*HEADER, "栏次", "1", "2", "3", "4=2+3"]
    assert rows[1:] == TABLE[1:]


def test_a_name_broken_over_two_lines_is_one_cell() -> None:
    content = HEAD + one_a_line((HEADER, *ROWS, ("呼图壁\n县", "1", "2", "3", "6")))
    assert tables(content)[0][-1] == ["呼图壁 县", "1", "2", "3", "6"]


def test_two_tables_of_different_width_in_turn() -> None:
    narrow = tuple(row[:3] for row in (HEADER, *ROWS))
    title = "昌吉州2022年第二批资金分配表"
    content = f"{HEAD}{one_a_line((HEADER, *ROWS))}{title}\n单位：万元\n{one_a_line(narrow)}"
    assert tables(content) == [TABLE, [list(row) for row in narrow]]


def test_the_text_after_a_table_is_no_cell_of_its_last_row() -> None:
    content = HEAD + one_a_line((HEADER, *ROWS[:4], ROWS[4][:4])) + "昌吉州财政局\n办公室\n"
    assert tables(content)[0][-1] == list(ROWS[4][:4])
    assert texts(content)[-2:] == ["昌吉州财政局", "办公室"]


def test_thousands_are_one_cell() -> None:
    rows = tuple((row[0], "1,234,567", "2,345,678") for row in ROWS)
    assert tables(HEAD + one_a_line((HEADER[:3], *rows)))[0][1:] == [list(row) for row in rows]


def test_short_lines_of_a_head_are_no_table() -> None:
    content = (
        "四川省财政厅\n文件\n川财农〔2022〕156号\n附件：\n1\n分配表\n2\n绩效目标表\n3\n反馈表\n"
    )
    assert tables(content) == []


def test_rows_of_another_layout_are_not_cut() -> None:
    assert tables(HEAD + parted("\t")) == [TABLE]


def test_rows_with_words_before_the_figures_begin_at_the_place() -> None:
    header = ("地区", "文号", "人数", "金额")
    rows = (
        ("南昌市", "赣财社〔2022〕1号", "10", "313"),
        ("景德镇市", "赣财社〔2022〕2号", "20", "818"),
        ("萍乡市", "赣财社〔2022〕3号", "30", "656"),
        ("九江市", "赣财社〔2022〕4号", "40", "98"),
    )
    assert tables(HEAD + one_a_line((header, *rows))) == [[list(header), *map(list, rows)]]


def test_a_total_of_fewer_cells_is_a_row_and_its_numbers_skip_it() -> None:
    header = ("序号", "市县", "项目", "金额")
    rows = (
        ("合计", "700"),
        ("1", "浈江区", "河道治理", "100"),
        ("2", "曲江区", "水库加固", "200"),
        ("3", "乐昌市", "河道治理", "300"),
        ("4", "南雄市", "水库加固", "100"),
    )
    assert tables(HEAD + one_a_line((header, *rows))) == [[list(header), *map(list, rows)]]


def test_a_name_before_a_subtotal_begins_its_row() -> None:
    rows = (
        ("合计", "60"),
        ("玉溪市", "小计", "30"),
        ("红塔区", "10"),
        ("江川区", "20"),
        ("丽江市", "小计", "30"),
        ("古城区", "12"),
        ("永胜县", "9"),
        ("华坪县", "9"),
    )
    (found,) = tables(HEAD + one_a_line((("县市区", "金额"), *rows)))
    assert ["".join(row).replace(" ", "") for row in found[1:]] == ["".join(row) for row in rows]


def test_a_last_row_without_a_serial_number_is_a_row_all_the_same() -> None:
    rows = tuple((str(n), *row) for n, row in enumerate(ROWS, 1))
    total = ("合计", "188386", "471", "122", "593")
    (found,) = tables(HEAD + one_a_line((("序号", *HEADER), *rows, total)))
    assert [text for text in found[-1] if text] == list(total)
    assert found[-2] == list(rows[-1])
