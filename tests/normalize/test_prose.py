"""Allocations told in prose."""

from decimal import Decimal

from normalize.prose import prose_spans, prose_to_allocation
from schemas.source import Line, LineRef
from schemas.tables import AllocationTable, CellKind, Part, TableKind

TOLD = (
    "现下达你州2021年补助资金1,200万元，按每人每月52元标准发放，其中：伊宁县120万元（其中中央80万元、",
    "",
    "自治区40万元），霍城县90.5万元（中央50万元，自治区40.5万元）；昭苏县989.5万元。请专款专用。",
)


def lines_of(*texts: str) -> tuple[Line, ...]:
    return tuple(Line(text, LineRef(i)) for i, text in enumerate(texts, start=1))


def told(*texts: str) -> AllocationTable:
    return prose_to_allocation(Part(TableKind.ALLOCATION, "", (), body=lines_of(*texts)), 1)


def test_units_amounts_and_shares_across_a_page_break() -> None:
    table = told(*TOLD)
    assert [row.unit_printed for row in table.rows] == ["", "伊宁县", "霍城县", "昭苏县"]
    assert [column.item for column in table.columns] == ["金额", "中央", "自治区"]
    values = [[cell.value for cell in row.cells] for row in table.rows]
    assert values[1:] == [
        [Decimal(120), Decimal(80), Decimal(40)],
        [Decimal("90.5"), Decimal(50), Decimal("40.5")],
        [Decimal("989.5"), None, None],
    ]
    assert table.rows[3].cells[1].kind is CellKind.BLANK


def test_the_total_is_the_amount_that_the_units_add_up_to_and_no_standard() -> None:
    assert told(*TOLD).rows[0].cells[0].printed == "1,200万元"


def test_each_amount_keeps_its_line_and_its_place_in_the_line() -> None:
    refs = [str(cell.ref) for cell in told(*TOLD).rows[1].cells]
    assert refs == ["L1:C3", "L1:C4", "L3:C1"]


def test_an_amount_for_several_units_each() -> None:
    table = told("下达资金5000万元，分配情况为：金城江区2000万元，都安县、大化县各1500万元。")
    named = [(row.unit_printed, row.cells[0].value) for row in table.rows[1:]]
    assert named == [
        ("金城江区", Decimal(2000)),
        ("都安县", Decimal(1500)),
        ("大化县", Decimal(1500)),
    ]


def test_a_total_in_another_measure_is_taken_in_the_measure_of_the_units() -> None:
    table = told("下达1.7亿元（17000万元），其中：金城江区2000万元，都安县15000万元。")
    assert table.rows[0].cells[0].printed == "17000万元"


def test_standards_shares_and_single_amounts_are_no_allocation() -> None:
    for text in (
        "按每人每年50元、每人每月52元标准补助，共计1200万元。",
        "下达补助资金120万元，其中：中央80万元、自治区40万元。",
        "2020年支出2786万元，比上年增加201万元。",
        "经费3021万元由财政拨款安排。",
    ):
        assert prose_spans(lines_of(text)) == [], text


def names_and_values(*texts: str) -> list[tuple[str, Decimal | None]]:
    return [(row.unit_printed, row.cells[0].value) for row in told(*texts).rows]


def test_units_told_in_brackets_after_their_total_are_rows_and_no_shares() -> None:
    text = "现拨付水利资金1000万元（其中：榆中县700万元、皋兰县300万元），专款专用。"
    assert names_and_values(text) == [
        ("", Decimal(1000)),
        ("榆中县", Decimal(700)),
        ("皋兰县", Decimal(300)),
    ]
    assert prose_spans(lines_of("现下达120万元（中央80万元、省级40万元）。")) == []


def test_a_numbered_list_with_colons_is_an_allocation() -> None:
    lines = ("现下达资金：", "1.城关区：320万元；", "2.七里河区：280万元；", "3.红古区：90.5万元。")
    assert names_and_values(*lines) == [
        ("城关区", Decimal(320)),
        ("七里河区", Decimal(280)),
        ("红古区", Decimal("90.5")),
    ]
