import codecs
from pathlib import Path

import pytest

from extract.limits import MOST_BYTES
from schemas.errors import EmptyDocumentError, TooLargeError
from schemas.source import Line, Media, RawTable
from tests.extract.reading import HEAD, TABLE, parted, read, readers, tables, texts
from tests.outside import require_original

ROOT = Path(__file__).resolve().parents[2]
SCRAMBLED = ROOT / "fixtures" / "insurance_2020_self_evaluation_scrambled" / "input.txt"


def test_every_printed_character_is_in_one_block() -> None:
    content = f"甲\n\n{HEAD}{parted(chr(9))}— 3 —\n乙\n{parted(' ')}\n丙\n"
    said = ""
    for block in read(content).layout.blocks:
        if isinstance(block, Line):
            said += block.text
        else:
            said += "".join(cell.text for row in block.rows for cell in row)
    assert sorted("".join(said.split())) == sorted("".join(content.split()))


def test_blocks_are_in_print_order() -> None:
    content = f"甲\n{HEAD}{parted(chr(9))}\n乙\n\n{parted('|')}\n丙\n"
    blocks = [b for b in read(content).layout.blocks if not isinstance(b, Line) or b.text]
    kinds = [type(b).__name__ if isinstance(b, RawTable) else b.text for b in blocks]
    assert kinds == ["甲", *HEAD.split(), "RawTable", "乙", "RawTable", "丙"]


def test_tables_of_several_layouts_in_one_notice() -> None:
    cell_lines = "".join(cell + "\n" for row in TABLE for cell in row)
    content = (
        f"{HEAD}{parted(chr(9))}\n以上为第一批。\n\n{HEAD}{parted('    ')}\n以上为第二批。\n\n"
        f"{HEAD}{cell_lines}\n以上为第三批。\n\n{HEAD}{parted(',')}"
    )
    assert readers(content) == ["tabs", "spaces", "cell_lines", "commas"]
    assert tables(content) == [TABLE] * 4


def test_a_table_keeps_the_page_on_which_it_begins() -> None:
    blocks = read(f"甲\n\f{HEAD}{parted(chr(9))}").layout.blocks
    assert [b.page for b in blocks if isinstance(b, RawTable)] == [2]


def test_the_same_bytes_are_read_the_same() -> None:
    content = HEAD + parted("  ") + BODY
    assert read(content) == read(content)


BODY = """关于做好2023年预算执行管理工作的通知

各市（州）财政局：

一、2023年一季度支出进度应达到25%以上，二季度达到50%以上。安定区、陇西县等12个县区2022年结转资金超过1.5亿元。
其中:伊宁县120万元、霍城县80万元、新源县60万元。
（一）城乡低保标准提高8%，每人每月不低于350元；
（二）1200元以下的零星采购按规定自行组织；
（三）2022年10月31日前完成90%。
"""


NO_TABLES = {
    "prose": BODY,
    "signature by tabs": "四川省财政厅\t四川省民政厅\t四川省教育厅\n\n\t2022年12月6日\n",
    "signature by blanks": "甘肃省财政厅    甘肃省民政厅    甘肃省教育厅\n        2021年6月8日\n",
    "printed on": "甘肃省财政厅办公室\t2023年2月6日印发\n",
    "attachments by tabs": "附件：1.\t资金分配表\n\t2.\t绩效目标表\n\t3.\t跟踪反馈表\n",
    "attachments by blanks": "附件：1.  分配表\n      2.  目标表\n      3.  反馈表\n",
    "attachments": "- 附件：1. 资金分配表\n2. 绩效目标表\n3. 跟踪反馈表\n4. 任务清单\n",
    "contacts": "联系人：张三\t电话：0991-2359999\n联系人：李四\t电话：0991-2359998\n",
    "telephones": "张三    0991-2359999\n李四    0991-2359998\n王五    0991-2359997\n",
    "contents": "目  录\n一、总则      1\n二、资金      3\n三、绩效      5\n四、附则      8\n",
    "addresses": "各市、州财政局\n甘肃矿区财政局\n嘉峪关市财政局\n2021年3月5日\n3月6日\n30\n",
    "navigation": "首页 | 通知公告 | 政策法规 | 预决算\n",
    "rules": "---\n\n***\n\n===\n",
    "dates": "2021 年 12 月 25 日\n2021 年 12 月 26 日\n2021 年 12 月 27 日\n",
}


@pytest.mark.parametrize("name", NO_TABLES)
def test_what_is_no_table_is_not_claimed(name: str) -> None:
    prose = NO_TABLES[name]
    assert tables(prose) == []
    assert "".join(texts(prose)).split() == "".join(prose.splitlines()).split()


def test_a_form_in_scrambled_order_is_left_to_those_who_know_its_labels() -> None:
    assert tables(SCRAMBLED.read_bytes()) == []


def test_the_scrambled_original_is_not_claimed() -> None:
    assert tables(require_original("003").read_bytes()) == []


def test_a_wrong_mark_is_a_finding() -> None:
    (finding,) = read(codecs.BOM_UTF16_LE + (HEAD + parted("\t")).encode()).findings
    assert finding.rule == "wrong-encoding-mark"
    assert "通知.txt" in finding.message
    assert "utf-16-le" in finding.message
    assert "utf-8" in finding.message


def test_turned_back_chinese_is_a_finding() -> None:
    data = (HEAD + parted("\t")).encode("gb18030").decode("latin-1").encode()
    assert tables(data) == [TABLE]
    assert [finding.rule for finding in read(data).findings] == ["text-was-latin"]


@pytest.mark.parametrize(("broken", "ref"), [("应补助", "L4:C3"), ("某州", "L2")])
def test_lost_characters_are_a_finding_with_their_place(broken: str, ref: str) -> None:
    content = HEAD.replace("昌吉州", "某州") + parted("\t")
    data = content.replace(broken, "\ufffd" + broken[1:], 1)
    (finding,) = read(data).findings
    assert (finding.rule, str(finding.ref)) == ("broken-characters", ref)
    assert "\ufffd" in finding.printed


def test_a_clean_notice_has_no_findings() -> None:
    assert read(HEAD + parted("\t")).findings == ()


@pytest.mark.parametrize(
    "content", ["", " \n\u3000\n", "\ufeff\n", "\u200b\n\u200b", "<html> </html>"]
)
def test_nothing_that_prints_is_empty(content: str) -> None:
    with pytest.raises(EmptyDocumentError):
        read(content)


TOO_LARGE = {
    "bytes": "a" * (MOST_BYTES[Media.TEXT] + 1),
    "characters": "县" * 2_000_001,
    "lines": "县\n" * 100_002,
    "one line": "县" * 500_001,
    "cells": "1\t" * 450_000,
    "page": "<html>" + "<p>县" * 1_000_000,
}


@pytest.mark.parametrize("name", TOO_LARGE)
def test_what_is_far_larger_than_a_notice_is_refused(name: str) -> None:
    with pytest.raises(TooLargeError) as caught:
        read(TOO_LARGE[name])
    assert "1 MB" in caught.value.remedy


def test_large_notices_are_read() -> None:
    content = HEAD + parted("\t") * 600 + BODY * 300
    assert sum(len(rows) for rows in tables(content)) == len(TABLE) * 600
