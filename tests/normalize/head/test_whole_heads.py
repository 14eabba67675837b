"""Whole heads of other provinces, levels and decades (invented), with facts for every field."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace as Case

import pytest

from schemas.head import AccountKind

INCOME = AccountKind.INCOME
FUNCTION = AccountKind.FUNCTION
GOVERNMENT = AccountKind.GOVERNMENT_ECONOMIC

CASES = [
    Case(
        name="joint notice of a province, letters of the letterhead spaced, number with spaces",
        text="""河 南 省 财 政 厅
河 南 省 民 政 厅 文 件

豫财社〔2021〕12 号

河南省财政厅 河南省民政厅
关于下达2021年中央和省级困难群众
救助补助资金预算的通知

郑州市财政局、洛阳市财政局、民政局，省直管县（市）财政局、民政局：

按照年度预算安排，现将补助资金预算下达给你们（金额见附件1），有关要求如下：
一、收入列2021年政府收支分类科目“1100248社会保障和就业共同财政事权转移支付收入”，支出列
“2081901城市最低生活保障金支出”、“2081902农村最低生活保障金支出”等科目。
二、资金纳入直达机制管理，标识为“01 中央直达资金”，省级部分标识为“03 省级直达资金”，不得改动。
三、对照《河南省困难群众救助补助资金管理办法》（豫财社[2020]第031号）和豫民文﹝2019﹞8号的规定使用。

附件：1.2021年困难群众救助补助资金分配表
      2.2021年困难群众救助补助资金区域绩效目标表

河南省财政厅　　　　　　河南省民政厅
2021年3月9日

（此件主动公开）
抄送：财政部河南监管局，省审计厅。
河南省财政厅办公室　　　2021年3月10日印发""",
        doc_no="豫财社〔2021〕12号",
        title="河南省财政厅河南省民政厅关于下达2021年中央和省级困难群众救助补助资金预算的通知",
        issuers=["河南省财政厅", "河南省民政厅"],
        recipients=["郑州市财政局", "洛阳市财政局、民政局", "省直管县（市）财政局、民政局"],
        issued_on=date(2021, 3, 9),
        printed_on=date(2021, 3, 10),
        fiscal_year=2021,
        programme="困难群众救助补助资金",
        accounts=[
            (INCOME, "1100248", "社会保障和就业共同财政事权转移支付收入"),
            (FUNCTION, "2081901", "城市最低生活保障金支出"),
            (FUNCTION, "2081902", "农村最低生活保障金支出"),
        ],
        direct_fund_mark="01 中央直达资金、03 省级直达资金",
        cites=["豫财社〔2020〕31号", "豫民文〔2019〕8号"],
        attachments=[
            "2021年困难群众救助补助资金分配表",
            "2021年困难群众救助补助资金区域绩效目标表",
        ],
        copies_to=["财政部河南监管局", "省审计厅"],
        rules=["doc-no-normalised", "doc-no-normalised"],
    ),
    Case(
        name="county with 字 in its number, towns addressed, no copies, no attachments",
        text="""和县财政局文件
和县财社字〔2019〕5号
关于拨付2019年第一批县级临时救助资金的通知
各镇人民政府，有关单位：
经县政府同意，现拨付你单位临时救助资金，请专款专用，列支出功能分类科目2082001临时救助支出。
此款由国库集中支付。
和县财政局
2019年5月6日""",
        doc_no="和县财社字〔2019〕5号",
        title="关于拨付2019年第一批县级临时救助资金的通知",
        issuers=["和县财政局"],
        recipients=["各镇人民政府", "有关单位"],
        issued_on=date(2019, 5, 6),
        fiscal_year=2019,
        programme="临时救助资金",
        accounts=[(FUNCTION, "2082001", "临时救助支出")],
    ),
    Case(
        name="web page: labels above, number below the title, furniture of the page",
        text="""索引号：11220300729541493Q/2022-10326
发文机关：四平市财政局
成文日期：2022年08月01日
发文字号：四财社指〔2022〕80号
发布日期：2022年08月19日
关于下达2022年第二批中央和省级困难群众救助补助资金的通知
四财社指〔2022〕80号
各区财政局：
按照吉财社指〔2022〕340号文件，现下达你区补助资金2016万元（详见附表）。收入列“1100248 社会保障和
就业共同财政事权转移支付收入”，支出列“2081901 城市最低生活保障金支出”“2082001 临时救助支出”科目。
请加强管理。""",
        doc_no="四财社指〔2022〕80号",
        title="关于下达2022年第二批中央和省级困难群众救助补助资金的通知",
        issuers=["四平市财政局"],
        recipients=["各区财政局"],
        issued_on=date(2022, 8, 1),
        fiscal_year=2022,
        programme="困难群众救助补助资金",
        accounts=[
            (INCOME, "1100248", "社会保障和就业共同财政事权转移支付收入"),
            (FUNCTION, "2081901", "城市最低生活保障金支出"),
            (FUNCTION, "2082001", "临时救助支出"),
        ],
        cites=["吉财社指〔2022〕340号"],
    ),
    Case(
        name="two years in the title, the accounts decide; copies over lines without a stop",
        text="""内蒙古自治区财政厅文件
内财社规〔2021〕1650号
内蒙古自治区财政厅关于清算2020年和提前下达2022年中央财政城乡居民基本养老保险补助经费的通知
各盟市财政局，满洲里市、二连浩特市财政局：
现将资金下达你市，收入列入2022年政府收支分类科目“1100248 社会保障和就业共同财政事权转移支付收入”。
内蒙古自治区财政厅
2021年11月25日
抄送：财政部内蒙古监管局，自治区审计厅，自治区人力资源和
社会保障厅，各旗县（市、区）财政局
内蒙古自治区财政厅办公室
2021年11月26日印发""",
        doc_no="内财社规〔2021〕1650号",
        title="内蒙古自治区财政厅关于清算2020年和提前下达2022年中央财政城乡居民基本养老保险补助经费的通知",
        issuers=["内蒙古自治区财政厅"],
        recipients=["各盟市财政局", "满洲里市、二连浩特市财政局"],
        issued_on=date(2021, 11, 25),
        printed_on=date(2021, 11, 26),
        fiscal_year=2022,
        programme="城乡居民基本养老保险补助经费",
        accounts=[(INCOME, "1100248", "社会保障和就业共同财政事权转移支付收入")],
        copies_to=[
            "财政部内蒙古监管局",
            "自治区审计厅",
            "自治区人力资源和社会保障厅",
            "各旗县（市、区）财政局",
        ],
    ),
    Case(
        name="handed on: the fund and year are those of the notice inside the title",
        text="""巴楚县财政局文件
巴财社〔2022〕7号
关于转发《关于拨付2022年自治区财政孤儿基本生活保障补助资金的通知》的通知
县民政局、各乡（镇）财政所：
现将喀地财社〔2022〕19号转发给你们，资金列“2081001 儿童福利”科目。
附件1：喀地财社〔2022〕19号文件
附件2：资金分配表
巴楚县财政局
2O22年4月l8日
抄送：县审计局、本局预算股、国库股。
巴楚县财政局办公室　2022年4月18日印发""",
        doc_no="巴财社〔2022〕7号",
        title="关于转发《关于拨付2022年自治区财政孤儿基本生活保障补助资金的通知》的通知",
        issuers=["巴楚县财政局"],
        recipients=["县民政局", "各乡（镇）财政所"],
        issued_on=date(2022, 4, 18),
        printed_on=date(2022, 4, 18),
        fiscal_year=2022,
        programme="孤儿基本生活保障补助资金",
        accounts=[(FUNCTION, "2081001", "儿童福利")],
        cites=["喀地财社〔2022〕19号"],
        attachments=["喀地财社〔2022〕19号文件", "资金分配表"],
        copies_to=["县审计局", "本局预算股、国库股"],
    ),
    Case(
        name="tables only: title and year of the first table, nothing else",
        text="""单位：万元
填表人：张三
实际完成目标
≥95%
各项资金按时足额发放：""",
        lead="""附件1
2023年度某某县城乡居民基本养老保险
补助资金绩效自评表
（2023年度）
单位：万元""",
        title="2023年度某某县城乡居民基本养老保险补助资金绩效自评表",
        fiscal_year=2023,
        programme="某某县城乡居民基本养老保险补助资金",
    ),
    Case(
        name="letter to named bodies, 签发人 beside the number, two codes in one pair of quotes",
        text="""000123
机密★1年
特急
广东省财政厅
粤财社函〔2021〕9号　　　　签发人：李四
广东省财政厅关于调整2021年省级残疾人事业发展补助资金的函
省残联、省民政厅，深圳市财政局：
根据工作需要，现调整资金用途，列入2021年预算科目“2081104 残疾人康复、2081105 残疾人就业”。
（联系人：王五，电话：020-2081199）
广东省财政厅
2021年6月18日""",
        doc_no="粤财社函〔2021〕9号",
        title="广东省财政厅关于调整2021年省级残疾人事业发展补助资金的函",
        issuers=["广东省财政厅"],
        recipients=["省残联", "省民政厅", "深圳市财政局"],
        issued_on=date(2021, 6, 18),
        fiscal_year=2021,
        programme="残疾人事业发展补助资金",
        accounts=[(FUNCTION, "2081104", "残疾人康复"), (FUNCTION, "2081105", "残疾人就业")],
    ),
    Case(
        name="three bodies, 文件 beside the middle one, spaces in the number, wrapped attachment",
        text="""甲江省财政厅
甲江省人力资源和社会保障厅 文件
甲江省医疗保障局
甲财社指﹝2022﹞3 8号
甲江省财政厅 甲江省人力资源和社会保障厅 甲江省医疗保障局关于
下达2022年省级财政退休人员医疗补助资金的通知
各设区市财政局、人社局、医保局，平原综合实验区财政金融局、社会事业局：
    按照预算安排，现下达补助资金，支出列2022年政府收支分类科目“210 11 01 行政单位医疗”、
“2101102 事业单位医疗”，政府预算支出经济分类科目列“50501工资福利支出”。
附件：2022年省级财政退休人员医疗
      补助资金分配表

甲江省财政厅   甲江省人力资源和社会保障厅
甲江省医疗保障局
2022年5月7日
甲江省财政厅办公室                          2022年5月9日印发""",
        doc_no="甲财社指〔2022〕38号",
        title="甲江省财政厅甲江省人力资源和社会保障厅甲江省医疗保障局"
        "关于下达2022年省级财政退休人员医疗补助资金的通知",
        issuers=["甲江省财政厅", "甲江省人力资源和社会保障厅", "甲江省医疗保障局"],
        recipients=[
            "各设区市财政局、人社局、医保局",
            "平原综合实验区财政金融局、社会事业局",
        ],
        issued_on=date(2022, 5, 7),
        printed_on=date(2022, 5, 9),
        fiscal_year=2022,
        programme="退休人员医疗补助资金",
        accounts=[
            (FUNCTION, "2101101", "行政单位医疗"),
            (FUNCTION, "2101102", "事业单位医疗"),
            (GOVERNMENT, "50501", "工资福利支出"),
        ],
        attachments=["2022年省级财政退休人员医疗补助资金分配表"],
        rules=["doc-no-normalised"],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_field_of_the_head(case: Case, check_head: Callable[[Case], None]) -> None:
    check_head(case)
