"""What really contradicts in real notices is found, all of it and nothing else."""

from decimal import Decimal
from pathlib import Path

import pytest

from audit.cross import amount_agreements, cross_check, product_agreements
from schemas.findings import Cause, Severity

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"

PENSION = [
    ("count-mismatch", "error", 7, 1, "≥104万人"),
    ("count-mismatch", "warning", 2, 2, "≥1400万人次"),
    ("count-mismatch", "warning", 3, 2, "≥143万人次"),
    ("count-mismatch", "note", 12, 2, "≥56万人次"),
    ("count-mismatch", "note", 14, 2, "≥10.4万人次"),
    ("measure-contradiction", "warning", 2, 9, "52元/人/年"),
]
INSURANCE = [
    ("spending-rate", "warning", 1, 6, "基本养老金支出预算执行率92.85%"),
    ("spending-rate", "note", 3, 6, "基金支出预算执行率84%"),
    ("target-missed-by-far", "warning", 3, 2, "2020年末实际保障工伤待遇人数745人"),
    ("target-missed-by-far", "warning", 4, 5, "2020年享受技能提升补贴人数1445人"),
    (
        "measure-contradiction",
        "warning",
        4,
        4,
        "2020年享受稳定岗位补贴企业参加失业保险人数11.88万人",
    ),
    ("result-contradiction", "warning", 2, 2, "5.56万"),
]
COUNTY = [
    ("times-mismatch", "error", 2, 2, "=1次"),
    ("indicator-of-other-project", "warning", 6, 7, "城市低保政策知晓率"),
    ("indicator-of-other-project", "warning", 6, 10, "享受城市低保人员满意度"),
]
REAL = [
    ("000", "pension_2021_region", PENSION),
    ("002", "pension_2024_prefecture", []),
    ("003", "insurance_2020_self_evaluation_scrambled", INSURANCE),
    ("004", "county_2022_targets", COUNTY),
]


def short(findings):
    return [(f.rule, f.severity.value, f.table_no, f.row_no, f.printed) for f in findings]


@pytest.mark.parametrize(("number", "case", "expected"), REAL)
def test_originals(original_facts, number, case, expected):
    assert short(cross_check(original_facts(number))) == expected


@pytest.mark.parametrize(("number", "case", "expected"), REAL)
def test_carried_over_fixtures(fixture_facts, number, case, expected):
    assert short(cross_check(fixture_facts(case))) == expected


OTHERS = {p.parent.name for p in FIXTURES.glob("*/input.*")} - {name for _, name, _ in REAL}


@pytest.mark.parametrize("case", sorted(OTHERS))
def test_no_false_alarm_in_any_other_fixture(fixture_facts, case):
    assert short(cross_check(fixture_facts(case))) == []


def test_numbers_are_put_into_the_sentence(fixture_facts):
    findings = cross_check(fixture_facts("pension_2021_region"))
    first, second, last = findings[0], findings[1], findings[-1]
    assert (first.recomputed, first.difference) == (Decimal("26.6983"), Decimal("77.3017"))
    assert "266983" in first.message
    assert "11 other units" in first.message
    assert "4 × 1175632 = 470.2528" in second.message
    assert "12 × would fit" in second.message
    assert "12 other forms print 52元/人/月" in last.message
    assert "按每人每月52元标准补助" in last.message
    assert last.proposal == "52元/人/月"


def test_rounding_the_wrong_way_is_no_more_than_that(fixture_facts):
    findings = cross_check(fixture_facts("insurance_2020_self_evaluation_scrambled"))
    rates = [f for f in findings if f.rule == "spending-rate"]
    assert [f.cause for f in rates] == [Cause.SOURCE, Cause.ROUNDING]
    assert [f.recomputed for f in rates] == [Decimal("90.8045"), Decimal("83.2948")]
    assert rates[1].severity is Severity.NOTE


def test_every_form_bears_out_its_row(fixture_facts):
    facts = fixture_facts("pension_2021_region")
    agreements = amount_agreements(facts)
    assert len(agreements) == 13
    assert {a.column for a in agreements} == {10}
    assert Decimal(68250) in {a.value for a in agreements}
    for agreement in agreements:
        row = facts.allocations[agreement.allocation].table.rows[agreement.row]
        assert row.cells[agreement.column].value == agreement.value


def test_a_form_across_bears_out_eight_rows(fixture_facts):
    agreements = amount_agreements(fixture_facts("pension_2024_prefecture"))
    assert sorted(a.row for a in agreements) == list(range(8))
    assert {a.column for a in agreements} == {2}


def test_persons_times_standard_times_months(fixture_facts):
    (agreement,) = product_agreements(fixture_facts("county_2022_targets"))
    assert agreement.table_no == 3
    assert agreement.equation == (
        "3317 × 66.48 × 12 + 959 × 5 × 12 + 311 × 10 × 12 + 101 × 720 = 2813749.92元"
    )
    # 958 persons would fit the printed total as well.
    assert agreement.indicators == (1, 3, 4, 5, 14, 15, 16, 17)
