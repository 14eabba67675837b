"""Contradictions within one form: told where they are certain, left alone where they are not."""

import pytest

from audit.cross import ReadFacts, cross_check, product_agreements
from schemas.findings import Cause
from schemas.head import NoticeHead


def paid(each, times, name="每次发放资金数"):
    return [("发放次数", times), (name, each)]


@pytest.mark.parametrize(
    ("total", "each", "times"),
    [
        ("35.88", "≤3.99万元", "=9次"),  # 35.91 within rounding
        ("188.42", "≤20.94万元", "=9次"),
        ("91.59", "≤7.63万元", "=12次"),
        ("91.59", "≤7.63万元", "≥1次"),  # may well be twelve
        ("80", "≤7.63万元", "=12次"),  # the bound is not used up
        ("95.2", "=7.63万元", "=12次"),  # no number of times fits: other costs
        ("95", "=1万元", "=12次"),  # 95 times would fit, but so would 64 or 180
    ],
)
def test_payments_that_can_make_up_the_total(form, found, total, each, times):
    assert found(form(total, paid(each, times))) == []


def test_payments_that_cannot(form):
    (finding,) = cross_check(
        ReadFacts(performances=(form("91.59", paid("≤7.63万元", "=1次")),), born_digital=True)
    )
    assert (finding.rule, finding.row_no, finding.proposal) == ("times-mismatch", 1, "12次")
    assert finding.recomputed == 12
    assert finding.cause is Cause.SOURCE


def test_the_cost_of_one_session_is_not_the_fund_paid_each_time(form, found):
    assert found(form("20", [("培训次数", "=3次"), ("每次培训成本", "≤5万元")])) == []


def test_two_kinds_of_payment_are_left_alone(form, found):
    rows = [*paid("≤7.63万元", "=1次"), ("每次发放补助资金数", "≤1万元")]
    assert found(form("91.59", rows)) == []


POSTS = [
    ("公益性岗位人数", "=120人"),
    ("公益性岗位人均补贴标准", "=1500元/人/月"),
    ("见习岗位人数", "=40人"),
    ("见习岗位人均补贴标准", "=1000元/人/月"),
]


def test_a_sum_of_products(form, found):
    agreeing, near, far = form("264.0", POSTS), form("263.0", POSTS), form("300.0", POSTS)
    (agreement,) = product_agreements(ReadFacts(performances=(agreeing,)))
    assert agreement.equation == "120 × 1500 × 12 + 40 × 1000 × 12 = 2640000元"
    assert found(agreeing) == []
    assert found(near) == [("product-mismatch", None)]
    assert found(far) == []  # another level may pay a share


def test_a_standard_shared_with_other_levels_accuses_nobody(form, found):
    rows = [("参保缴费人数", "≥74.05万人"), ("参保缴费人均补助标准", "50元/人/年")]
    assert found(form("6667", rows)) == []


def test_a_sum_in_the_words_of_a_goal(form, found):
    text = "我县2021年实际领取待遇人员3021人, 2022年预测增加296人, 2022年预计领取待遇人员{}人。"
    assert found(form(goal=text.format(3317))) == []
    assert found(form(goal=text.format(3371))) == [("told-sum-mismatch", None)]


@pytest.mark.parametrize(
    "goal",
    [
        "现有护林员3021人, 新增296人, 培训技术员5000人。",  # other people
        "领取待遇人员3021人, 约增加296人左右, 领取待遇人员3300人。",
        "2019年领取待遇人员3021人, 2022年增加296人, 2022年领取待遇人员4000人。",  # years between
        "领取待遇人员3021人。增加296人。领取待遇人员4000人。",
    ],
)
def test_numbers_that_are_no_sum(form, found, goal):
    assert found(form(goal=goal)) == []


def test_a_guess_is_no_number(form, found):
    rows = [("培训乡村医生人数", "240人左右"), ("新建村级卫生室数量", "约36座")]
    assert found(form("", rows, goal="新建村级卫生室26座，培训乡村医生204人。")) == []


def test_a_list_that_its_own_sum_contradicts(form, found):
    text = "保障低保对象22,458人、特困人员1,826人，共计{}人。"
    assert found(form(goal=text.format("24,284"))) == []
    assert found(form(goal=text.format("24,384"))) == [("told-sum-mismatch", None)]


@pytest.mark.parametrize(
    "goal",
    [
        "培训教师1,200人、上岗300人，共计1,200人。",  # the same people twice
        "培训1,200人，其中女教师300人、男教师800人，共计1,200人。",
        "培训1,200人，新增300人，共计1,600人。",
        "培训约1,200人、复训300人，共计1,600人。",
        "培训1,200人、复训300人次，共计1,600人。",
        "培训1,200人、复训300人，共计9人。",  # another thing altogether
    ],
)
def test_lists_that_need_not_add_up(form, found, goal):
    assert found(form(goal=goal)) == []


def test_a_goal_whose_words_begin_the_name_of_an_indicator(form, found):
    goal = "为14,300名老人发放津贴，其中80-89岁12,800人，90岁以上1,500人。"
    rows = [("80-89岁津贴发放人数", "=12800人"), ("90岁以上津贴发放人数", "=1400人")]
    assert found(form("", rows, goal=goal)) == [("goal-mismatch", 2)]
    twice = [*rows, ("90岁以上津贴申请人数", "=1700人")]
    assert found(form("", twice, goal=goal)) == []  # which of the two is meant?
    other = [rows[0], ("90岁以上津贴发放人数", "=860人")]
    assert found(form("", other, goal=goal)) == []  # no misreading: another count


def test_a_goal_beside_its_indicator(form, found):
    rows = [("新建村级卫生室数量", "≥36座"), ("培训乡村医生人数", "=240人")]
    assert found(form("", rows, goal="新建村级卫生室36座，培训乡村医生240人。")) == []
    assert found(form("", rows, goal="新建村级卫生室40座，培训乡村医生240人次。")) == []
    assert found(form("", rows, goal="新建村级卫生室26座，培训乡村医生204人。")) == [
        ("goal-mismatch", 1),
        ("goal-mismatch", 2),
    ]


@pytest.mark.parametrize(
    "goal",
    [
        "新增培训乡村医生24人。",  # a part
        "2021年培训乡村医生24人，2022年再接再厉。",  # another year
        "2020-2022年培训乡村医生640人，2022年完成。",
        "培训乡村医生约200人。",
        "培训乡村医生24人，之后培训乡村医生240人。",
        "为240名乡村医生和24名护士办理。",
    ],
)
def test_words_that_speak_of_something_else(form, found, goal):
    assert found(form("", [("培训乡村医生人数", "=240人")], goal=goal)) == []


def test_a_result_beside_what_was_reached(form, found):
    rows = [("培训乡村医生人数", "≥240人", "实际培训乡村医生251人")]
    assert found(form("", rows, result="全年培训乡村医生251人。")) == []
    assert found(form("", rows, result="全年培训乡村医生215人。")) == [("result-mismatch", 1)]


def test_another_measure_in_the_result(form, found):
    rows = [("享受稳岗补贴人数", "13万人", "11.88万人")]
    assert found(form("", rows, result="享受稳岗补贴11.88万人次。")) == [
        ("measure-contradiction", 1)
    ]
    assert found(form("", rows, result="享受稳岗补贴11.88万名。")) == []
    villages = [("稳岗企业数量", "120家", "120家")]
    assert found(form("", villages, result="稳岗服务覆盖120个村。")) == []


def test_two_numbers_of_the_same_people(form, found):
    rows = [("保障退休待遇人数", "5万人", "5.76万人"), ("保障离休待遇人数", "0.05万人", "0.05万人")]
    same = "保障{}万离退休人员领取养老金，调增5.76万名离退休人员基本养老金。"
    assert found(form("", rows, result=same.format("5.56"))) == [("result-contradiction", 1)]
    # 5.76 retired and 0.05 of another kind are 5.81 together
    union = "保障5.81万名离退休人员领取养老金。"
    assert found(form("", rows, result=union)) == []
    assert found(form("", rows, result=same.format("1.02"))) == []  # simply others


@pytest.mark.parametrize(
    ("stated", "project", "expected"),
    [
        ("支出预算执行率90.80%", "养老保险基金支出", []),
        ("支出预算执行率92.85%", "养老保险基金支出", [("spending-rate", 1)]),
        ("支出预算执行率92.85%", "养老保险基金", []),  # nothing says that it is this spending
        ("收入预算执行率92.85%", "养老保险基金支出", []),
    ],
)
def test_stated_rates(form, found, stated, project, expected):
    rows = [(stated[:7], "≥95%", stated)]
    budget = ("1410942", "1281199")
    assert found(form("", rows, budget=budget, project=project)) == expected


@pytest.mark.parametrize(
    ("name", "target", "actual", "expected"),
    [
        ("保障工伤待遇人数", "0.37万人", "745人", ["target-missed-by-far"]),
        ("劳动能力鉴定人数", "245人", "172人", []),
        ("培训人次", "3.2人次", "3.2万人次", ["actual-out-of-scale"]),
        ("服务人数", "≤0.37万人", "745人", []),
        ("投诉次数", "30次", "1次", []),  # less is better
        ("上访率", "3%", "0.1%", []),
        ("补贴人数", "0.37万户", "745人", []),
        ("宣传次数", "12次", "实际未开展", []),
    ],
)
def test_targets_and_what_was_reached(form, found, name, target, actual, expected):
    rules = [r for r, _ in found(form("", [(name, target, actual)], budget=("10", "10")))]
    assert rules == expected


def own(project):
    return [(f"{project}{what}", "≥95%") for what in ("发放及时率", "精准率", "覆盖率")]


def test_an_indicator_left_over_from_another_form(form, found):
    city = form("", own("城市低保"), project="城市低保")
    village = form("", [*own("农村低保"), ("城市低保人员满意度", "≥90%")], project="农村低保")
    assert found(city, village) == [("indicator-of-other-project", 4)]
    whole = form("", [*own("低保"), *own("城市低保")], project="低保")
    assert found(form("", own("城市低保"), project="城市低保"), whole) == []


def test_the_year_of_the_notice_decides_which_number_is_meant(form):
    goal = "2023年培训乡村医生100人。"
    performance = form("", [("培训乡村医生人数", "=240人")], goal=goal)
    told = [
        len(cross_check(ReadFacts(performances=(performance,), head=NoticeHead(fiscal_year=y))))
        for y in (2023, 2024)
    ]
    assert told == [1, 0]


def test_figures_beyond_reason_are_left_alone(form, found):
    rows = [*paid("≤7.63万元", "=1次"), ("参保人数", f"={'9' * 200}人", "1人")]
    goal = "领取待遇人员" + "9" * 200 + "人，" * 3000
    assert found(form("91.59", rows, goal=goal)) == [("times-mismatch", 1)]
    assert found(form("0", paid("0万元", "0次"))) == []
