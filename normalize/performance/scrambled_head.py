"""The head of a scrambled form: labels whose values follow them, and the paragraphs."""

from collections.abc import Sequence
from dataclasses import dataclass

from normalize.performance.labels import Fact, Label, best
from normalize.performance.tokens import Token, TokenKind, is_amount_label, is_number
from normalize.performance.words import table
from normalize.quantities import text_to_quantity
from normalize.text import squeeze
from schemas.findings import Cause, Finding, Severity
from schemas.performance import Budget
from schemas.tables import Quantity

_WORD_LABELS = (Label.UNIT, Label.PROJECT)


@dataclass(frozen=True, slots=True)
class ScrambledHead:
    """The head of a form, and the tokens that it left for the indicators, in runs: a run is a
    stretch of free tokens without any word of the form between. `levels[i]` is the level word that
    stands right above run i, "" where none does."""

    title: str
    measure: str
    budget_unit: str
    project: str
    budget: Budget
    goal: str
    result: str
    runs: tuple[tuple[Token, ...], ...]
    levels: tuple[str, ...]
    words: tuple[Token, ...]
    findings: tuple[Finding, ...]


def tokens_to_head(tokens: Sequence[Token]) -> ScrambledHead:
    """Takes the head of one form out of its tokens."""
    facts, used = _facts(tokens)
    runs, levels = _runs(tokens, used)
    unit, project = best(facts, Label.UNIT), best(facts, Label.PROJECT)
    goal, result, findings = _goal_and_result([t for t in tokens if t.kind is TokenKind.PARAGRAPH])
    titles = [t.text for t in tokens if t.kind is TokenKind.TITLE]
    measures = [t.text for t in tokens if t.kind is TokenKind.MEASURE]
    return ScrambledHead(
        titles[0] if titles else "",
        squeeze(measures[0]).partition(":")[2] if measures else "",
        unit.text if unit else "",
        project.text if project else "",
        _budget(facts),
        goal,
        result,
        runs,
        levels,
        tuple(t for t in tokens if t.kind in (TokenKind.LEVEL, TokenKind.HEADER)),
        findings,
    )


def _facts(tokens: Sequence[Token]) -> tuple[list[Fact], frozenset[int]]:
    """Labels with the figure, or the words on the same line, that follow them."""
    facts: list[Fact] = []
    used: set[int] = set()
    for i, token in enumerate(tokens):
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if token.meaning is None or following is None:
            continue
        if is_amount_label(token) and is_number(following):
            facts.append(Fact(token.meaning, token.text, following.text, following.ref))
            used.add(i + 1)
        elif token.meaning.label in _WORD_LABELS and following.kind is TokenKind.FREE:
            count = _same_line(tokens, i + 1) if following.line == token.last else 1
            text = " ".join(t.text for t in tokens[i + 1 : i + 1 + count])
            facts.append(Fact(token.meaning, token.text, text, following.ref))
            used.update(range(i + 1, i + 1 + count))
    return facts, frozenset(used)


def _same_line(tokens: Sequence[Token], at: int) -> int:
    count = 1
    while (
        at + count < len(tokens)
        and tokens[at + count].line == tokens[at].line
        and tokens[at + count].kind is TokenKind.FREE
    ):
        count += 1
    return count


def _runs(
    tokens: Sequence[Token], used: frozenset[int]
) -> tuple[tuple[tuple[Token, ...], ...], tuple[str, ...]]:
    runs: list[tuple[Token, ...]] = []
    levels: list[str] = []
    run: list[Token] = []
    level = ""
    for i, token in enumerate(tokens):
        if token.kind is TokenKind.FREE and i not in used:
            run.append(token)
            continue
        if run:
            runs.append(tuple(run))
            levels.append(level)
            run = []
        level = token.text if token.kind is TokenKind.LEVEL else ""
    if run:
        runs.append(tuple(run))
        levels.append(level)
    return tuple(runs), tuple(levels)


def _budget(facts: Sequence[Fact]) -> Budget:
    """The amounts. Where the fiscal amount stands twice, beside what was planned and beside what
    was spent, it is the one that equals the plan; where neither does, none is sure."""

    def amount(label: Label) -> Quantity | None:
        fact = best(facts, label)
        return text_to_quantity(fact.text, fact.ref) if fact else None

    budget = amount(Label.BUDGET)
    fiscal = [text_to_quantity(f.text, f.ref) for f in facts if f.meaning.label is Label.FISCAL]
    if len({q.value for q in fiscal}) > 1:
        fiscal = [q for q in fiscal if budget is not None and q.value == budget.value]
    return Budget(
        total=amount(Label.TOTAL),
        fiscal=fiscal[0] if fiscal else None,
        other=amount(Label.OTHER) or amount(Label.LOCAL),
        budget=budget,
        executed=amount(Label.EXECUTED),
    )


def _goal_and_result(paragraphs: Sequence[Token]) -> tuple[str, str, tuple[Finding, ...]]:
    """Which paragraphs are the goal and which the result, by their words. Of two of which one is
    decided the other is the other; else a paragraph that neither side's words decide is no part of
    either, and is reported."""
    goal: list[str] = []
    result: list[str] = []
    findings: list[Finding] = []
    leads = [_leaning(paragraph.text) for paragraph in paragraphs]
    if len(leads) == 2 and 0 in leads:
        leads = [lead or -sum(leads) for lead in leads]
    for paragraph, lead in zip(paragraphs, leads, strict=True):
        if lead > 0:
            result.append(paragraph.text)
        elif lead < 0:
            goal.append(paragraph.text)
        else:
            findings.append(
                Finding(
                    "paragraph-unplaced",
                    Severity.WARNING,
                    "A paragraph may be the goal or the result of the form: it was read as none.",
                    Cause.EXTRACTION,
                    printed=paragraph.text,
                    ref=paragraph.ref,
                )
            )
    return "".join(goal), "".join(result), tuple(findings)


def _leaning(text: str) -> int:
    """Above 0 for words of a result, below for words of a goal; figures speak for a result."""
    sides = {"result": 0, "goal": 0}
    for row in table("result_words"):
        sides[row["side"]] += row["word"] in text
    sides["result"] += any(char.isdigit() for char in text)
    return sides["result"] - sides["goal"]
