"""The heads of the four original texts, which are not part of the repository."""

from datetime import date

import pytest

from normalize.head import lines_to_head
from schemas.head import Account, AccountKind, NoticeHead
from schemas.source import Line, LineRef
from tests.outside import require_original

INCOME = Account(AccountKind.INCOME, "1100248", "社会保障和就业共同财政事权转移支付收入")
FUNCTION = Account(AccountKind.FUNCTION, "2082602", "财政对城乡居民基本养老保险基金的补助")
GOVERNMENT = Account(AccountKind.GOVERNMENT_ECONOMIC, "51002", "对社会保险基金补助")


def head_of(number: str) -> NoticeHead:
    """The head read from all lines that are no table rows; the lead is every line like a title."""
    printed = require_original(number).read_text(encoding="utf-8").split("\n")
    lines = [Line(text, LineRef(place)) for place, text in enumerate(printed, 1)]
    running = [line for line in lines if line.text.count("\t") < 2]
    lead = [line for line in running if line.text.strip("*# ").endswith(("表", "年度）", "年)"))]
    return lines_to_head(running, lead)


def test_notice_of_a_region() -> None:
    head = head_of("000")

    assert head.doc_no == "新财社〔2020〕287号"
    assert head.title == "关于提前下达2021年自治区财政城乡居民基本养老保险补助资金的通知"
    assert head.issuers == ("新疆维吾尔自治区财政厅", "新疆维吾尔自治区人力资源和社会保障厅")
    assert head.recipients == (
        "伊犁哈萨克自治州财政局、人力资源和社会保障局",
        "各地（州、市）财政局、人力资源和社会保障局",
    )
    assert (head.issued_on, head.printed_on) == (date(2020, 12, 25), date(2020, 12, 25))
    assert (head.fiscal_year, head.programme) == (2021, "城乡居民基本养老保险补助资金")
    assert head.accounts == (INCOME, FUNCTION, GOVERNMENT)
    assert head.direct_fund_mark == "01 自治区直达资金"
    assert head.cites == ("新财预〔2018〕21号", "新财预〔2016〕113号")
    assert head.attachments == (
        "自治区财政提前下达2021年城乡居民基本养老保险补助资金分配表",
        "自治区财政提前下达2021年城乡居民基本养老保险补助资金绩效目标表",
        "自治区财政资金使用跟踪反馈表",
    )
    assert head.copies_to == (
        "财政部新疆监管局",
        "自治区审计厅",
        "本厅预算处、国库处、财政内控监督处",
    )
    assert head.findings == ()


def test_notice_of_a_prefecture_with_a_seal_over_its_signature() -> None:
    head = head_of("002")

    assert head.doc_no == "塔地财社〔2023〕80号"
    assert head.title == "关于提前下达2024年自治区财政城乡居民基本养老保险补助资金预算的通知"
    assert head.issuers == ("塔城地区财政局", "塔城地区人力资源和社会保障局")
    assert head.recipients == ("各县（市）财政局、人力资源和社会保障局",)
    assert (head.issued_on, head.printed_on) == (date(2023, 12, 27), date(2023, 12, 27))
    assert (head.fiscal_year, head.programme) == (2024, "城乡居民基本养老保险补助资金")
    assert head.accounts == (
        INCOME,
        Account(AccountKind.GOVERNMENT_ECONOMIC, "51301", "上下级政府间转移性支出"),
        FUNCTION,
        GOVERNMENT,
        Account(AccountKind.DEPARTMENT_ECONOMIC, "31302", "对社会保险基金补助"),
    )
    assert head.cites == ("新财社〔2023〕236号", "新财预〔2018〕21号", "新财预〔2016〕113号")
    assert head.attachments[0] == "提前下达2024年自治区财政城乡居民基本养老保险补助资金分配表"
    assert len(head.attachments) == 3
    assert head.copies_to == ("地区审计局", "本局预算科（政府债务管理科）、国库科、财政评价监督科")
    (mended,) = head.findings
    assert (mended.rule, mended.printed) == ("issuer-mended", "城地区人力资源和社会保障局")


@pytest.mark.parametrize(
    ("number", "title", "year"),
    [
        ("003", "自治区本级社会保险支出绩效自评表", 2020),
        ("004", "2022年度和硕县重大政策和重点项目绩效目标汇总表", 2022),
    ],
)
def test_tables_without_a_notice_around_them(number: str, title: str, year: int) -> None:
    head = head_of(number)

    assert head == NoticeHead(title=title, fiscal_year=year)
