"""Document numbers (文号) by GB/T 9704-2012, section 7.2.5: body, year in 〔〕, number, 号.

What the standard leaves open or scans destroy is put right only where a single reading is left;
where it is not, the caller gets the printed words and no number.
"""

import re
from dataclasses import dataclass

from normalize.head.text import fold
from normalize.head.vocabulary import CHINESE_DIGITS, DIGITS_MISREAD, DOC_NO

_HAN = "\u3400-\u9fff"
_DIGIT = f"[0-9{''.join(DIGITS_MISREAD)}]"
_CHINESE = f"[{''.join(CHINESE_DIGITS)}]"
_OPEN = f"[{re.escape(DOC_NO.open)}]"
_CLOSE = f"[{re.escape(DOC_NO.close)}]"
_YEAR = rf"(?:{_DIGIT}(?:\s?{_DIGIT}){{3}}|{_CHINESE}(?:\s?{_CHINESE}){{3}}|[89][0-9])"
_SERIAL = rf"(?P<serial>{_DIGIT}(?:\s?{_DIGIT}){{0,4}})(?!{_DIGIT})"
_TAIL = rf"(?:字\s?)?(?:第\s?)?{_SERIAL}\s{{0,3}}(?P<hao>[号{DOC_NO.number_word_misread}])?"
# One of the two brackets may be lost; a misread one is only looked for where the other stands.
_CORE = re.compile(
    rf"(?:(?P<open>{_OPEN})\s{{0,2}}(?P<year>{_YEAR})\s?年?\s?(?P<close>{_CLOSE})\s{{0,3}}"
    rf"|(?P<open_only>{_OPEN})\s?(?P<year_open>{_YEAR})(?P<gap>\s{{0,2}}[|J]?\s{{0,2}})"
    rf"|[{re.escape(DOC_NO.open_misread)}]?\s?(?P<year_close>{_YEAR})\s?(?P<close_only>{_CLOSE})"
    rf"\s{{0,3}}){_TAIL}"
)
_BARE = re.compile(rf"(?P<year>{_DIGIT}{{4}})\s{{0,2}}{_TAIL}")
# A bracket within the code names the section: 黑财指（农）〔2023〕95号.
_SECTION = rf"\([{_HAN}]{{1,2}}\)"
_AGENCY = re.compile(rf"[{_HAN}](?:\s?(?:[{_HAN}]|{_SECTION})){{1,11}}\s{{0,3}}\Z")
_MAX_AGENCY = 10
_WHOLE_WORDS = tuple(word for word in DOC_NO.cut_after if len(word) > 1)
_LABEL = re.compile(rf"(?:{'|'.join(DOC_NO.labels)})\s?:\s?")
_AFTER_OWN = re.compile(r"[\s)\]]{0,4}(?:签发人?\s?:?.{0,20})?")


@dataclass(frozen=True, slots=True)
class DocNo:
    """A number found in a text. `number` is normalised ("" where it cannot be read for sure),
    `proposal` the likeliest reading where it cannot; `start` and `end` delimit `printed`."""

    number: str
    printed: str
    proposal: str
    start: int
    end: int


def is_damaged(found: DocNo) -> bool:
    """Whether more than spacing was put right."""
    return "".join(found.printed.split()) != found.number


def text_to_doc_nos(text: str) -> tuple[DocNo, ...]:
    """Every number that stands in a text, in order; a broken line may run through it.

    >>> [n.number for n in text_to_doc_nos("（新财预〔2018〕\\n21 号）和财社[2019]第013号")]
    ['新财预〔2018〕21号', '财社〔2019〕13号']
    >>> [n.number for n in text_to_doc_nos("黑财指(农)〔2023〕95号")]
    ['黑财指（农）〔2023〕95号']
    """
    folded = fold(text)
    found: list[DocNo] = []
    for core in _CORE.finditer(folded):
        after = found[-1].end if found else 0
        agency = _agency(folded, core.start(), after)
        if agency is None:
            continue
        start, code = agency
        doc_no = _read(core, code, text, start)
        if doc_no is not None:
            found.append(doc_no)
    return tuple(found)


def text_to_own_doc_no(text: str) -> DocNo | None:
    """The number of a line that holds a number and nothing else (a letterhead, a label, a 签发人
    beside it do not count); None where the line is something else. An unreadable number comes
    back with empty `number`.

    >>> text_to_own_doc_no("新财社[2020〕第 0287 號").number
    '新财社〔2020〕287号'
    >>> text_to_own_doc_no("新财社2020287号").number, text_to_own_doc_no("新财社2020287号").proposal
    ('', '新财社〔2020〕287号')
    """
    if len(text) > 80:
        return None
    folded = fold(text)
    label = _LABEL.search(folded)
    begin = label.end() if label else 0
    if not label:
        head = max(folded.rfind("文件"), folded.rfind("文 件"))
        begin = folded.index("件", head) + 1 if head >= 0 else 0
    begin += len(folded[begin:]) - len(folded[begin:].lstrip(" (["))
    for found in text_to_doc_nos(text[begin:]):
        rest = folded[begin + found.end :]
        if found.start == 0 and _AFTER_OWN.fullmatch(rest):
            return DocNo(
                found.number,
                found.printed,
                found.proposal,
                begin + found.start,
                begin + found.end,
            )
    return _unreadable(text, folded, begin)


def _agency(folded: str, core_start: int, after: int) -> tuple[int, str] | None:
    """Where the code of the body begins, and the code: the characters left of the year, without
    the words of the sentence before them."""
    left = max(after, core_start - 24)
    window = folded[left:core_start]
    # A line break inside the code is only sure where a bracket opens before it.
    opening = max(window.rfind(sign) for sign in '(《“"[〔')
    feed = window.rfind("\n")
    if feed > opening:
        if opening < 0:
            left, window = left + feed + 1, window[feed + 1 :]
        else:
            left, window = left + opening + 1, window[opening + 1 :]
    match = _AGENCY.search(window)
    if match is None:
        return None
    start, code = left + match.start(), match.group()
    if code.rstrip().endswith(_WHOLE_WORDS):
        return None
    cut = max(
        (code.rfind(word) + len(word) for word in DOC_NO.cut_after if word in code), default=0
    )
    if len("".join(code[cut:].split())) < 2:
        cut = _earlier_cut(code)
    if cut == 0 and code.startswith(DOC_NO.joins) and start > 0 and folded[start - 1] in '号)》”"':
        cut = 1
    cut = max(cut, _cut_before_code(folded, start, code))
    code = code[cut:]
    start += cut + len(code) - len(code.lstrip())
    code = "".join(code.split())
    if not 2 <= len(code) <= _MAX_AGENCY or not set(code) & set(DOC_NO.agency_signs):
        return None
    return start, code


def _cut_before_code(folded: str, start: int, code: str) -> int:
    """Behind the last word of a sentence that may also be part of a code (`分担办法照豫政办`): only
    where a code goes on there as codes begin, and the word does not belong to it (日照财社)."""
    cut = 0
    for at, char in enumerate(code):
        if char not in DOC_NO.cut_before_code:
            continue
        opens_line = not folded[: start + at].rpartition("\n")[2].strip()
        kept = any(
            code.startswith(word, at - word.index(char))
            for word in DOC_NO.kept_words
            if char in word and at >= word.index(char)
        )
        goes_on = code[at + 1 :].lstrip().startswith(DOC_NO.code_begins)
        if goes_on and not kept and not (opens_line and char in DOC_NO.counties):
            cut = at + 1
    return cut


def _earlier_cut(code: str) -> int:
    """The last cut that leaves two characters or more: 人社部发 must not become 发."""
    cuts = [
        place + len(word)
        for word in DOC_NO.cut_after
        for place in range(len(code))
        if code.startswith(word, place)
    ]
    return max((cut for cut in cuts if len("".join(code[cut:].split())) >= 2), default=0)


def _read(core: re.Match[str], code: str, text: str, start: int) -> DocNo | None:
    groups = core.groupdict()
    year = _year(groups["year"] or groups["year_open"] or groups["year_close"])
    serial = _digits(groups["serial"]).lstrip("0")
    has_word = groups["hao"] is not None
    if not has_word and not _is_sure_without_word(core, text):
        return None
    printed = text[start : core.end()]
    if year is None or not serial:
        return DocNo("", printed, "", start, core.end())
    code = code.replace("(", "（").replace(")", "）")
    number = f"{code}{DOC_NO.standard_open}{year}{DOC_NO.standard_close}{serial}号"
    # 〔20201287号: the 1 may be the number's first digit or what became of the bracket.
    runs_on = groups["open_only"] and not groups["gap"]
    if runs_on and groups["serial"][0] in DOC_NO.close_as_digit:
        return DocNo("", printed, number, start, core.end())
    return DocNo(number, printed, "", start, core.end())


def _is_sure_without_word(core: re.Match[str], text: str) -> bool:
    """Without 号 the brackets must be those that only numbers have, and no measure may follow."""
    rest = text[core.end() : core.end() + 1]
    bracket = core.group("open")
    return (
        bracket is not None and bracket not in "(<" and (rest == "" or rest in "\n)）》”，。；、 ")
    )


def _year(printed: str) -> int | None:
    squeezed = "".join(printed.split())
    if len(squeezed) == 2:
        return 1900 + int(squeezed)
    if any(char in "一二三四五六七八九〇零○" for char in squeezed):
        digits = "".join(str(CHINESE_DIGITS[char]) for char in squeezed)
    else:
        digits = _digits(squeezed)
    year = int(digits)
    return year if 1949 <= year <= 2099 else None


def _digits(printed: str) -> str:
    return "".join(DIGITS_MISREAD.get(char, char) for char in printed if not char.isspace())


def _unreadable(text: str, folded: str, begin: int) -> DocNo | None:
    """A line that is plainly a number, but not a readable one: 新财社2020287号."""
    line = folded[begin:].strip()
    code = re.match(rf"[{_HAN}]{{2,{_MAX_AGENCY}}}(?=\s{{0,3}}[^{_HAN}\s])", line)
    if code is None or not line.endswith("号") or len(line) > 40:
        return None
    if not set(code.group()) & set(DOC_NO.agency_signs):
        return None
    rest = line[code.end() :].strip()
    has_year = re.search(rf"(?:19|20)[0-9O]{{2}}|{_OPEN}", rest)
    if has_year is None or not re.fullmatch(r"[^。,;:、]{1,30}", rest):
        return None
    bare = _BARE.fullmatch(rest)
    year = _year(bare.group("year")) if bare else None
    proposal = ""
    if bare and year:
        serial = _digits(bare.group("serial")).lstrip("0")
        proposal = f"{code.group()}〔{year}〕{serial}号" if serial else ""
    return DocNo("", text[begin:].strip(), proposal, begin, len(text))
