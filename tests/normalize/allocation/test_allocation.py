"""Rows, columns and headers of allocation tables under the damage that archives show."""

from decimal import Decimal

from normalize.allocation import part_to_allocation
from schemas.tables import AllocationTable, CellKind
from tests.normalize.made import parts_of

HEADER = (
    "单位\t缴费补助（按每人每年50元）\t\t\t合计\t结算\t直达资金标识",
    "\t参保人数\t补助比例\t补助资金 3=1×2×50元 /10000\t\t\t",
)
BODY = (
    "全区合计\t300000\t×\t900\t1000\t-4\t01自治区直达资金",
    "伊宁市\t96272\t60%\t289\t389\t-5\t01自治区直达资金",
    "奎屯市\t3221\t60%\t10\t110\t1\t01自治区直达资金",
    "伊宁县\t145642\t60%\t437\t537\t-44\t01自治区直达资金",
    "霍城县\t86900\t60%\t261\t361\t-12\t01自治区直达资金",
    "新源县\t99460\t60%\t298\t398\t13\t01自治区直达资金",
)


def table_of(*lines: str) -> AllocationTable:
    (part,) = parts_of(*lines).parts
    return part_to_allocation(part, 1)


def printed(table: AllocationTable, row: int) -> list[str]:
    return [cell.printed for cell in table.rows[row].cells]


def test_header_paths_formulas_and_measures() -> None:
    table = table_of("补助资金分配表", "单位：人、万元", *HEADER, *BODY)
    assert [(c.item, c.formula, c.measure) for c in table.columns] == [
        ("缴费补助（按每人每年50元） / 参保人数", "", "人"),
        ("缴费补助（按每人每年50元） / 补助比例", "", "%"),
        ("缴费补助（按每人每年50元） / 补助资金", "3=1×2×50元/10000", "万元"),
        ("合计", "", "万元"),
        ("结算", "", "万元"),
        ("直达资金标识", "", ""),
    ]
    assert [column.label for column in table.columns] == ["1", "2", "3", "4", "5", "6"]
    assert table.columns[5].is_text
    assert table.rows[0].cells[1].kind is CellKind.NOT_APPLICABLE
    assert table.rows[0].cells[4].value == Decimal(-4)


def test_rows_whose_cells_shifted_stand_in_their_columns() -> None:
    shifted = "昭苏县\t47322\t60%\t142\t242\t\t\t30\t01自治区直达资金"
    table = table_of("补助资金分配表", *HEADER, *BODY, shifted)
    assert printed(table, 6) == ["47322", "60%", "142", "242", "30", "01自治区直达资金"]
    assert not table.rows[6].shift_uncertain


def test_a_lost_percentage_leaves_its_own_column_blank() -> None:
    table = table_of(
        "补助资金分配表", *HEADER, *BODY, "昭苏县\t47322\t142\t242\t30\t01自治区直达资金"
    )
    assert printed(table, 6) == ["47322", "", "142", "242", "30", "01自治区直达资金"]
    assert table.rows[6].cells[1].kind is CellKind.BLANK


def test_a_lost_cell_among_equals_is_called_uncertain_and_not_guessed_silently() -> None:
    rows = [
        f"{name}县\t{a}\t{a + 7}\t{a + 3}"
        for name, a in zip("甲乙丙丁戊", (51, 55, 53, 58, 52), strict=True)
    ]
    table = table_of("补助资金分配表", "县市\t一季度\t二季度\t三季度", *rows, "己县\t54\t57")
    assert table.rows[5].shift_uncertain
    assert "row-shift-uncertain" in [finding.rule for finding in table.findings]


def test_the_sum_of_two_columns_says_where_a_lost_cell_stood() -> None:
    rows = [
        f"{n}县\t{a}\t{b}\t{a + b}"
        for n, a, b in zip("甲乙丙丁戊", (51, 55, 53, 58, 52), (40, 61, 47, 59, 66), strict=True)
    ]
    table = table_of("补助资金分配表", "县市\t中央\t省级\t合计", *rows, "己县\t54\t54")
    # 54 + blank = 54 and blank + 54 = 54 both hold: nothing decides between the first two columns.
    assert table.rows[5].shift_uncertain
    assert table.rows[5].cells[2].value == Decimal(54)


def test_a_name_glued_to_its_first_number() -> None:
    table = table_of(
        "补助资金分配表",
        "县市\t人数\t金额",
        "吉首市104890\t314",
        "泸溪县59544\t178",
        "凤凰县32657\t97",
    )
    assert [row.unit_printed for row in table.rows] == ["吉首市", "泸溪县", "凤凰县"]
    assert printed(table, 0) == ["104890", "314"]


def test_serial_numbers_and_group_names_are_no_data_columns() -> None:
    table = table_of(
        "补助资金分配表", "序号\t州市\t县市\t人数\t金额",
        "\t合计\t\t300\t90", "1\t甲州\t小计\t180\t54", "2\t\t乙县\t100\t30", "3\t\t丙县\t80\t24",
        "4\t丁州\t小计\t120\t36", "5\t\t戊县\t120\t36",
    )  # fmt: skip
    assert [column.item for column in table.columns] == ["人数", "金额"]
    names = [row.unit_printed for row in table.rows]
    assert names == ["合计", "甲州小计", "乙县", "丙县", "丁州小计", "戊县"]


def test_pages_vote_on_the_header() -> None:
    pages = []
    for damage in ("城乡居民主动养老金", "城乡居民基础养老金", "城乡居本基础养老金"):
        pages += [
            "补助资金分配表",
            f"县市\t参保人数\t{damage}",
            *(f"{n}县\t{i}\t{i * 3}" for i, n in enumerate("甲乙丙", 9)),
            "",
        ]
    table = table_of(*pages)
    assert [column.item for column in table.columns] == ["参保人数", "城乡居民基础养老金"]
    assert len(table.rows) == 9


def test_a_table_without_a_header_keeps_its_figures_and_says_so() -> None:
    table = table_of("塔城市\t30\t243", "额敏县\t68\t244", "乌苏市\t80\t484")
    assert [finding.rule for finding in table.findings] == ["no-header"]
    assert [column.item for column in table.columns] == ["", ""]
    assert printed(table, 1) == ["68", "244"]


def test_a_broken_header_is_not_guessed() -> None:
    table = table_of(
        "补助资金分配表",
        "单位\t合计",
        "塔城市\t30\t5\t35",
        "额敏县\t68\t2\t70",
        "乌苏市\t80\t1\t81",
    )
    assert "header-uncertain" in [f.rule for f in table.findings] or "no-header" in [
        f.rule for f in table.findings
    ]
    assert len(table.columns) == 3


def test_a_cell_too_many_is_kept_with_a_finding() -> None:
    table = table_of(
        "补助资金分配表", *HEADER, *BODY, "昭苏县\t47322\t60%\t142\t242\t30\t7\t8\t01自治区直达资金"
    )
    dropped = [cell.text for cell in table.dropped]
    assert len(dropped) == 2
    rules = [finding.rule for finding in table.findings]
    assert rules.count("cell-dropped") == 2


def test_every_printed_figure_of_the_body_stands_somewhere() -> None:
    lines = ("补助资金分配表", *HEADER, *BODY, "昭苏县\t\t47322\t142\t\t242\t30\t7\t8\t")
    table = table_of(*lines)
    kept = [cell.printed for row in table.rows for cell in row.cells if cell.printed]
    kept += [cell.text for cell in table.dropped]
    figures = [cell for line in lines[3:] for cell in line.split("\t")[1:] if cell]
    assert sorted(kept) == sorted(figures)


def test_formulas_whose_labels_do_not_count_the_columns_stay_where_they_stand() -> None:
    table = table_of(
        "补助资金分配表", "县市\t应补助资金 E\t已拨付 F\t本次下达 G=E-F",
        "塔城市\t30\t5\t25", "额敏县\t68\t2\t66", "乌苏市\t80\t1\t79",
    )  # fmt: skip
    assert [column.formula for column in table.columns] == ["", "", "G=E-F"]
    assert [column.label for column in table.columns] == ["", "", "G"]


def items_and_rows(table: AllocationTable) -> tuple[list[str], list[tuple[str, ...]]]:
    rows = [(row.unit_printed, *(cell.printed for cell in row.cells)) for row in table.rows]
    return [column.item for column in table.columns], rows


def test_blank_remarks_cut_off_at_the_end_of_rows_do_not_shift_the_header() -> None:
    table = table_of(
        "补助资金分配表", "县市\t中央\t省级\t合计\t备注", "甲县\t40\t20\t60",
        "乙县\t30\t20\t50\t脱贫县", "丙县\t30\t10\t40",
    )  # fmt: skip
    items, rows = items_and_rows(table)
    assert items == ["中央", "省级", "合计", "备注"]
    assert rows[:2] == [("甲县", "40", "20", "60", ""), ("乙县", "30", "20", "50", "脱贫县")]


def test_groups_over_leaves_whose_spans_are_lost() -> None:
    table = table_of(
        "补助资金分配表", "地区\t中央财政\t省级财政\t合计", "人数\t金额\t人数\t金额",
        "甲县\t40\t20\t60\t70\t90", "乙县\t30\t20\t50\t80\t100", "丙县\t30\t10\t40\t90\t100",
    )  # fmt: skip
    assert items_and_rows(table)[0] == [
        "中央财政 / 人数", "中央财政 / 金额", "省级财政 / 人数", "省级财政 / 金额", "合计",
    ]  # fmt: skip


def test_a_project_before_the_unit_is_a_column_and_not_a_name() -> None:
    table = table_of(
        "项目资金分配表", "序号\t项目名称\t实施单位\t金额（万元）\t完成时间",
        "1\t道路建设\t甲县\t100\t2022年12月", "2\t水渠\t乙县\t50.5\t2022年11月",
    )  # fmt: skip
    items, rows = items_and_rows(table)
    assert items == ["项目名称", "金额（万元）", "完成时间"]
    assert rows[0] == ("甲县", "道路建设", "100", "2022年12月")


def test_a_name_merged_over_its_projects_holds_for_each() -> None:
    table = table_of(
        "项目资金分配表", "市县\t项目名称\t资金", "郑州市\t小计\t150", "\t水库除险\t100",
        "\t河道治理\t50", "开封市\t小计\t80",
    )  # fmt: skip
    assert items_and_rows(table)[1][1] == ("郑州市", "水库除险", "100")


def test_a_table_printed_side_by_side_with_itself_is_one_list() -> None:
    table = table_of(
        "补助资金分配表", "单位\t金额\t单位\t金额", "甲县\t10\t丙县\t30", "乙县\t20\t丁县\t11",
    )  # fmt: skip
    assert items_and_rows(table) == (
        ["金额"], [("甲县", "10"), ("乙县", "20"), ("丙县", "30"), ("丁县", "11")]
    )  # fmt: skip


def test_years_in_a_header_are_no_figures() -> None:
    table = table_of("补助资金分配表", "县市\t2020年\t2021年", "甲县\t40\t50", "乙县\t30\t20")
    assert items_and_rows(table) == (
        ["2020年", "2021年"],
        [("甲县", "40", "50"), ("乙县", "30", "20")],
    )


def test_division_codes_and_serial_numbers_are_no_data_columns() -> None:
    table = table_of(
        "补助资金分配表", "区划代码\t地区\t人数\t金额", "410100\t郑州市\t1000\t50",
        "410200\t开封市\t2000\t60", "\t合计\t3000\t110",
    )  # fmt: skip
    assert items_and_rows(table)[1] == [
        ("郑州市", "1000", "50"), ("开封市", "2000", "60"), ("合计", "3000", "110"),
    ]  # fmt: skip


def test_a_cell_lost_between_equals_is_not_placed_by_size_alone() -> None:
    rows = [f"{n}县\t{3000 + i}\t{i}\t{3000 + 2 * i}" for i, n in enumerate("甲丙丁戊己", 10)]
    table = table_of("补助资金分配表", "县市\t一批\t二批\t合计", *rows, "乙县\t50\t50")
    assert table.rows[5].shift_uncertain
