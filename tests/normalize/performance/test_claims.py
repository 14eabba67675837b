"""What printed targets and results say."""

from decimal import Decimal

import pytest

from normalize.performance import claims_to_attained, is_claim_like, text_to_claim
from schemas.source import LineRef


def said(text: str) -> tuple[str, str | None, str | None, str]:
    claim = text_to_claim(text, LineRef(1))
    low = None if claim.low is None else str(claim.low)
    high = None if claim.high is None else str(claim.high)
    return claim.comparator.value, low, high, claim.measure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("≥74.05万人", (">=", "74.05", None, "万人")),
        (">=2次", (">=", "2", None, "次")),
        ("＞＝95％", (">=", "95", None, "%")),
        ("> = 95%", (">=", "95", None, "%")),
        ("＜=180元", ("<=", None, "180", "元")),
        ("≤7.63万元", ("<=", None, "7.63", "万元")),
        ("<0.1%", ("<=", None, "0.1", "%")),
        ("=100%", ("=", "100", None, "%")),
        ("＝3317人", ("=", "3317", None, "人")),
        ("100", ("=", "100", None, "")),
        ("0", ("=", "0", None, "")),
        ("１００％", ("=", "100", None, "%")),
        ("1.5亿元", ("=", "1.5", None, "亿元")),
        ("≥1,234人", (">=", "1234", None, "人")),
        ("50元/人/年", ("=", "50", None, "元/人/年")),
        ("不低于90%", (">=", "90", None, "%")),
        ("大于等于90%", (">=", "90", None, "%")),
        ("达到95%以上", (">=", "95", None, "%")),
        ("95%（含）以上", (">=", "95", None, "%")),
        ("不超过3次", ("<=", None, "3", "次")),
        ("上访率控制在0.1%以内", ("<=", None, "0.1", "%")),
        ("上访率控制在0.1%以内，维护社会稳定，长治久安", ("<=", None, "0.1", "%")),
        ("105%≤≥95%", ("between", "95", "105", "%")),
        ("年初预算人数的95%-105%", ("between", "95", "105", "%")),
        ("90%～95%", ("between", "90", "95", "%")),
        ("90-95%", ("between", "90", "95", "%")),
        ("95%≤X<105%", ("between", "95", "105", "%")),
        ("≥95%且≤105%", ("between", "95", "105", "%")),
        ("1000-2000元", ("between", "1000", "2000", "元")),
        ("≤30日", ("<=", None, "30", "日")),
        ("2268.4万人", ("=", "2268.4", None, "万人")),
        ("2021.5万人", ("=", "2021.5", None, "万人")),
        ("50年", ("=", "50", None, "年")),
        ("《30天", ("<=", None, "30", "天")),
        ("》95%", (">=", "95", None, "%")),
        ("不超过资金总额的2%", ("<=", None, "2", "%")),
        ("不得高于上年水平的95%", ("<=", None, "95", "%")),
        ("稳定在1500亿斤以上", (">=", "1500", None, "亿斤")),
        ("15株以上", (">=", "15", None, "株")),
        ("≥650元/生/年", (">=", "650", None, "元/生/年")),
        ("≥8000元/床位以上", (">=", "8000", None, "元/床位")),
        ("≥3个百分点", (">=", "3", None, "个百分点")),
        ("≥30辆次", (">=", "30", None, "辆次")),
        ("8-10年", ("between", "8", "10", "年")),
        ("238元左右", ("=", "238", None, "元")),
        ("未达90%", ("<=", None, "90", "%")),
        ("≥ 1 000 万亩", (">=", "1000", None, "万亩")),
        ("90%以 上", (">=", "90", None, "%")),
        ("≥12.5萬人次", (">=", "12.5", None, "万人次")),
    ],
)
def test_a_value_is_taken_apart(
    text: str, expected: tuple[str, str | None, str | None, str]
) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "每月25日前",
        "2020/12/31",
        "2021年12月31日",
        "12月底前",
        "每季末次月底前",
        "统筹地区财政部门收到文件后30日内",
        "2022年12月前完成",
        "15个工作日内",
        "1月-12月",
        "2022/4/15前",
        "2022.4.15之前完成",
        "2022.4",
        "4月15日以前",
    ],
)
def test_a_deadline_has_no_numbers(text: str) -> None:
    assert said(text) == ("by", None, None, "")


@pytest.mark.parametrize(
    "text",
    [
        "持续推动",
        "无",
        "",
        "10²",
        "1/3",
        "≥9 5%",
        "第3批",
        "≥100人，每人补助500元",
        "养老金每月25日前按时足额发放",
        "2020年8家单位纳入养老保险范围，实际补发基金养老金",
        "调增5.76万名离退休人员养老金",
        "1:50",
        "≥1∶50",
        "100±5%",
        "=1O0%",
        "城市95%，农村60%",
        "完成80场次，其中线上20场次",
    ],
)
def test_a_number_that_may_mean_something_else_is_no_value(text: str) -> None:
    assert said(text) == ("text", None, None, "")


@pytest.mark.parametrize(
    ("text", "low", "measure"),
    [
        ("2020年末实际参保缴费人数32.68万人", "32.68", "万人"),
        ("基本养老保险费收入预算执行率100.97%", "100.97", "%"),
        ("2020年代缴医疗保险费人月数1402", "1402", ""),
        ("2020年全年领取失业保险金人数214人", "214", "人"),
        ("养老保险待遇首次发放成功率实际≥95%", "95", "%"),
        ("基金使用100%符合政策规定", "100", "%"),
    ],
)
def test_a_result_told_in_words_keeps_its_number(text: str, low: str, measure: str) -> None:
    claim = text_to_claim(text, None)
    assert (claim.low, claim.measure) == (Decimal(low), measure)


def test_words_beside_the_number_are_kept() -> None:
    claim = text_to_claim("12次, 按月发放", LineRef(7, 5))
    assert (claim.low, claim.measure, claim.words) == (Decimal(12), "次", "按月发放")
    assert (claim.printed, claim.ref) == ("12次, 按月发放", LineRef(7, 5))


def test_a_share_of_290_percent_is_left_as_printed() -> None:
    assert said("290%") == ("=", "290", None, "%")


def test_decimals_are_kept_as_printed() -> None:
    assert str(text_to_claim(">=3.90万人", None).low) == "3.90"


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≥95%", "96%", "yes"),
        ("≥95%", "94.9%", "no"),
        ("≥95%", "实际≥95%", "yes"),
        ("≥95%", "≥90%", "unclear"),
        ("<0.1%", "离退休人员上访率<0.1%", "yes"),
        ("≤3次", "5次", "no"),
        ("105%≤≥95%", "执行率92.85%", "no"),
        ("105%≤≥95%", "执行率100.97%", "yes"),
        ("0.37万人", "745人", "no"),
        ("1万人", "10000人", "yes"),
        ("=12次", "13次", "no"),
        ("12.51万人", "12.79万人", "unclear"),
        ("1315人次", "1402", "unclear"),
        ("1315人次", "1402人", "unclear"),
        ("有效提高", "有效提高", "unclear"),
        ("每月25日前", "每月20日发放", "unclear"),
        ("≥10年", "10年", "yes"),
        ("≥90%", "未达90%", "unclear"),
        ("≥95百分比", "96%", "yes"),
    ],
)
def test_attained_only_where_measures_decide(target: str, actual: str, expected: str) -> None:
    claims = (text_to_claim(target, None), text_to_claim(actual, None))
    assert claims_to_attained(*claims).value == expected


@pytest.mark.parametrize(
    "name",
    ["7岁以下儿童健康管理率", "保障人数", "70-79周岁以上增发基础养老金人数", "政策知晓率（%）"],
)
def test_a_name_does_not_look_like_a_value(name: str) -> None:
    assert not is_claim_like(name)
