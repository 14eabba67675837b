"""What headers tell in words becomes an equation where it can mean one thing, and else nothing."""

from dataclasses import replace
from fractions import Fraction

import pytest

from audit.checks import CheckedNotice, check_told_laws
from audit.proof import prove_table
from audit.standards import standards_told
from audit.structure import table_to_structure
from schemas.findings import Severity
from schemas.notice import Allocation
from schemas.proofs import Status
from schemas.tables import Column

PEOPLE = (1203, 4850, 991, 15872, 20344, 7651, 12098, 3377)


def prove(made):
    return prove_table(made, table_to_structure(made), born_digital=False)


def sources(made):
    return {e.source for e in prove(made).equations if e.source}


def told(made):
    notice = CheckedNotice((Allocation(made, table_to_structure(made), ()),))
    return [(f.rule, f.severity, f.printed) for f in check_told_laws(notice)]


def paid(each, counts=PEOPLE, factor=10_000, places=2):
    return [str(round(n * Fraction(each) / factor, places).__float__()) for n in counts]


def rows_of(*columns):
    return [(f"县{i}", list(cells)) for i, cells in enumerate(zip(*columns, strict=True))]


def texts(values):
    return [str(v) for v in values]


@pytest.mark.parametrize(
    ("words", "amount", "head", "period"),
    [
        ("按每人每月52元标准补助", "52", "人", "月"),
        ("每人 每月 补助标准 52 元", "52", "人", "月"),
        ("５２元／人／月", "52", "人", "月"),
        ("52元/人·月", "52", "人", "月"),
        ("（50元/人.年）", "50", "人", "年"),
        ("52元/月/人", "52", "人", "月"),
        ("每月每人52元", "52", "人", "月"),
        ("月人均52元", "52", "人", "月"),
        ("人均补助610元/年", "610", "人", "年"),
        ("按每生每学年1,250元测算", "1250", "生", "学年"),
        ("0.08万元/生·学年", "800", "生", "学年"),
        ("每床位每日30元", "30", "床位", "日"),
        ("每平方米120元", "120", "平方米", ""),
        ("每户补助2万元", "20000", "户", ""),
        ("每亩补助150元/年", "150", "亩", "年"),
        ("每人每次20元", "20", "人", "次"),
        ("20元/人次", "20", "人次", ""),
        ("每个行政村5万元", "50000", "个行政村", ""),
    ],
)
def test_a_standard_is_read_in_its_many_wordings(words, amount, head, period):
    (standard,) = standards_told(words)
    found = (standard.amount, standard.head, standard.period)
    assert found == (Fraction(amount), head, period)


@pytest.mark.parametrize(
    "words",
    [
        "每人每月不低于52元",
        "每人每月52元以上",
        "每人每月52-60元",
        "每人每月由52元提高到60元",
        "每人每月约52元",
        "补助标准（元/人·月）",
        "2021年52个月",
        "共计52万元",
        "",
    ],
)
def test_a_bound_a_range_or_no_amount_is_no_standard(words):
    assert standards_told(words) == ()


@pytest.mark.parametrize(
    ("header", "measure", "each"),
    [
        ("补助资金（按每人每月52元标准）", "人", 52 * 12),
        ("一季度补助资金（按每人每月52元标准）", "人", 52 * 3),
        ("补助资金（50元/人/年）", "人", 50),
        ("补助资金（每户每年1200元）", "户", 1200),
        ("护理补贴（每床位每日30元）", "张", 30 * 360),
        ("改造资金（每平方米120元）", "平方米", 120),
    ],
)
def test_heads_times_the_standard_are_the_amount(table, columns, header, measure, each):
    made = table(
        rows_of(texts(PEOPLE), paid(each, places=4)),
        columns(("数量", "", "", measure), (header, "", "", "万元")),
    )
    (source,) = sources(made)
    assert source in header
    assert {row[1].status for row in prove(made).proofs} == {Status.PROVED}
    assert told(made) == []


def test_the_words_may_stand_in_the_title_or_above_the_columns(table, columns):
    rows = rows_of(texts(PEOPLE), paid(624))
    plain = columns(("人数", "", "", "人"), ("补助资金", "", "", "万元"))
    assert sources(replace(table(rows, plain), title="按每人每月52元标准测算")) == {"每人每月52元"}
    above = "基础养老金（每人每月52元）"
    grouped = tuple(replace(c, path=(above, *c.path)) for c in plain)
    assert sources(table(rows, grouped)) == {"每人每月52元"}


def test_a_share_and_a_number_of_months_may_come_in_between(table, columns):
    shares = [30, 60, 80, 100, 60, 36, 45, 90]
    months = [3, 6, 12, 9, 1, 4, 7, 11]
    header = ("补助资金（每人每月52元）", "", "", "万元")
    share = [str(round(n * 624 * s / 1_000_000, 2)) for n, s in zip(PEOPLE, shares, strict=True)]
    heads = columns(("人数", "", "", "人"), ("比例", "", "", "%"), header)
    grouped = tuple(replace(c, path=("补助", *c.path)) for c in heads)
    scope = tuple(replace(c, path=("每人每月52元", c.path[-1])) for c in grouped)
    assert sources(table(rows_of(texts(PEOPLE), texts(shares), share), scope)) == {"每人每月52元"}
    often = [str(round(n * 52 * m / 10_000, 2)) for n, m in zip(PEOPLE, months, strict=True)]
    heads = columns(("人数", "", "", "人"), ("补助月数", "", "", "月"), header)
    assert "每人每月52元" in sources(table(rows_of(texts(PEOPLE), texts(months), often), heads))


def test_a_misread_figure_is_told_by_the_words(table, columns):
    amounts = paid(624)
    amounts[3] = amounts[3].replace("9", "6", 1)
    made = table(
        rows_of(texts(PEOPLE), amounts),
        columns(("人数", "", "", "人"), ("补助（每人每月52元）", "", "", "万元")),
    )
    proof = prove(made)
    assert proof.proofs[3][1].status in {Status.SUSPECT, Status.REPAIRED}
    others = [p.status for i, row in enumerate(proof.proofs) if i != 3 for p in row]
    assert Status.SUSPECT not in others
    assert Status.REPAIRED not in others


def test_words_that_no_row_bears_out_accuse_nobody_and_are_a_finding(table, columns):
    made = table(
        rows_of(texts(PEOPLE), ["31.2", "8.11", "90.4", "7", "55.2", "13.9", "2.22", "61"]),
        columns(("人数", "", "", "人"), ("补助（每人每月52元）", "", "", "万元")),
    )
    assert "每人每月52元" not in sources(made)
    assert {p.status for row in prove(made).proofs for p in row} == {Status.UNPROVED}
    assert told(made) == [("words-fail", Severity.NOTE, "每人每月52元")]


def test_where_two_columns_can_be_meant_nothing_is_taken_or_said(table, columns):
    same = rows_of(texts(PEOPLE), texts(PEOPLE), paid(624))
    heads = columns(
        ("上年人数", "", "", "人"),
        ("本年人数", "", "", "人"),
        ("补助（每人每月52元）", "", "", "万元"),
    )
    assert "每人每月52元" not in sources(table(same, heads))
    off = rows_of(
        texts(PEOPLE), texts(reversed(PEOPLE)), ["31.2", "8.1", "90", "7", "5", "1", "2", "6"]
    )
    assert told(table(off, heads)) == []


def test_two_standards_in_one_header_are_none(table, columns):
    header = "补助（每人每月52元，其中每人每月10元由市级承担）"
    heads = columns(("人数", "", "", "人"), (header, "", "", "万元"))
    made = table(rows_of(texts(PEOPLE), paid(624)), heads)
    assert told(made) == []
    assert sources(made) <= {""}


def test_a_printed_formula_has_the_say(table, columns):
    heads = columns(
        ("人数", "1", "", "人"), ("补助（每人每月52元）", "2", "2=1×12×52/10000", "万元")
    )
    made = table(rows_of(texts(PEOPLE), paid(624)), heads)
    assert sources(made) == {"2=1×12×52/10000"}
    assert told(made) == []


def test_a_wide_table_in_which_anything_may_be_meant_is_left_alone(table):
    wide = tuple(
        Column(n, (f"每人每月{n}元",), "", "", "人" if n % 2 else "万元", False)
        for n in range(1, 61)
    )
    made = table(rows_of(*[texts(PEOPLE)] * 60), wide)
    assert told(made) == []
