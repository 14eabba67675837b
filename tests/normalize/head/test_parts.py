"""The parts of a head one by one, where whole heads do not show the damage."""

from datetime import date

import pytest

from normalize.head import lines_to_head
from normalize.head.dates import text_to_date
from normalize.head.issuers import names_to_issuers
from normalize.head.money import title_to_programme
from normalize.head.organs import letterhead_names, list_to_names
from normalize.head.text import fold, lines_to_head_lines
from schemas.head import NoticeHead
from schemas.source import Line, LineRef

TITLE = "关于下达2021年就业补助资金的通知"


def head_of(text: str, lead: str = "") -> NoticeHead:
    def to_lines(printed: str) -> list[Line]:
        return [Line(line, LineRef(n)) for n, line in enumerate(printed.split("\n"), 1)]

    return lines_to_head(to_lines(text), to_lines(lead) if lead else [])


@pytest.mark.parametrize(
    ("printed", "entries"),
    [
        ("各市、县（区）财政局、民政局：", ["各市、县（区）财政局、民政局"]),
        ("省民政厅、省残联、各市财政局：", ["省民政厅", "省残联", "各市财政局"]),
        ("各设区市财政局、有关单位：", ["各设区市财政局", "有关单位"]),
        ("郑州市财政局　洛阳市财政局：", ["郑州市财政局", "洛阳市财政局"]),
        ("各县（市、区）财政局、市场监督管理局：", ["各县（市、区）财政局、市场监督管理局"]),
        ("各市（州）财政局; 各扩权县（市）财政局：", ["各市（州）财政局", "各扩权县（市）财政局"]),
    ],
)
def test_lists_part_only_between_whole_names(printed: str, entries: list[str]) -> None:
    assert list(list_to_names(printed)) == entries


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        (["河 南 省 财 政 厅", "文件"], ["河南省财政厅"]),
        (["河南省人力资源", "和社会保障厅文件"], ["河南省人力资源和社会保障厅"]),
        (["河南省财", "政厅"], ["河南省财政厅"]),
        (["某某地区", "财政局"], ["某某地区财政局"]),
        (["明细表", "甲省财政厅 甲省民政厅"], ["甲省财政厅", "甲省民政厅"]),
        (["河南省财政厅 河南省民政厅"], ["河南省财政厅", "河南省民政厅"]),
        (["首页 > 政务公开 > 财政局", "000001", "特急"], []),
        (["各市财政局"], []),
    ],
)
def test_names_of_a_letterhead(printed: list[str], names: list[str]) -> None:
    lines = lines_to_head_lines([Line(text, LineRef(1)) for text in printed])

    assert list(letterhead_names(lines)) == names


@pytest.mark.parametrize(
    ("letterhead", "signature", "issuers", "rules"),
    [
        (["某城市财政局"], ["城市财政局"], ["某城市财政局"], ["issuer-mended"]),
        (["城市财政局"], ["某城市财政局"], ["某城市财政局"], ["issuer-mended"]),
        (["某城市财政局"], ["某坡市财政局"], ["某城市财政局"], ["issuer-differs"]),
        (["甲县财政局"], ["甲县财政局", "甲县民政局"], ["甲县财政局", "甲县民政局"], []),
        (["甲省人民政府办公厅"], ["甲省民政厅"], ["甲省人民政府办公厅", "甲省民政厅"], []),
        (["甲县财政局"], ["甲县财政局办公室"], ["甲县财政局", "甲县财政局办公室"], []),
    ],
)
def test_letterhead_and_signature_mend_each_other(
    letterhead: list[str], signature: list[str], issuers: list[str], rules: list[str]
) -> None:
    found, findings = names_to_issuers(letterhead, signature, "", None)

    assert list(found) == issuers
    assert [finding.rule for finding in findings] == rules


def test_the_rest_of_the_text_decides_between_two_spellings() -> None:
    found, (finding,) = names_to_issuers(["某坡市财政局"], ["某城市财政局"], "某城市财政局印", None)

    assert found == ("某城市财政局",)
    assert finding.rule == "issuer-mended"


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2020 年 12 月 25 日", date(2020, 12, 25)),
        ("２０２０年１２月２５日", date(2020, 12, 25)),
        ("二〇二〇年十二月二十五日", date(2020, 12, 25)),
        ("二○二○年十二月廿五日", date(2020, 12, 25)),
        ("二O二0年十月三十日", date(2020, 10, 30)),
        ("二零二零年一月一日", date(2020, 1, 1)),
        ("202O年l2月25日", date(2020, 12, 25)),
        ("2021年元月8日", date(2021, 1, 8)),
    ],
)
def test_dates_in_all_numerals(printed: str, day: date) -> None:
    found = text_to_date(fold(printed))

    assert found is not None
    assert found.day == day


@pytest.mark.parametrize("printed", ["2021年2月30日", "2021年13月1日", "二〇二一年十十月一日"])
def test_days_that_are_none_have_no_value(printed: str) -> None:
    found = text_to_date(fold(printed))

    assert found is not None
    assert found.day is None


@pytest.mark.parametrize(
    ("title", "programme"),
    [
        (
            "关于拨付城乡居民基本医疗保险2021年中央财政补助资金的通知",
            "城乡居民基本医疗保险补助资金",
        ),
        ("关于下达2018年养老保险中央财政补助资金的通知", "养老保险补助资金"),
        ("关于下达2020年中央财政困难群众救助补助资金的通知", "困难群众救助补助资金"),
        ("财政部关于下达2020年中央专项彩票公益金预算的通知", "中央专项彩票公益金"),
        ("关于提前下达2021年中央和自治区财政就业补助资金及绩效目标的通知", "就业补助资金"),
        ("关于下达2021年县级基本财力保障机制奖补资金预算的通知", "县级基本财力保障机制奖补资金"),
        ("关于下达某州市2021年第三批城市低保补助资金的通知", "城市低保补助资金"),
        ("关于下达2022年农业生产发展资金（第二批）支出预算的通知", "农业生产发展资金"),
        ("转发自治区财政厅关于下达2021年残疾人事业发展补助资金的通知", "残疾人事业发展补助资金"),
        ("2021年度中央对地方就业补助资金区域绩效目标自评表", "就业补助资金"),
        ("关于下达2021年补助资金的通知", ""),
        ("关于调整部分项目的通知", ""),
        ("自治区财政资金使用跟踪反馈表", ""),
    ],
)
def test_the_fund_in_a_title(title: str, programme: str) -> None:
    assert title_to_programme(title) == programme


def test_rows_and_words_of_tables_do_not_become_title_or_recipients() -> None:
    head = head_of(
        "合计\t100\t200\n单位：万元\n数量指标：\n关于年度目标完成情况\n≥95%\n参保人员满意度：\n"
        "某某县\t关于项目的通知\t3"
    )

    assert (head.title, head.recipients, head.issuers) == ("", (), ())


def test_body_sentences_are_no_recipients() -> None:
    head = head_of(f"{TITLE}\n根据预算安排，现将有关事项通知如下：\n一、请专款专用。")

    assert head.recipients == ()
    assert head.title == TITLE


def test_values_of_a_scrambled_form_do_not_join_its_title() -> None:
    lead = "满意度\n指标\n≥95% 参保人员满意度≥95%\n某某县社会保险支出绩效自评表\n（2020年度）"

    head = head_of("", lead)

    assert (head.title, head.fiscal_year) == ("某某县社会保险支出绩效自评表", 2020)


def test_labels_of_forms_are_no_recipients() -> None:
    assert head_of(f"{TITLE}\n填报单位：某某县财政局").recipients == ()
    assert head_of(f"{TITLE}\n单位：万元").recipients == ()
    assert head_of(f"{TITLE}\n来源：某某县财政局\n各乡镇财政所：").recipients == ("各乡镇财政所",)


def test_a_quoted_title_in_a_broken_line_is_no_title() -> None:
    head = head_of(
        "某财社〔2021〕3号\n各市财政局：\n按照\n关于下达2021年资金的通知》（财社〔2021〕1号）执行。"
    )

    assert head.title == ""
    assert [finding.rule for finding in head.findings] == ["title-missing"]
    assert head.cites == ("财社〔2021〕1号",)


def test_a_title_whose_end_is_lost_is_said() -> None:
    head = head_of("关于下达2021年就业补助资金\n各市财政局：\n请执行。")

    assert head.title == "关于下达2021年就业补助资金"
    assert [finding.rule for finding in head.findings] == ["title-cut"]


def test_an_addition_below_the_title_belongs_to_it() -> None:
    head = head_of(f"{TITLE}\n（第二批）\n主送：各市财政局")

    assert head.title == TITLE + "（第二批）"


def test_recipients_whose_colon_is_lost() -> None:
    head = head_of(f"{TITLE}\n各市财政局、有关单位\n根据预算安排，现下达资金。")

    assert head.recipients == ("各市财政局", "有关单位")


def test_two_numbers_in_the_head_give_none() -> None:
    head = head_of(f"某财社〔2021〕3号\n某财社〔2021〕8号\n{TITLE}\n各市财政局：")

    assert head.doc_no == ""
    assert [finding.rule for finding in head.findings] == ["doc-no-ambiguous"]
    assert head.findings[0].printed == "某财社〔2021〕3号、某财社〔2021〕8号"


def test_a_number_broken_over_two_lines() -> None:
    assert head_of(f"某财社〔2021〕\n30号\n{TITLE}").doc_no == "某财社〔2021〕30号"


def test_year_of_title_and_of_accounts_may_differ_and_that_is_said() -> None:
    head = head_of(f"{TITLE}\n各市财政局：\n请列入2020年政府收支分类科目。")

    assert head.fiscal_year == 2021
    assert [finding.rule for finding in head.findings] == ["fiscal-year-differs"]


def test_year_of_signing_is_not_the_year_of_the_money() -> None:
    head = head_of("关于下达就业补助资金的通知\n各市财政局：\n请执行。\n某市财政局\n2020年12月1日")

    assert head.fiscal_year is None
    assert head.issued_on == date(2020, 12, 1)


def test_the_first_table_says_the_year_where_title_and_body_do_not() -> None:
    head = head_of(
        "关于下达就业补助资金的通知\n各市财政局：", "2021年就业补助资金分配表\n单位：万元"
    )

    assert (head.title, head.fiscal_year) == ("关于下达就业补助资金的通知", 2021)


def test_attachments_of_one_line_and_with_years_at_their_beginning() -> None:
    head = head_of(
        f"{TITLE}\n各市财政局：\n请执行。\n附件：1.2021年分配表 2.2021年目标表；3. 说明\n某市财政局"
    )

    assert head.attachments == ("2021年分配表", "2021年目标表", "说明")


def test_headings_of_attachments_are_no_list() -> None:
    head = head_of(
        f"{TITLE}\n各市财政局：\n请执行。\n某市财政局\n2021年3月1日\n附件1\n分配表\n附件2：目标表"
    )

    assert head.attachments == ()


def test_a_date_in_an_attachment_is_not_that_of_signing() -> None:
    head = head_of(f"{TITLE}\n各市财政局：\n请执行。\n附件1\n某某办法\n某市财政局\n2019年3月1日")

    assert head.issued_on is None


def test_copies_and_imprint_on_one_line() -> None:
    head = head_of(f"{TITLE}\n抄送：省审计厅，某某监管局。某省财政厅办公室2021年3月9日印发")

    assert head.copies_to == ("省审计厅", "某某监管局")
    assert head.printed_on == date(2021, 3, 9)


def test_printed_before_signed_is_said() -> None:
    head = head_of(f"{TITLE}\n某市财政局\n2021年3月9日\n某市财政局办公室 2021年3月1日印发")

    assert [finding.rule for finding in head.findings] == ["dates-out-of-order"]


def test_an_empty_text_has_an_empty_head() -> None:
    assert lines_to_head([], []) == NoticeHead()
