"""Codes of the 政府收支分类科目 in running text, with kind and name, and the 直达资金标识."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from normalize.head.text import Flow, flow_ref
from normalize.head.vocabulary import ACCOUNTS, DIGITS_MISREAD
from schemas.findings import Cause, Finding, Severity
from schemas.head import Account, AccountKind

_DIGIT = f"[0-9{''.join(DIGITS_MISREAD)}]"
_RUN = re.compile(
    rf"(?<![0-9A-Za-z]){_DIGIT}{{1,12}}(?:[ \n]{{1,2}}{_DIGIT}{{1,12}}){{0,5}}(?![0-9A-Za-z])"
)
_CLASS_FORM = re.compile(r"(?<!\d)([23]\d\d)类\s?(\d\d)款(?:\s?(\d\d)项)?")
_KINDS = (
    (AccountKind.INCOME, f"(?:{'|'.join(ACCOUNTS.income_classes)})(?:[0-9]{{2}}){{1,3}}"),
    (AccountKind.FUNCTION, f"(?:{'|'.join(ACCOUNTS.function_classes)})(?:[0-9]{{2}}){{0,2}}"),
    (
        AccountKind.GOVERNMENT_ECONOMIC,
        f"(?:{'|'.join(ACCOUNTS.government_economic_classes)})(?:[0-9]{{2}})?",
    ),
    (
        AccountKind.DEPARTMENT_ECONOMIC,
        f"(?:{'|'.join(ACCOUNTS.department_economic_classes)})(?:[0-9]{{2}})?",
    ),
)
_KIND_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
_QUOTES = {
    "“": "”",
    '"': '"',
    "'": "'",
    "‘": "’",
    "《": "》",
    "〈": "〉",
    "(": ")",
    "”": "“",
    "[": "]",
    "【": "】",
}
_CONTEXT = re.compile("|".join(ACCOUNTS.context))
_NO_CODE = re.compile(
    rf"[ \n]?(?:{'|'.join(ACCOUNTS.measures)}|[.%‰/][0-9]|,[0-9]{{3}}(?![0-9])"
    r"|[类款项](?=[\d“\"(]))"
)
# Without quotes a name ends with its line where it began with it, else at a new paragraph.
_NAME = re.compile(
    r"(?:[\u3400-\u9fffA-Za-z ·]|\n(?![一二三四五六七八九十]{1,3}[、.]|附|抄|第|\()){0,60}"
    r"(?:\([一二三四五六七八九十款项类目]{1,3}\))?"
)
_INTRODUCES = re.compile(rf"(?:{'|'.join(ACCOUNTS.introduces)})[:为]?\Z")
_BETWEEN = re.compile(r"[\s、,;和及与]{1,4}")
_NEXT_CODE = re.compile(r"[\s、,;和及/]{0,3}(?<!\d)(?:\d{5}|\d{7}|\d{9})(?!\d)")
_REACH = 120


@dataclass(frozen=True, slots=True)
class _Code:
    kind: AccountKind
    code: str
    start: int
    end: int
    mended: bool


def flow_to_accounts(flow: Flow) -> tuple[tuple[Account, ...], tuple[Finding, ...]]:
    """Every account code of the text, each once, in order of appearance, name as printed.

    A code counts where it has the form of one (1100248, 2082602, 51002, 31302), no measure follows
    it, and the words 科目, 列, … stand near: amounts have seven digits too.

    >>> from normalize.head.text import lines_to_flow, lines_to_head_lines
    >>> from schemas.source import Line, LineRef
    >>> lines = [Line("列入科目“2082602 财政对城乡居民基本养老保险基金的补", LineRef(1)),
    ...          Line("助”，经济分类科目列“51002 对社会保险基金补助”。", LineRef(3))]
    >>> [(a.code, a.name) for a in flow_to_accounts(lines_to_flow(lines_to_head_lines(lines)))[0]]
    [('2082602', '财政对城乡居民基本养老保险基金的补助'), ('51002', '对社会保险基金补助')]
    """
    names: dict[tuple[AccountKind, str], str] = {}
    findings: list[Finding] = []
    last_end = 0
    for code in _codes(flow.folded):
        name = _name(flow, code)
        listed = _BETWEEN.fullmatch(flow.folded, last_end, code.start) if last_end else None
        if not name and not listed and not _is_marked(flow.folded, code):
            continue
        last_end = code.end
        key = (code.kind, code.code)
        known = names.get(key, "")
        if code.mended:
            findings.append(_mended(flow, code))
        if known and name and not (known.startswith(name) or name.startswith(known)):
            findings.append(_differs(flow, code, known, name))
        elif len(name) > len(known) or key not in names:
            names[key] = name
    accounts = tuple(Account(kind, code, name) for (kind, code), name in names.items())
    return accounts, tuple(findings)


def _codes(folded: str) -> Iterator[_Code]:
    """Codes by form and surroundings, in order."""
    last_context = -_REACH
    contexts = (match.end() for match in _CONTEXT.finditer(folded))
    coming = next(contexts, None)
    last_end = -_REACH
    for code in sorted(_by_form(folded), key=lambda code: code.start):
        while coming is not None and coming <= code.start:
            last_context, coming = coming, next(contexts, None)
        # A code in a list stands as near to the one before it as that stood to its context.
        near = code.start - last_context <= _REACH or (0 <= code.start - last_end <= 60)
        before = folded[max(0, code.start - 2) : code.start]
        in_number = (
            len(before) == 2
            and before[0].isdigit()
            and before[1] in (".,-/" if len(code.code) == 3 else ".-/")
        )
        introduced = _is_introduced(folded, code)
        near = near or (before.rstrip()[-1:] in tuple('“‘"') and len(code.code) == 7)
        if len(code.code) == 3 and not introduced:
            continue
        if near and not in_number and not _NO_CODE.match(folded, code.end):
            last_end = code.end
            yield code


def _by_form(folded: str) -> Iterator[_Code]:
    for match in _CLASS_FORM.finditer(folded):
        code = "".join(part for part in match.groups() if part)
        kind = code_to_kind(code)
        if kind is not None:
            yield _Code(kind, code, match.start(), match.end(), False)
    for run in _RUN.finditer(folded):
        tokens = list(re.finditer(r"\S+", run.group()))
        singles = [_token(token.group(), run.start() + token.start()) for token in tokens]
        if len(tokens) > 1 and not all(singles):
            whole = _token("".join(run.group().split()), run.start())
            if whole is not None:
                yield _Code(whole.kind, whole.code, run.start(), run.end(), whole.mended)
                continue
        yield from (single for single in singles if single is not None)


def _token(printed: str, start: int) -> _Code | None:
    code = "".join(DIGITS_MISREAD.get(sign, sign) for sign in printed)
    kind = code_to_kind(code)
    if kind is None or sum(sign in DIGITS_MISREAD for sign in printed) > 2:
        return None
    return _Code(kind, code, start, start + len(printed), code != printed)


def code_to_kind(code: str) -> AccountKind | None:
    """The part of the classification that a code belongs to, by its form.

    >>> code_to_kind("1100248").value, code_to_kind("51301").value, code_to_kind("2021")
    ('income', 'government_economic', None)
    """
    return next((kind for kind, pattern in _KIND_PATTERNS if pattern.fullmatch(code)), None)


def _is_marked(folded: str, code: _Code) -> bool:
    """A code without a name counts only in quotes or directly after 科目 or 列, and in full."""
    return len(code.code) >= 5 and _is_introduced(folded, code)


def _is_introduced(folded: str, code: _Code) -> bool:
    """Directly after a quote, 科目, 列 or their like, or in brackets behind its name."""
    before = folded[max(0, code.start - 8) : code.start].rstrip()
    return (
        before.endswith(tuple("“\"‘'"))
        or _INTRODUCES.search(before) is not None
        or (before.endswith("(") and folded[code.end : code.end + 1] == ")")
    )


def _name(flow: Flow, code: _Code) -> str:
    folded = flow.folded
    before = folded[max(0, code.start - 3) : code.start].rstrip()[-1:]
    closing = _QUOTES.get(before, "")
    rest = folded[code.end : code.end + 2].lstrip()[:1]
    if before == "(" and rest == ")":
        return _name_before(flow, code)
    start = code.end
    # “2082602”财政对…补助, 2082602“财政对…补助”, 2082602（财政对…补助）
    if rest and (rest == closing or rest in '“"‘('):
        start = folded.index(rest, start) + 1
        closing = "" if rest == closing else _QUOTES[rest]
    window = folded[start : start + 90]
    end = window.find(closing) if closing else -1
    limit = _NEXT_CODE.search(window, 1)
    if end < 0 or (limit and limit.start() < end) or "。" in window[:end]:
        end = -1
    if end < 0 or len(window[:end].split()) > 12:
        if folded[max(0, code.start - 1) : code.start] in ("", "\n"):
            window = window.partition("\n")[0]
        match = _NAME.match(re.sub("[-—:]", " ", window))
        end = match.end() if match else 0
        return _trimmed(flow.text[start : start + end], quoted=False)
    return _trimmed(flow.text[start : start + end], quoted=True)


def _name_before(flow: Flow, code: _Code) -> str:
    """财政对城乡居民基本养老保险基金的补助（2082602）."""
    window = flow.folded[max(0, code.start - 60) : code.start].rstrip()[:-1]
    begin = max(window.rfind(sign) for sign in '“"‘《。;,、:)”')
    printed = flow.text[max(0, code.start - 60) :][: len(window)][begin + 1 :]
    folded = window[begin + 1 :]
    cut = max(
        (
            folded.rfind(word) + len(word)
            for word in ACCOUNTS.name_leading[:6]
            if word in folded[:-4]
        ),
        default=0,
    )
    return _trimmed(printed[cut:], quoted=True)


def _trimmed(printed: str, quoted: bool) -> str:
    name = "".join(printed.split()).strip("-—:：.·、，,；; ")
    if not quoted:
        for word in ACCOUNTS.name_trailing:
            place = name.find(word)
            if place >= 0:
                name = name[:place]
        name = re.split("[和及与](?=支出|收入|政府|部门|功能|经济)", name)[0]
    return name if re.search("[\u3400-\u9fff]{2}", name) else ""


def _mended(flow: Flow, code: _Code) -> Finding:
    printed = flow.text[code.start : code.end]
    return Finding(
        "account-code-normalised",
        Severity.NOTE,
        f"The account code {printed} has letters in it and was read as {code.code}.",
        Cause.OCR,
        printed=printed,
        proposal=code.code,
        ref=flow_ref(flow, code.start),
    )


def _differs(flow: Flow, code: _Code, known: str, name: str) -> Finding:
    return Finding(
        "account-name-differs",
        Severity.NOTE,
        f"The account {code.code} is called {known} at first and {name} here; the first is kept.",
        printed=name,
        proposal=known,
        ref=flow_ref(flow, code.start),
    )
