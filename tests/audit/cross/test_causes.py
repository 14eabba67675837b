"""Whose fault a contradiction is: the author's only where no misreading is as likely."""

from decimal import Decimal

import pytest

from audit.cross import ReadFacts, cross_check
from audit.cross.causes import Misreading, cause_of, misread_as
from schemas.findings import Cause, Finding, Severity
from schemas.head import NoticeHead


@pytest.mark.parametrize(
    ("printed", "due", "expected"),
    [
        ("5.56", "5.76", Misreading.ONE_DIGIT),
        ("156130", "156430", Misreading.ONE_DIGIT),
        ("104", "104", Misreading.ONE_DIGIT),
        ("1", "12", Misreading.RARE),
        ("290", "90", Misreading.RARE),
        ("52", "25", Misreading.RARE),
        ("104", "26.6983", Misreading.NONE),
        ("1400", "470.2528", Misreading.NONE),
        ("9" * 40, "1", Misreading.NONE),
    ],
)
def test_what_a_misreading_explains(printed: str, due: str, expected: Misreading) -> None:
    assert misread_as(Decimal(printed), Decimal(due)) is expected


def test_a_short_or_damaged_text_may_have_lost_a_digit_itself() -> None:
    assert cause_of(ReadFacts(), Misreading.RARE) is Cause.UNKNOWN
    assert cause_of(ReadFacts(), Misreading.ONE_DIGIT) is Cause.UNKNOWN
    assert cause_of(ReadFacts(), Misreading.NONE) is Cause.SOURCE
    damaged = NoticeHead(findings=(Finding("issuer-mended", Severity.NOTE, "", Cause.OCR),))
    assert cause_of(ReadFacts(head=damaged), Misreading.RARE) is Cause.UNKNOWN


def test_what_was_born_digital_its_author_wrote() -> None:
    facts = ReadFacts(born_digital=True)
    assert {cause_of(facts, misread) for misread in Misreading} == {Cause.SOURCE}


@pytest.mark.parametrize(
    ("name", "rule", "cause"),
    [
        # Seven times too much, in a notice full of misread digits.
        ("pension_2021_region", "count-mismatch", Cause.SOURCE),
        # 年 for 月, in the same notice.
        ("pension_2021_region", "measure-contradiction", Cause.UNKNOWN),
        # 人次 for 人 and =1次 for 12, in clean ones.
        ("insurance_2020_self_evaluation_scrambled", "measure-contradiction", Cause.SOURCE),
        ("county_2022_targets", "times-mismatch", Cause.SOURCE),
        # 5.56 beside 5.76: either may be.
        ("insurance_2020_self_evaluation_scrambled", "result-contradiction", Cause.UNKNOWN),
    ],
)
def test_causes_of_real_contradictions(fixture_facts, name, rule, cause) -> None:
    found = [f.cause for f in cross_check(fixture_facts(name)) if f.rule == rule]
    assert found[:1] == [cause]
