"""What web pages and printers put where the standard does not."""

from datetime import date

from normalize.head import lines_to_head
from tests.normalize.head.conftest import to_lines

NOTICE = """甘肃省财政厅文件
黑财指（农）〔2023〕95号
甘肃省财政厅关于下达2023年城乡义务教育补助经费预算的通知
各市（州）财政局：
现下达资金，请加强管理。
甘肃省财政厅
2023年3月3日
"""


def test_the_list_of_attachments_may_follow_the_date() -> None:
    head = lines_to_head(
        to_lines(NOTICE + "附件：1.资金分配表\n2.绩效目标表\n（此件主动公开）"), []
    )
    assert head.attachments == ("资金分配表", "绩效目标表")
    assert head.issued_on == date(2023, 3, 3)
    assert head.issuers == ("甘肃省财政厅",)


def test_how_many_were_printed_does_not_hide_the_day() -> None:
    head = lines_to_head(to_lines(NOTICE + "甘肃省财政厅办公室 2023年3月6日印发 共印120份"), [])
    assert head.printed_on == date(2023, 3, 6)


def test_the_section_in_brackets_belongs_to_the_number() -> None:
    assert lines_to_head(to_lines(NOTICE), []).doc_no == "黑财指（农）〔2023〕95号"
