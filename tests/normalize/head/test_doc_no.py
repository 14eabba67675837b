"""Document numbers: what is put right, what is refused, and where their code begins."""

import pytest

from normalize.head.doc_no import is_damaged, text_to_doc_nos, text_to_own_doc_no

NUMBER = "新财社〔2020〕287号"


@pytest.mark.parametrize(
    "printed",
    [
        "新财社〔2020〕287号",
        "新财社﹝2020﹞287号",
        "新财社[2020]287号",
        "新财社(2020)287号",
        "新财社（2020）287号",
        "新财社【2020】287号",
        "新财社［２０２０］２８７号",
        "新财社〔2020 287号",
        "新财社2020〕287号",
        "新财社〔2020287号",
        "新财社12020〕287号",
        "新财社〔2020〕287",
        "新财社〔2020〕第287号",
        "新财社〔2020〕字第0287号",
        "新财社〔20 20〕 287 号",
        "新 财 社 〔 2 0 2 0 〕 2 8 7 号",
        "新财社〔2O2O〕287號",
        "新財社〔2020〕287號",
        "新财社〔二〇二〇〕287号",
        "（新财社〔2020〕287号）",
        "发文字号：新财社〔2020〕287号",
        "某某财政厅文件 新财社〔2020〕287号　签发人：张三",
    ],
)
def test_usual_damage_is_put_right(printed: str) -> None:
    found = text_to_own_doc_no(printed)

    assert found is not None
    assert found.number == NUMBER


def test_spaces_are_no_damage_and_brackets_are() -> None:
    plain = text_to_own_doc_no("新财社〔2020〕 287 号")
    square = text_to_own_doc_no("新财社[2020]287号")

    assert plain is not None
    assert square is not None
    assert not is_damaged(plain)
    assert is_damaged(square)


@pytest.mark.parametrize(
    ("printed", "proposal"),
    [
        ("新财社2020287号", NUMBER),
        ("新财社 2020 287号", NUMBER),
        ("新财社〔20201287号", "新财社〔2020〕1287号"),
        ("新财社〔2020〕 号", ""),
        ("新财社〔202〕287号", ""),
        ("新财社〔1920〕287号", ""),
        ("新财社〔2020〕2S7号", ""),
    ],
)
def test_too_damaged_numbers_are_not_guessed(printed: str, proposal: str) -> None:
    found = text_to_own_doc_no(printed)

    assert found is not None
    assert (found.number, found.proposal) == ("", proposal)


@pytest.mark.parametrize(
    "text",
    [
        "根据新财社〔2020〕287号文件",
        "2020年12月25日",
        "第287号",
        "某某县财政局",
        "（2020年度）",
        "合计 287号",
    ],
)
def test_other_lines_are_no_number_of_the_notice(text: str) -> None:
    assert text_to_own_doc_no(text) is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            "根据财政部财社〔2020〕15号、豫财社〔2020〕1号和和财社〔2020〕2号文件",
            ["财社〔2020〕15号", "豫财社〔2020〕1号", "和财社〔2020〕2号"],
        ),
        (
            "《…的通知》（人社部发[2018]21号，财办〔2019〕3 号）",
            ["人社部发〔2018〕21号", "财办〔2019〕3号"],
        ),
        ("由自治区财政厅新财社〔2020〕287号下达", [NUMBER]),
        ("转发喀地财社（2022）19号", ["喀地财社〔2022〕19号"]),
        ("（新财\n预〔2018〕\n21 号）", ["新财预〔2018〕21号"]),
        ("依据国家发展改革委发改社会〔2020〕1号", ["发改社会〔2020〕1号"]),
        ("分担办法照豫政办〔2020〕6号执行", ["豫政办〔2020〕6号"]),
        ("比照财社〔2020〕6号、依财农〔2021〕7号办理", ["财社〔2020〕6号", "财农〔2021〕7号"]),
        ("该项目经发改社会〔2020〕1号批准", ["发改社会〔2020〕1号"]),
        ("对川财教〔2019〕30号作如下补充", ["川财教〔2019〕30号"]),
        ("提前到财预〔2019〕30号所列科目", ["财预〔2019〕30号"]),
        ("转发日照财社〔2020〕9号", ["日照财社〔2020〕9号"]),
        ("根据外经贸财发〔2001〕270号", ["外经贸财发〔2001〕270号"]),
        ("根据浙经信投资〔2020〕9号", ["浙经信投资〔2020〕9号"]),
        ("依财社〔2020〕3号", ["依财社〔2020〕3号"]),
        ("补助资金（2020）12万元，项目（2021）3个", []),
        ("详见附件（2020）5号楼", []),
        ("文件〔2020〕287号", []),
    ],
)
def test_cited_numbers_begin_where_their_code_begins(text: str, numbers: list[str]) -> None:
    assert [found.number for found in text_to_doc_nos(text)] == numbers
