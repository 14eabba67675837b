"""Which money a notice hands out: its fiscal year and the name of its fund (programme)."""

import re
from collections.abc import Sequence

from normalize.head.text import HeadLine, fold, tidy
from normalize.head.vocabulary import CHINESE_DIGITS, FUND, TITLE

_YEAR = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})\s?年度?|(?<![〇零○一二])((?:二[〇零○]|一九)[〇零○一二三四五六七八九]{2})年度?"
)
_SPAN = re.compile(r"(?:19|20)[0-9]{2}\s?年?\s?[-—–~至]{1,2}\s?(?:19|20)[0-9]{2}")
_OF_ACCOUNTS = re.compile(
    rf"(?:{'|'.join(FUND.year_contexts)})[^0-9。]{{0,6}}((?:19|20)[0-9]{{2}})\s?年\s?度?"
    rf"[\s“\"《]{{0,2}}(?:{'|'.join(FUND.accounts_of_year)}|预算)"
    rf"|[《“\"\s]((?:19|20)[0-9]{{2}})\s?年(?:{'|'.join(FUND.accounts_of_year[:3])})"
)
# 2020年和2021年 is no answer to the question which year.
_MONEY = re.compile(
    r"(?:下达|拨付|安排)[^。,;0-9]{0,30}((?:19|20)[0-9]{2})\s?年(?!\s?(?:度?[和及与、至]|[-—–~]))"
)
_YEAR_LINE = re.compile(r"\(?\s?((?:19|20)[0-9]{2})\s?年度?\s?\)?")
_CITED = re.compile(r"[《〈][^《》〈〉]{1,200}[》〉]")
_ORDINAL = r"(?:第[一二三四五六七八九十0-9]{1,3}批|第[一二三四1234]季度|(?:上|下)半年|全年)次?"
_BRACKETS = re.compile(r"\([^()]{0,40}\)\Z")
_PLACE = re.compile("[\u3400-\u9fff]{1,10}(?:省|自治区|市|县|区|州|地区|盟|旗)")
_QUOTED = re.compile(r"[《〈<](?P<inner>[^《》〈〉<>]{6,120})[》〉>]")
_PAYER_INSIDE = re.compile(
    rf"(?<=..)(?:{'|'.join(FUND.inner_levels)})(?=(?:{'|'.join(FUND.inner_before)})\Z)"
)
_GENERIC = re.compile("|".join(FUND.generic + FUND.signs))
_LEADS = re.compile(rf"(?:{_ORDINAL}|{'|'.join(FUND.levels)})")


def years_of_title(folded: str) -> tuple[int, ...]:
    """The years that a folded title names, each once: 关于下达2021年…的通知 gives (2021,)."""
    found = (match.group(1) or _chinese_year(match.group(2)) for match in _YEAR.finditer(folded))
    return tuple(dict.fromkeys(int(year) for year in found))


def title_to_fiscal_year(folded: str) -> int | None:
    """The one year of a title; None where it names none, several, or a span of years.

    >>> title_to_fiscal_year("关于下达2021年资金的通知"), title_to_fiscal_year("2021-2023年规划")
    (2021, None)
    """
    years = years_of_title(folded)
    return years[0] if len(years) == 1 and not _SPAN.search(folded) else None


def text_to_fiscal_years(folded: str) -> tuple[int, ...]:
    """The years of the money in the body: those of the 政府收支分类科目 that it is to be entered
    under, else those of the funds handed out. Each once.

    >>> text_to_fiscal_years("收入列入 2021 年政府收支分类科目“1100248 …”，已对2019年结算")
    (2021,)
    """
    found = [match.group(1) or match.group(2) for match in _OF_ACCOUNTS.finditer(folded)]
    if not found:
        found = [match.group(1) for match in _MONEY.finditer(_CITED.sub("", folded))]
    return tuple(dict.fromkeys(int(year) for year in found))


def lines_to_year(lines: Sequence[HeadLine]) -> int | None:
    """The year that lines like （2020年度） below the titles of tables agree on."""
    found = {
        int(match.group(1)) for line in lines if (match := _YEAR_LINE.fullmatch(line.folded[:20]))
    }
    return found.pop() if len(found) == 1 else None


def title_to_programme(title: str) -> str:
    """The name of the fund in a title as printed, without year, payer, verb and kind of document;
    "" where the title names no money.

    >>> title_to_programme("关于提前下达2021年自治区财政城乡居民基本养老保险补助资金的通知")
    '城乡居民基本养老保险补助资金'
    >>> title_to_programme("关于下达2021年县级基本财力保障机制奖补资金预算的通知")
    '县级基本财力保障机制奖补资金'
    >>> title_to_programme("2022年度重大政策和重点项目绩效目标汇总表")
    ''
    """
    start, end = _inner(fold(title))
    start = _after_verb(fold(title), start, end)
    end = _before_tail(fold(title), start, end)
    name = _without_year(title[start:end])
    payer = _PAYER_INSIDE.search(fold(name))
    if payer:
        name = name[: payer.start()] + name[payer.end() :]
    folded = fold(name)
    has_other = any(word in title for word in FUND.not_funds) or re.search("[。;:,]", folded)
    rest = _GENERIC.sub("", folded)
    return name if _names_fund(folded) and rest and not has_other and 4 <= len(name) <= 60 else ""


def _inner(folded: str) -> tuple[int, int]:
    """A title that hands on another one names the fund in that one."""
    quoted = list(_QUOTED.finditer(folded))
    if quoted:
        return quoted[-1].start("inner"), quoted[-1].end("inner")
    return 0, len(folded)


def _after_verb(folded: str, start: int, end: int) -> int:
    about = max(folded.rfind(word, start, end) for word in TITLE.about)
    if about >= 0:
        start = about + 2
    while True:
        verb = next((word for word in FUND.verbs if folded.startswith(word, start)), "")
        follows = folded[start + len(verb) : start + len(verb) + 2]
        # 补助资金 or 清算资金 at the very start is the fund itself.
        if not verb or follows in ("资金", "经费") or start + len(verb) >= end:
            return start
        start += len(verb)
        start += folded.startswith(("和", "并", "及", "、"), start)


def _before_tail(folded: str, start: int, end: int) -> int:
    breaks = [place for word in FUND.breaks if (place := folded.find(word, start + 4, end)) >= 0]
    end = min([*breaks, end])
    kind = re.search(rf"的?(?:{'|'.join(TITLE.ends)})(?:\(.{{1,30}}\))?\Z", folded[start:end])
    if kind and folded[start + kind.start()] == "的":
        end = start + kind.start()
    while True:
        bracket = _BRACKETS.search(folded[start:end])
        if bracket:
            end = start + bracket.start()
        tail = next((w for w in FUND.tails if folded.endswith(w, start, end)), "")
        if not tail and not bracket:
            return end
        end -= len(tail)


def _without_year(name: str) -> str:
    folded = fold(name)
    years = list(_YEAR.finditer(folded))
    if not years:
        return name[_after_levels(folded, 0) :]
    between = folded[years[0].end() : years[-1].start()]
    year = years[0] if _names_fund(between) else years[-1]
    first = years[0].start()
    left = name[_after_levels(folded[:first], 0) : first]
    # 城乡居民基本医疗保险2021年…补助资金 begins with the fund; 郑州市2021年… with a place.
    if len(left) <= 5 or _PLACE.fullmatch(fold(left)):
        left = ""
    return tidy(left + name[_after_levels(folded, year.end()) :])


def _names_fund(folded: str) -> bool:
    return any(sign in folded for sign in FUND.signs)


def _after_levels(folded: str, start: int) -> int:
    """Past who pays and which batch it is: 第二批中央和省级财政…."""
    while start < len(folded) and not folded.startswith(FUND.kept_starts, start):
        lead = _LEADS.match(folded, start)
        if lead is None:
            break
        # 中央 + 财政衔接…补助资金, though 中央财政 is a level too.
        kept = (start + len(word) for word in FUND.levels if folded.startswith(word, start))
        start = next((at for at in kept if folded.startswith(FUND.kept_starts, at)), lead.end())
        joint = next((word for word in FUND.level_joins if folded.startswith(word, start)), "")
        if joint and _LEADS.match(folded, start + len(joint)):
            start += len(joint)
    return start


def _chinese_year(printed: str) -> str:
    return "".join(str(CHINESE_DIGITS[glyph]) for glyph in printed)
