"""Texts that nobody wrote: endless lines, and characters in any order."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.head import lines_to_head
from normalize.head.text import MAX_LINE, fold, tidy
from schemas.source import Line, LineRef

TITLE = "关于下达2021年就业补助资金的通知"
WORDS = (
    "财 〔2020〕 1号 局 文件 关于 的通知 各市财政局 ： 、 ； 。 附件 1. 抄送 2021年 3月 "
    "9日 印发 “ ” 2082602 科目 列 标识 01 直达资金 # ** <b> （ ） 《 》 〇 O l - 關於 １"
)
PIECES = [*WORDS.split(), " ", "\t", "\u200b"]


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "财",
        "〔",
        "财社〔2020〕1号",
        "列2082602财政",
        "<a ",
        "标识0",
        "附件：1.",
        "1 ",
        "局 ",
        "《",
    ],
)
def test_an_endless_line_does_not_hide_the_head(piece: str) -> None:
    endless = piece * (10_000_000 // len(piece))
    lines = [TITLE, "各市财政局：", endless]

    head = lines_to_head([Line(text, LineRef(n)) for n, text in enumerate(lines, 1)], [])

    assert (head.title, head.recipients) == (TITLE, ("各市财政局",))
    assert "head-not-searched" in [finding.rule for finding in head.findings]
    assert len(endless) > MAX_LINE


def test_of_an_endless_text_both_ends_are_read() -> None:
    filler = ["本行不是公文的任何部分"] * 200_000
    texts = [
        TITLE,
        "各市财政局：",
        *filler,
        "抄送：省审计厅。",
        "某省财政厅办公室 2021年3月9日印发",
    ]

    head = lines_to_head([Line(text, LineRef(n)) for n, text in enumerate(texts, 1)], [])

    assert (head.title, head.copies_to) == (TITLE, ("省审计厅",))
    assert head.printed_on is not None
    assert [finding.rule for finding in head.findings] == ["head-not-searched"]


def test_a_notice_flattened_to_one_line() -> None:
    text = (
        "某某县财政局 文件 某财社〔2021〕 3 号 关于下达 2021 年就业 补助资金的通知 各乡镇： "
        "按照预算安排，现下达补助资金，请列入“2080799 其他就业 补助支出”科目。 "
        "附件：1. 分配表 2. 目标表 某某县财政局 2021 年 3 月 9 日 "
        "抄送：县审计局。 某某县财政局办公室 2021年3月10日印发"
    )

    head = lines_to_head([Line("", LineRef(1)), Line(text, LineRef(2))], [])

    assert (head.doc_no, head.title) == ("某财社〔2021〕3号", TITLE)
    assert (head.issuers, head.recipients) == (("某某县财政局",), ("各乡镇",))
    assert [account.code for account in head.accounts] == ["2080799"]
    assert head.attachments == ("分配表", "目标表")
    assert (head.issued_on, head.printed_on) == (date(2021, 3, 9), date(2021, 3, 10))
    assert head.copies_to == ("县审计局",)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), max_size=14))
def test_any_order_of_pieces_gives_a_head_without_layout_in_it(texts: list[str]) -> None:
    lines = [Line(text, LineRef(n)) for n, text in enumerate(texts, 1)]

    head = lines_to_head(lines, lines)

    words = (head.title, *head.issuers, *head.recipients, *head.attachments, *head.copies_to)
    assert all("\t" not in word and "\n" not in word for word in words)
    assert all(word == tidy(word) and word for word in words[1:])
    assert head.doc_no not in head.cites or head.doc_no == ""
    assert len({account.code for account in head.accounts}) == len(head.accounts)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
