"""Whole heads that scans, converters and scripts have marked (invented)."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace as Case

import pytest

from schemas.head import AccountKind

INCOME = AccountKind.INCOME
FUNCTION = AccountKind.FUNCTION
GOVERNMENT = AccountKind.GOVERNMENT_ECONOMIC
DEPARTMENT = AccountKind.DEPARTMENT_ECONOMIC

CASES = [
    Case(
        name="ministry, old brackets and 第, no letterhead, Chinese date",
        text="""财社[2019]第13号

财政部关于下达2019年就业补助资金预算的通知

各省、自治区、直辖市、计划单列市财政厅（局），新疆生产建设兵团财政局：

为支持各地做好就业工作，经研究，现下达你省（区、市）2019年就业补助资金预算。
该项资金列2019年政府收支分类科目110款02项，支出列“20807就业补助”科目。

附件：2019年就业补助资金预算分配表

财政部
二〇一九年四月三十日""",
        doc_no="财社〔2019〕13号",
        title="财政部关于下达2019年就业补助资金预算的通知",
        issuers=["财政部"],
        recipients=[
            "各省、自治区、直辖市、计划单列市财政厅（局）",
            "新疆生产建设兵团财政局",
        ],
        issued_on=date(2019, 4, 30),
        fiscal_year=2019,
        programme="就业补助资金",
        accounts=[(FUNCTION, "20807", "就业补助")],
        attachments=["2019年就业补助资金预算分配表"],
        rules=["doc-no-normalised"],
    ),
    Case(
        name="city, round brackets, seal ate the name below, single attachment broken over lines",
        text="""北京市财政局文件
京财社（2018）2034号
北京市财政局关于提前下达2019年城乡居民基本医疗保险补助资金的通知
各区财政局：
根据预算安排，现提前下达2019年补助资金。请列入2019年“2101202财政对城乡居民基本医疗保险基
金的补助”科目，部门预算支出经济分类科目列“31302 对社会保险基金补助”。
附件：2019年城乡居民基本医疗保险补助资金
分配明细表

京市财政局
2018年11月30日
抄送：市医保局、市审计局。
北京市财政局办公室2018年12月3日印发""",
        doc_no="京财社〔2018〕2034号",
        title="北京市财政局关于提前下达2019年城乡居民基本医疗保险补助资金的通知",
        issuers=["北京市财政局"],
        recipients=["各区财政局"],
        issued_on=date(2018, 11, 30),
        printed_on=date(2018, 12, 3),
        fiscal_year=2019,
        programme="城乡居民基本医疗保险补助资金",
        accounts=[
            (FUNCTION, "2101202", "财政对城乡居民基本医疗保险基金的补助"),
            (DEPARTMENT, "31302", "对社会保险基金补助"),
        ],
        attachments=["2019年城乡居民基本医疗保险补助资金分配明细表"],
        copies_to=["市医保局", "市审计局"],
        rules=["doc-no-normalised", "issuer-mended"],
    ),
    Case(
        name="traditional characters: printed forms are kept",
        text="""四川省財政廳
文件
川財社〔2020〕151號
關於提前下達2021年中央財政優撫對象補助資金預算的通知
各市（州）財政局、退役軍人事務局：
現提前下達2021年補助資金，收入列入2021年政府收支分類科目「1100248社會保障和就業共同財政事權轉移支付收入」，
支出列「20808撫卹」。直達資金標識為「01中央直達資金」。
附件：1.優撫對象補助資金分配表
2.績效目標表
四川省財政廳
2020年11月27日
抄送：省審計廳。""",
        doc_no="川财社〔2020〕151号",
        title="關於提前下達2021年中央財政優撫對象補助資金預算的通知",
        issuers=["四川省財政廳"],
        recipients=["各市（州）財政局、退役軍人事務局"],
        issued_on=date(2020, 11, 27),
        fiscal_year=2021,
        programme="優撫對象補助資金",
        accounts=[
            (INCOME, "1100248", "社會保障和就業共同財政事權轉移支付收入"),
            (FUNCTION, "20808", "撫卹"),
        ],
        direct_fund_mark="01 中央直達資金",
        attachments=["優撫對象補助資金分配表", "績效目標表"],
        copies_to=["省審計廳"],
        rules=["doc-no-normalised"],
    ),
    Case(
        name="Markdown with page furniture between, bracket lost, code broken over a page",
        text="""# **湖南省财政厅**
# 文件

**湘财预〔2022 318号**

---

## 湖南省财政厅关于提前下达 2023 年
## 基本公共卫生服务补助资金（第一批）的通知

各市州、省直管县市财政局，省直有关单位：

根据财预〔2022〕 15 号文件，现提前下达 2023 年补助资金。
收入列“1100249卫生健康共同财政事权转移支付收入”，

- 1 -

支出列“21004
08 基本公共卫生服务”，政府预算支出经济分类列“505对事业单位经常性补助”，项目代码 Z145110010015。

- 附件：1\\. 分配表
- 2\\. 绩效目标表

&emsp;&emsp;湖南省财政厅<br>
2022 年 12 月 9 日

第 2 页 共 2 页""",
        doc_no="湘财预〔2022〕318号",
        title="湖南省财政厅关于提前下达2023年基本公共卫生服务补助资金（第一批）的通知",
        issuers=["湖南省财政厅"],
        recipients=["各市州、省直管县市财政局", "省直有关单位"],
        issued_on=date(2022, 12, 9),
        fiscal_year=2023,
        programme="基本公共卫生服务补助资金",
        accounts=[
            (INCOME, "1100249", "卫生健康共同财政事权转移支付收入"),
            (FUNCTION, "2100408", "基本公共卫生服务"),
            (GOVERNMENT, "505", "对事业单位经常性补助"),
        ],
        cites=["财预〔2022〕15号"],
        attachments=["分配表", "绩效目标表"],
        rules=["doc-no-normalised"],
    ),
    Case(
        name="full-width digits everywhere, no year in the title, codes before and after names",
        text="""安徽省财政厅
安徽省卫生健康委员会
文件
皖财社〔２０２０〕６６号
关于下达计划生育转移支付资金的通知
各市、县（区）财政局、卫生健康委：
现下达２０２０年计划生育转移支付资金，收入列入２０２０年政府收支分类科目１１００２４９“卫生健康共同财政事权转移支付收入”，
支出列“计划生育服务（２１００７１７）”，政府预算支出经济分类列５０９０１（社会福利和救助）。
附件：１．资金分配表；２．绩效目标表。
安徽省财政厅
安徽省卫生健康委员会
２０２０年６月５日
安徽省财政厅办公室　　　２０２０年６月８日印发""",
        doc_no="皖财社〔2020〕66号",
        title="关于下达计划生育转移支付资金的通知",
        issuers=["安徽省财政厅", "安徽省卫生健康委员会"],
        recipients=["各市、县（区）财政局、卫生健康委"],
        issued_on=date(2020, 6, 5),
        printed_on=date(2020, 6, 8),
        fiscal_year=2020,
        programme="计划生育转移支付资金",
        accounts=[
            (INCOME, "1100249", "卫生健康共同财政事权转移支付收入"),
            (FUNCTION, "2100717", "计划生育服务"),
            (GOVERNMENT, "50901", "社会福利和救助"),
        ],
        attachments=["资金分配表", "绩效目标表"],
        rules=["doc-no-normalised"],
    ),
    Case(
        name="too damaged: number, date and year stay empty and are said",
        text="""某市财政局文件
某财社2020287号
关于下达2020年和2021年医疗救助补助资金的通知
各县（市、区）财政局：
现将资金下达你们，请认真执行。
某市财政局
2021年13月8日""",
        title="关于下达2020年和2021年医疗救助补助资金的通知",
        issuers=["某市财政局"],
        recipients=["各县（市、区）财政局"],
        rules=["date-unreadable", "doc-no-unreadable", "fiscal-year-unclear"],
        programme="医疗救助补助资金",
    ),
    Case(
        name="recipients and body on one line, colon of the copies lost its line, old century",
        text="""江苏省财政厅文件
苏财社字[98]45号
关于下达一九九八年社会救济费补助的通知
各市财政局：经研究，现下达你市补助费，请列入1998年预算。
江苏省财政厅
一九九八年七月二日
抄报：财政部
抄送：各县（市）财政局
""",
        doc_no="苏财社字〔1998〕45号",
        title="关于下达一九九八年社会救济费补助的通知",
        issuers=["江苏省财政厅"],
        recipients=["各市财政局"],
        issued_on=date(1998, 7, 2),
        fiscal_year=1998,
        programme="社会救济费补助",
        copies_to=["财政部", "各县（市）财政局"],
        rules=["doc-no-normalised"],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_field_of_the_head(case: Case, check_head: Callable[[Case], None]) -> None:
    check_head(case)
