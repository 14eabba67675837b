"""Where scrambled forms stand among the lines of a notice, and where the next one begins."""

from collections import Counter
from collections.abc import Sequence

import regex

from normalize.performance.claims import is_claim_like
from normalize.performance.labels import Label, exact_meaning
from normalize.performance.tokens import Token, TokenKind, lines_to_tokens
from schemas.source import Line

_INDICATOR = regex.compile("指[标標]")
# A form out of order speaks of 指标 so often, and prints so many values and header words; a text of
# more pieces is no form.
_FEWEST_MENTIONS = 2
_MOST_PIECES = 6000
_FEWEST_VALUES = 4
_FEWEST_WORDS = 5
_FOREIGN = regex.compile(r"^\s*(?:附件|附表|抄送|[^，。]{0,30}印发)")


def looks_scrambled(lines: Sequence[Line]) -> bool:
    """Whether lines are a form whose text came out of order: the words of its header, its levels
    and its head stand alone, and values do too."""
    return scrambled_span(lines) is not None


def scrambled_span(lines: Sequence[Line]) -> tuple[int, int] | None:
    """The range of lines that is one scrambled form or several, None where there is none.

    `lines` are running lines only (no tables); blank ones may be among them. The range begins
    with the first word of the form and ends before the first line that belongs to something else.
    More than 6000 pieces between blanks (some dozens of forms) are never taken for a scrambled
    form: joining labels to values costs more than their square, so such lines stay running text
    (None), and nothing of them is read as a form. Whoever calls with a longer input and must not
    lose a form in it cuts the lines at page breaks first.
    """
    printed = [i for i, line in enumerate(lines) if line.text.strip()]
    mentions = sum(_INDICATOR.search(lines[i].text) is not None for i in printed)
    pieces = sum(len(lines[i].text.split()) for i in printed)
    if mentions < _FEWEST_MENTIONS or pieces > _MOST_PIECES:
        return None
    tokens = lines_to_tokens([lines[i] for i in printed])
    words = [t for t in tokens if _is_form_word(t)]
    values = [t for t in tokens if t.kind is TokenKind.FREE and is_claim_like(t.text)]
    headers = {t.text for t in words if t.kind is TokenKind.HEADER}
    levels = [t for t in words if t.kind is TokenKind.LEVEL]
    if len(values) < _FEWEST_VALUES or len(words) < _FEWEST_WORDS or not headers or not levels:
        return None
    first = _with_labels(lines, printed[min(t.line for t in words)])
    last = printed[max(t.last for t in (*words, *values))]
    for i in range(last + 1, len(lines)):
        if _FOREIGN.match(lines[i].text):
            break
        if lines[i].text.strip():
            last = i
    return first, last + 1


def _with_labels(lines: Sequence[Line], first: int) -> int:
    """The first line of a form, with labels of its head (年度总体目标) right above it."""
    above = first
    while above and not lines[above - 1].text.strip():
        above -= 1
    if above and exact_meaning(lines[above - 1].text) is not None:
        return _with_labels(lines, above - 1)
    return first


def _is_form_word(token: Token) -> bool:
    if token.kind in (TokenKind.HEADER, TokenKind.LEVEL, TokenKind.MEASURE):
        return True
    return token.kind is TokenKind.TITLE and "表" in token.text


def tokens_to_forms(tokens: Sequence[Token]) -> tuple[tuple[Token, ...], ...]:
    """Cuts the tokens of several forms apart.

    The first kind of word that comes once in every form (单位：万元, the title, 项目名称, a word of
    the header) opens each; there are as many forms as there are titles or project names.
    """
    marks = [(_mark(token), i) for i, token in enumerate(tokens)]
    counts = Counter(mark for mark, _ in marks if mark)
    forms = max(counts["project"], counts["title"], 1)
    for mark, _ in marks:
        if mark and counts[mark] == forms:
            starts = [i for other, i in marks if other == mark]
            ends = [*starts[1:], len(tokens)]
            first = (0, *starts[1:])
            return tuple(tuple(tokens[a:b]) for a, b in zip(first, ends, strict=True))
    return (tuple(tokens),)


def _mark(token: Token) -> str:
    if token.kind is TokenKind.MEASURE:
        return "measure"
    if token.kind is TokenKind.TITLE:
        return "title"
    if token.kind is TokenKind.HEADER:
        return f"header {token.text}"
    if token.meaning is not None and token.meaning.label is Label.PROJECT:
        return "project"
    return ""
