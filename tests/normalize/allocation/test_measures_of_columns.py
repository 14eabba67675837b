"""What a column measures: never more than its header and its figures say."""

from normalize.allocation import part_to_allocation
from schemas.tables import AllocationTable
from tests.normalize.made import parts_of

TITLE = "2021年补助资金分配表"
NAMES = ("南城县", "黎川县", "南丰县", "崇仁县", "乐安县")


def table_of(measure: str, header: tuple[str, ...], *columns: tuple[str, ...]) -> AllocationTable:
    rows = ["\t".join(cells) for cells in zip(NAMES, *columns, strict=True)]
    lines = [TITLE, *([f"单位：{measure}"] if measure else []), *header, *rows]
    (part,) = parts_of(*lines).parts
    return part_to_allocation(part, 1)


def measures(table: AllocationTable) -> list[str]:
    return [column.measure for column in table.columns]


WHOLE = ("422", "813", "136", "603", "541")
LESS = ("22", "13", "36", "30", "41")
PARTS = ("64.40", "74.39", "24.94", "40.07", "89.01")


def test_houses_and_households_are_told_apart_by_their_headers() -> None:
    header = ("县市\t改造套数\t户数\t资金",)
    assert measures(table_of("户、套、万元", header, WHOLE, LESS, PARTS)) == ["套", "户", "万元"]
    assert measures(table_of("万元", header, WHOLE, LESS, PARTS)) == ["套", "户", "万元"]


def test_which_of_two_counts_is_not_guessed() -> None:
    header = ("县市\t对象户数\t残疾户数情况\t资金",)
    assert measures(table_of("个、户、万元", header, WHOLE, LESS, PARTS)) == ["户", "", "万元"]


def test_times_that_persons_were_helped_are_not_persons() -> None:
    header = ("县市\t补贴人次\t补贴人数",)
    assert measures(table_of("人、人次、万元", header, WHOLE, LESS)) == ["人次", "人"]


def test_amounts_for_persons_have_decimals_that_persons_have_not() -> None:
    header = ("县市\t对象人数\t抚恤补助\t\t", "\t\t伤残人员\t三属\t复员军人")
    table = table_of("人、万元", header, WHOLE, PARTS, PARTS, PARTS)
    assert measures(table) == ["人", "万元", "万元", "万元"]


def test_persons_below_an_amount_without_decimals_may_be_either() -> None:
    header = ("县市\t抚恤补助\t", "\t伤残人员\t三属")
    assert measures(table_of("人、万元", header, WHOLE, LESS)) == ["", "万元"]
    assert measures(table_of("万元", ("县市\t伤残人员\t三属",), WHOLE, LESS)) == ["", "万元"]


def test_a_part_is_measured_as_its_whole() -> None:
    header = ("县市\t人数\t其中：女性\t金额",)
    assert measures(table_of("万元", header, WHOLE, LESS, PARTS)) == ["人", "人", "万元"]
    header = ("县市\t应补资金（元）\t其中：中央财政",)
    assert measures(table_of("", header, WHOLE, LESS)) == ["元", "元"]
    header = ("县市\t人数\t补助金额\t其中：\t", "\t\t\t集中养育\t散居")
    assert measures(table_of("人、元", header, LESS, WHOLE, LESS, LESS)) == ["人", "元", "元", "元"]


def test_a_part_that_counts_something_else_is_not_measured_as_its_neighbour() -> None:
    header = ("县市\t户数(户)\t资金(元)\t其中：少数民族户",)
    assert measures(table_of("", header, LESS, WHOLE, LESS)) == ["户", "元", ""]


def test_a_column_without_a_sure_header_has_no_measure_where_the_header_says_several() -> None:
    header = ("市（州）\t2020年\t2021年\t增减额\t增减幅", "度（%）\t占比\t位次\t备注")
    columns = (WHOLE, WHOLE, LESS, PARTS, PARTS)
    assert set(measures(table_of("万元", header, *columns))) == {""}


def test_the_currency_is_no_part_of_the_measure() -> None:
    header = ("县市\t中央资金\t省级资金（人民币元）",)
    for line in ("人民币万元", "万元（人民币）"):
        assert measures(table_of(line, header, PARTS, WHOLE)) == ["万元", "元"]


def test_an_amount_of_money_that_cannot_be_read_is_not_the_tables() -> None:
    header = ("县市\t中央资金（刀元）\t省级资金（万币）\t市级资金（中央）",)
    assert measures(table_of("万元", header, PARTS, WHOLE, LESS)) == ["", "", "万元"]
