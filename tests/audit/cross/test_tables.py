"""Allocation tables beside forms, words and other notices: who is accused, and who is not."""

from dataclasses import replace
from decimal import Decimal

import pytest

from audit.cross import (
    ReadFacts,
    amount_agreements,
    cross_check,
    cross_check_archive,
    notice_to_archive_facts,
)
from schemas.head import NoticeHead
from schemas.proofs import Proof, Status, TableProof
from schemas.source import Line, LineRef
from schemas.tables import Role

CODES = ["650101", "650102", "650103", "650104", "650105", "650106"]
COUNTS = ["740496", "283194", "165032", "854031", "266983", "243934"]
AMOUNTS = ["6667", "2614", "1531", "992", "2786", "1953"]
COLUMNS = [("参保缴费人数", "人"), ("合计", "万元"), ("拨付资金", "万元")]


@pytest.fixture
def rows(allocation):
    def make(amounts=AMOUNTS, counts=COUNTS, columns=COLUMNS):
        lines = [
            (code, Role.UNIT, [count, str(int(amount) + 5), amount])
            for code, count, amount in zip(CODES, counts, amounts, strict=True)
        ]
        total = sum(map(int, amounts))
        whole = [str(sum(map(int, counts))), str(total + 30), str(total)]
        return allocation(columns, [("650000", Role.TOTAL, whole), *lines])

    return make


@pytest.fixture
def forms(form):
    def make(amounts=AMOUNTS, told=(), name="全年参保缴费人数"):
        return tuple(
            form(amount, [(name, told[i])] if told else [], code, number=i + 2)
            for i, (code, amount) in enumerate(zip(CODES, amounts, strict=True))
        )

    return make


def check(*, allocations=(), performances=(), **more):
    return cross_check(ReadFacts(allocations, performances, **more))


def test_the_column_is_found_by_the_units_that_agree(rows, forms):
    wrong = [*AMOUNTS[:-1], "1935"]
    facts = ReadFacts((rows(),), forms(wrong))
    (finding,) = cross_check(facts)
    assert (finding.rule, finding.row_no, finding.col_no) == ("amount-mismatch", 7, 3)
    assert (finding.recomputed, finding.difference) == (Decimal(1935), Decimal(18))
    assert [(a.row, a.column) for a in amount_agreements(facts)] == [(i, 2) for i in range(1, 6)]


def test_amounts_that_fit_no_column_accuse_nobody(rows, forms):
    other = [str(int(a) // 3) for a in AMOUNTS]
    assert check(allocations=(rows(),), performances=forms(other)) == ()


def test_a_digit_that_differs_is_told_of_two_forms_and_of_one(rows, forms):
    swapped = ["6667", "2641", *AMOUNTS[2:]]
    for chosen in (forms(swapped)[:2], forms(swapped)[1:2]):
        (finding,) = check(allocations=(rows(),), performances=chosen)
        assert (finding.rule, finding.row_no, finding.col_no) == ("amount-mismatch", 3, 3)
        assert finding.recomputed == Decimal(2641)


def test_an_amount_that_any_other_figure_of_the_row_prints_is_right(rows, forms):
    beside = ["6672", *AMOUNTS[1:]]  # the column before prints 6672
    assert check(allocations=(rows(),), performances=forms(beside)[:1]) == ()
    assert check(allocations=(rows(),), performances=forms(["9999"] * 6)[:1]) == ()


def test_a_column_that_lost_its_head_stops_no_check(rows):
    table = rows()
    columns = tuple(replace(c, path=()) for c in table.table.columns)
    headless = replace(table, table=replace(table.table, columns=columns))
    body = (Line("全区参保缴费人数740,496人，补助21,000万元。", LineRef(1)),)
    assert check(allocations=(headless,), body=body) == ()


def test_one_unit_alone_is_no_vote(rows, forms):
    assert check(allocations=(rows(),), performances=forms(["6667", *["11"] * 5])[:2]) == ()


def test_round_amounts_prove_nothing_alone(rows, form):
    table = rows(amounts=["500", *AMOUNTS[1:]])
    assert amount_agreements(ReadFacts((table,), (form("500", [], CODES[0]),))) == ()


def test_other_measures_are_compared_within_their_rounding(rows, form):
    names = zip(CODES, ["0.6667", "0.2614", "0.15", "0.0992"], strict=False)
    forms = [form(a, [], c) for c, a in names]
    facts = ReadFacts((rows(columns=[*COLUMNS[:2], ("拨付资金", "亿元")]),), tuple(forms))
    assert amount_agreements(facts) == ()  # 6667 亿元 is not 0.6667 万元


def cut(counts, digits="万人"):
    return [f"≥{int(c) // 10000}{digits}" for c in counts]


def test_the_units_vote_for_the_column_of_persons(rows, forms):
    told = cut(COUNTS)
    assert check(allocations=(rows(),), performances=forms(told=told)) == ()
    told[4] = "≥104万人"
    (finding,) = check(allocations=(rows(),), performances=forms(told=told))
    assert (finding.rule, finding.table_no, finding.row_no) == ("count-mismatch", 6, 1)
    assert finding.recomputed == Decimal("26.6983")


def test_rounding_up_or_to_more_places_is_as_good(rows, forms):
    told = ["74.05万人", "≥28.3万人", "17万人", "≥85万人", "26.7万人", "≥24万人"]
    assert check(allocations=(rows(),), performances=forms(told=told)) == ()


def test_where_most_units_do_not_follow_nobody_is_accused(rows, forms):
    told = ["≥74万人", "≥28万人", "≥16万人", "≥11万人", "≥104万人", "≥7万人"]
    assert check(allocations=(rows(),), performances=forms(told=told)) == ()


def test_small_numbers_may_agree_by_chance(rows, forms):
    counts = ["10496", "23194", "15032", "14031", "66983", "23934"]
    told = ["≥1万人", "≥2万人", "≥1万人", "≥1万人", "≥9万人", "≥2万人"]
    assert check(allocations=(rows(counts=counts),), performances=forms(told=told)) == ()


def test_persons_times_quarters(rows, forms):
    told = [f"≥{4 * int(c) // 10000}万人次" for c in COUNTS]
    assert check(allocations=(rows(),), performances=forms(told=told)) == ()
    told[0] = "≥143万人次"
    (finding,) = check(allocations=(rows(),), performances=forms(told=told))
    assert finding.severity.value == "warning"
    assert "4 × 740496 = 296.1984" in finding.message


def test_another_measure_is_not_linked(rows, forms):
    told = cut(COUNTS, "万户")
    told[4] = "≥104万户"
    assert check(allocations=(rows(),), performances=forms(told=told)) == ()


def test_a_cell_that_is_in_doubt_accuses_nobody(rows, forms):
    told = cut(COUNTS)
    told[4] = "≥104万人"
    table = rows()
    proofs = tuple(
        tuple(
            Proof(Status.SUSPECT if row == 5 else Status.PROVED, cell.value, (), (), 1)
            for cell in line.cells
        )
        for row, line in enumerate(table.table.rows)
    )
    proved = (TableProof(proofs, (), ()),)
    assert check(allocations=(table,), performances=forms(told=told), proofs=proved) == ()


def test_a_repaired_figure_counts_as_it_was_repaired(rows, forms):
    told, table = cut(COUNTS), rows(counts=[*COUNTS[:4], "1066983", COUNTS[5]])
    proofs = tuple(
        tuple(
            Proof(Status.REPAIRED, Decimal(266983) if at == (5, 0) else cell.value, (), (), 1)
            for at, cell in (((r, c), cell) for c, cell in enumerate(line.cells))
        )
        for r, line in enumerate(table.table.rows)
    )
    performances = forms(told=told)
    assert check(allocations=(table,), performances=performances) != ()
    proved = (TableProof(proofs, (), ()),)
    assert check(allocations=(table,), performances=performances, proofs=proved) == ()


STANDARD = "基础养老金补助标准"


def standards(form, *targets):
    return tuple(form("", [(STANDARD, t)], CODES[i], number=i + 2) for i, t in enumerate(targets))


def test_forms_outvote_one_of_them(form):
    findings = check(performances=standards(form, "52元/人/月", "52元/人/年", "52元/人/月"))
    assert [(f.rule, f.table_no, f.proposal) for f in findings] == [
        ("measure-contradiction", 3, "52元/人/月")
    ]


def test_two_forms_that_differ_leave_it_open(form):
    assert check(performances=standards(form, "52元/人/月", "52元/人/年")) == ()
    assert check(performances=standards(form, "52元/人/月", "60元/人/年", "52元/人/月")) == ()


def test_a_header_accuses_and_acquits(form, allocation):
    def table(*headers):
        cells = ["1"] * len(headers)
        return allocation([(h, "万元") for h in headers], [(CODES[0], Role.UNIT, cells)])

    yearly = standards(form, "52元/人/年")
    monthly = "基础养老金（按每人每月52元标准补助）"
    assert len(check(allocations=(table(monthly),), performances=yearly)) == 1
    both = table(monthly, "缴费补贴（按每人每年52元标准补助）")
    assert check(allocations=(both,), performances=yearly) == ()
    assert check(allocations=(table("岗位津贴（每人每月52元）"),), performances=yearly) == ()


def body(*lines):
    return tuple(Line(text, LineRef(n)) for n, text in enumerate(lines, 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("现下达你区2022年补助资金16543万元（详见附件）。", []),
        ("现下达你区2022年补助资金1.65亿元。", []),
        ("现下达你区2022年补助资金16534万元。", [1]),
        ("现下达你区2022年补助资金16543元。", [1]),
        ("已下达补助资金16534万元，请抓紧。", []),
        ("现下达培训经费120万元。", []),  # some other amount
        ("现下达补助资金，每人不超过16534元。", []),
        ("16534万元", []),
    ],
)
def test_the_total_told_in_the_text(rows, text, expected):
    findings = check(allocations=(rows(),), body=body(text))
    assert [f.ref.line for f in findings] == expected


def test_a_total_broken_over_lines_and_several_tables(rows):
    lines = body("关于下达资金的通知", "现下达你区2022年补助资金16", "534万元。")
    (finding,) = check(allocations=(rows(),), body=lines)
    assert (finding.rule, finding.printed, finding.ref) == ("body-total", "16534万元", LineRef(2))
    assert check(allocations=(rows(), rows()), body=lines) == ()


def test_persons_told_in_the_text(rows):
    total = sum(map(int, COUNTS))
    right, wrong = f"2022年参保缴费人数{total}人。", f"2022年参保缴费人数{total + 900}人。"
    part = "2022年困难群众参保缴费人数5000人。"
    told = [len(check(allocations=(rows(),), body=body(t))) for t in (right, wrong, part)]
    assert told == [0, 1, 0]


@pytest.fixture
def archive(allocation, rows):
    """A parent, and a child that hands on what it was given, both of one fund."""

    def make(total, cites=("甲财社〔2023〕9号",), year=2024, programme="养老保险补助资金"):
        child = allocation(
            [("合计", "万元")],
            [("650103", Role.TOTAL, [total]), ("650199", Role.UNIT, [total])],
        )
        head = NoticeHead(
            doc_no="乙财社〔2023〕80号", cites=cites, fiscal_year=year, programme=programme
        )
        parent = NoticeHead(
            doc_no="甲财社〔2023〕9号", fiscal_year=2024, programme="养老保险补助资金"
        )
        return [
            notice_to_archive_facts("a", "parent.txt", ReadFacts((rows(),), head=parent)),
            notice_to_archive_facts("b", "child.txt", ReadFacts((child,), head=head)),
        ]

    return make


def test_a_child_hands_on_what_its_parent_gave(archive):
    assert cross_check_archive(archive("1531")) == ()
    (told,) = cross_check_archive(archive("1513"))
    assert (told.notice_id, told.finding.rule) == ("b", "child-total")
    assert told.finding.difference == -180000


def test_only_notices_of_one_fund_and_year_are_compared(archive):
    assert cross_check_archive(archive("1513", cites=("甲财社〔2023〕8号",))) == ()
    assert cross_check_archive(archive("1513", year=2023)) == ()
    assert cross_check_archive(archive("1513", programme="医疗救助补助资金")) == ()


def test_a_slip_in_the_column_of_the_same_name(form, allocation):
    columns = [("扶助人数", "人"), ("补助标准", "元/人")]
    lines = [(code, Role.UNIT, [count, "960"]) for code, count in zip(CODES, COUNTS, strict=True)]
    table = allocation(columns, lines[:3])

    def found(count, standard, name="扶助人数"):
        rows = [(name, count), ("补助标准", standard)]
        forms = (form("", rows, CODES[0]),)
        return [(f.rule, f.row_no) for f in check(allocations=(table,), performances=forms)]

    assert found("=740496人", "=960元/人") == []
    assert found("=740946人", "=690元/人") == [("count-mismatch", 1), ("count-mismatch", 2)]
    assert found("=700000人", "=1200元/人") == []  # a goal, or another year
    assert found("=740946人", "=960元/人/年", "缴费人数") == []
