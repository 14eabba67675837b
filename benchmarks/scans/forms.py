"""Performance forms with merged cells, and pages of running text."""

from decimal import Decimal
from random import Random

from benchmarks.scans.model import Align, Grid, Ruling, Slot, TextPage
from benchmarks.scans.tables import Home

_LEVELS = (
    ("产出指标", (
        ("数量指标", (("参保缴费人数", "≥{people}万人"), ("享受待遇人数", "≥{fewer}万人"),
                  ("发放次数", "12次"))),
        ("质量指标", (("补助资金到位率", "100%"), ("待遇发放准确率", "≥{rate}%"))),
        ("时效指标", (("资金下达时间", "{year}年6月底前"), ("待遇发放及时率", "≥{rate}%"))),
        ("成本指标", (("人均补助标准", "{cost}元/人·月"),)),
    )),
    ("效益指标", (
        ("社会效益指标", (("参保对象生活水平", "有所提高"), ("政策知晓率", "≥{known}%"))),
        ("可持续影响指标", (("制度可持续运行", "长期"),)),
    )),
    ("满意度指标", (
        ("服务对象满意度指标", (("参保对象满意度", "≥{happy}%"),)),
    )),
)  # fmt: skip
_GOAL = "按时足额发放{project}资金，保障{people}万人的基本生活，做到应保尽保。"
_PROJECTS = ("城乡居民基本养老保险补助", "困难群众救助补助", "优抚对象抚恤补助", "就业补助")


def performance_form(home: Home, ruling: Ruling, random: Random) -> Grid:
    """区域绩效目标表: six columns, a head of merged cells, three levels of indicators."""
    project, values = random.choice(_PROJECTS), _values(home, random)
    fiscal = Decimal(random.randint(10_000, 9_000_000)) / 100
    other = random.choice((Decimal(0), Decimal(random.randint(100, 90_000)) / 100))
    slots = [
        Slot(0, 0, "项目名称", 1, 2),
        Slot(0, 2, f"{home.year}年{project}资金", 1, 4),
        Slot(1, 0, "主管部门", 1, 2),
        Slot(1, 2, f"{home.unit.name}财政厅", 1, 2),
        Slot(1, 4, "实施单位"),
        Slot(1, 5, "各级财政部门"),
        Slot(2, 0, "资金情况（万元）", 3, 2),
        Slot(4, 2, "其他资金", 1, 2),
        Slot(3, 2, "其中：财政拨款", 1, 2),
        Slot(2, 2, "年度资金总额：", 1, 2),
        Slot(2, 4, f"{fiscal + other:.2f}", 1, 2, number=True),
        Slot(3, 4, f"{fiscal:.2f}", 1, 2, number=True),
        Slot(4, 4, f"{other:.2f}", 1, 2, number=True),
        Slot(5, 0, "总体目标", 1, 2),
        Slot(5, 2, _GOAL.format(project=project, **values), 1, 4, Align.LEFT),
        Slot(6, 0, "绩效指标", 13, 1),
        Slot(6, 1, "一级指标"),
        Slot(6, 2, "二级指标"),
        Slot(6, 3, "三级指标", 1, 2),
        Slot(6, 5, "指标值"),
    ]
    row = 7
    for level1, seconds in _LEVELS:
        slots.append(Slot(row, 1, level1, sum(len(thirds) for _, thirds in seconds), 1))
        for level2, thirds in seconds:
            slots.append(Slot(row, 2, level2, len(thirds), 1))
            for name, target in thirds:
                shown = target.format(**values)
                slots.append(Slot(row, 3, name, 1, 2, Align.LEFT))
                slots.append(Slot(row, 5, shown))
                row += 1
    slots = [s if s.text != "绩效指标" else Slot(6, 0, s.text, row - 6, 1) for s in slots]
    title = f"{home.unit.name}{home.year}年{project}资金绩效目标表"
    return Grid(title, "", tuple(slots), 0, ruling, (), 9.5, 20.0)


def _values(home: Home, random: Random) -> dict[str, str]:
    people = random.randint(1000, 99999)
    return {
        "people": f"{Decimal(people) / 100:.2f}",
        "fewer": f"{Decimal(people // 3) / 100:.2f}",
        "rate": str(random.randint(90, 99)),
        "known": str(random.randint(80, 95)),
        "happy": str(random.randint(80, 95)),
        "cost": str(random.choice((98, 103, 113, 140))),
        "year": str(home.year),
    }


_OPENING = (
    "为提高预算完整性，加快支出进度，按照预算管理有关规定，现提前下达你市（州）{year}年{project}补助资金"
    "（详见附件1），并将有关事宜通知如下："
)
_PARAGRAPHS = (
    "一、此次下达的转移支付补助资金，转移支付收入科目列入{year}年政府收支分类科目“1100248社会保障和就业"
    "共同财政事权转移支付收入”，支出科目列入“2082602财政对城乡居民基本养老保险基金的补助”。",
    "二、此次提前下达的预算指标，专项用于补助{year}年城乡居民基本养老保险缴费人员补贴和待遇发放，保障参保"
    "对象各项权益。待{year}年预算年度开始后，按程序拨付使用。",
    "三、请你市（州）加强对补助资金的使用管理，确保补助资金及时下拨，加快预算执行进度，提高资金使用效益。",
    "附件：1.{year}年城乡居民基本养老保险补助资金分配表",
)


def text_page(home: Home, random: Random) -> TextPage:
    """The first page of a notice."""
    project = "城乡居民基本养老保险"
    issuer = f"{home.unit.name}财政厅"
    said = {"year": home.year, "project": project}
    return TextPage(
        issuer,
        f"财社〔{home.year - 1}〕{random.randint(2, 299)}号",
        f"关于提前下达{home.year}年{project}补助资金预算的通知",
        "各市（州）财政局、人力资源和社会保障局：",
        tuple(p.format(**said) for p in (_OPENING, *_PARAGRAPHS)),
        issuer,
        f"{home.year - 1}年12月{random.randint(1, 28)}日",
    )
