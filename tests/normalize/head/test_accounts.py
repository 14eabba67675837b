"""Account codes in every form that notices print, and numbers that are none."""

import pytest

from normalize.head.accounts import flow_to_accounts
from normalize.head.direct_fund import flow_to_direct_fund_mark
from normalize.head.text import Flow, lines_to_flow, lines_to_head_lines
from schemas.source import Line, LineRef

PENSION = "财政对城乡居民基本养老保险基金的补助"
INCOME = "社会保障和就业共同财政事权转移支付收入"


def flow_of(text: str) -> Flow:
    lines = [Line(line, LineRef(number)) for number, line in enumerate(text.split("\n"), 1)]
    return lines_to_flow(lines_to_head_lines(lines))


@pytest.mark.parametrize(
    ("text", "accounts"),
    [
        (f"支出列“2082602 {PENSION}”科目", [("2082602", PENSION)]),
        (f"支出列2082602{PENSION}科目，请执行", [("2082602", PENSION)]),
        (
            f"列入2082602（{PENSION}）、2082601（企业养老）",
            [("2082602", PENSION), ("2082601", "企业养老")],
        ),
        (f"支出列“{PENSION}（2082602）”科目", [("2082602", PENSION)]),
        (f"列2082602“{PENSION}”", [("2082602", PENSION)]),
        (f"列“208 26 02 {PENSION}”", [("2082602", PENSION)]),
        ("列“208类26款02项”", [("2082602", "")]),
        (
            "列入2018年政府收支分类科目\n1100248,2082602,待年度开始",
            [("1100248", ""), ("2082602", "")],
        ),
        ("列“2082602”科目", [("2082602", "")]),
        (
            "列“208 社会保障和就业支出”和“210卫生健康支出”",
            [("208", "社会保障和就业支出"), ("210", "卫生健康支出")],
        ),
        ("列2021年“20502普通教育”相关项", [("20502", "普通教育")]),
        ("经济分类科目列“503机关资本性支出（一）”", [("503", "机关资本性支出（一）")]),
        (
            f"科目编码：\n1100248 {INCOME}\n2082602 {PENSION}\n二、请认真执行",
            [("1100248", INCOME), ("2082602", PENSION)],
        ),
        (
            "“1100248 社会保障和就业共同财政事权转移支付\n\n收入”、“2082602\n" + PENSION + "”科目",
            [("1100248", INCOME), ("2082602", PENSION)],
        ),
        (
            f"列“1100248 {INCOME}，支出列“2082602 {PENSION}”",
            [("1100248", INCOME), ("2082602", PENSION)],
        ),
        (
            "支出功能科目：2080799-其他就业补助支出；政府经济分类：509对个人和家庭的补助",
            [("2080799", "其他就业补助支出"), ("509", "对个人和家庭的补助")],
        ),
        (
            "功能科目2210105农村危房改造和经济科目50999其他支出",
            [("2210105", "农村危房改造"), ("50999", "其他支出")],
        ),
    ],
)
def test_codes_with_their_names(text: str, accounts: list[tuple[str, str]]) -> None:
    found, findings = flow_to_accounts(flow_of(text))

    assert [(account.code, account.name) for account in found] == accounts
    assert findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "列支 20502 万元，共补助 2082602 人",
        "执行数： 2281199\n实际完成目标",
        "项目代码 Z135110059001，列入2021年预算",
        "列入预算，联系电话0991-2082602，邮编 830002",
        "科目调整金额为2,082,602元，占20.5%",
        "《2021年政府收支分类科目》",
        "列入 301 室存放，第 302 页",
    ],
)
def test_amounts_years_and_telephones_are_no_codes(text: str) -> None:
    assert flow_to_accounts(flow_of(text)) == ((), ())


def test_letters_in_a_code_are_put_right_and_said() -> None:
    accounts, (finding,) = flow_to_accounts(flow_of(f"支出列“2O82602 {PENSION}”"))

    assert [account.code for account in accounts] == ["2082602"]
    assert (finding.rule, finding.printed, finding.proposal) == (
        "account-code-normalised",
        "2O82602",
        "2082602",
    )
    assert str(finding.ref) == "L1"


def test_two_names_for_one_code_are_said() -> None:
    accounts, findings = flow_to_accounts(flow_of("列“2082001 临时救助”，又列“2082001 儿童福利”"))

    assert [account.name for account in accounts] == ["临时救助"]
    assert [finding.rule for finding in findings] == ["account-name-differs"]


def test_a_name_cut_short_gives_way_to_the_whole_one() -> None:
    accounts, findings = flow_to_accounts(flow_of("列“2082001 临时救”，“2082001 临时救助支出”"))

    assert [account.name for account in accounts] == ["临时救助支出"]
    assert findings == ()


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("直达资金标识为“01 自治区直达资金”，且保持不变", "01 自治区直达资金"),
        ("该项直达资金的标识为“01中央直达资金”", "01 中央直达资金"),
        ("标识为“02中央参照直\n达资金”", "02 中央参照直达资金"),
        ("直达资金标识：03省级直达资金", "03 省级直达资金"),
        ("直达资金标识为“09 其他”", "09 其他"),
        ("标识为“O1 自治区直达资金”", "01 自治区直达资金"),
        ("标识为“自治区直达资金”", "自治区直达资金"),
        ("该资金不属于直达资金", ""),
        ("直达资金标识贯穿资金分配、拨付、使用等整个环节", ""),
        ("附件01中央直达资金分配表", ""),
    ],
)
def test_mark_of_direct_funds(text: str, mark: str) -> None:
    assert flow_to_direct_fund_mark(flow_of(text)) == mark
