"""Forms whose text came out in scrambled order, rebuilt by meaning and order.

Targets and results mostly still follow each other; labels, levels and the head lie far apart. The
pairs are cut out first (`pairing`), then labels are given to them (`naming`). The pairs stand in
the order of the form, so their levels follow from that order, the level words printed among them
and the words of their labels; where these do not decide the level stays empty, because the form
does not show it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normalize.performance.attainment import claims_to_attained
from normalize.performance.claims import is_claim_like, text_to_claim
from normalize.performance.evidence import evidence_of
from normalize.performance.grid import first_place
from normalize.performance.levels import Level
from normalize.performance.naming import Naming, pairs_to_naming
from normalize.performance.ordered import lines_to_ordered
from normalize.performance.pairing import Cut, Pair, results_width, run_to_cut
from normalize.performance.regions import tokens_to_forms
from normalize.performance.scrambled_head import ScrambledHead, tokens_to_head
from normalize.performance.scrambled_levels import pairs_to_levels
from normalize.performance.spaced import lines_to_spaced
from normalize.performance.taxonomy import parent, text_to_level
from normalize.performance.tokens import Token, TokenKind, lines_to_tokens
from schemas.findings import Cause, Finding, Severity
from schemas.performance import Indicator, PerformanceTable
from schemas.source import Line, Reader
from schemas.tables import TableKind

_ACTUAL_WORDS = ("实际", "完成")


@dataclass(frozen=True, slots=True)
class _Read:
    """A form with its pairs cut out and named."""

    head: ScrambledHead
    pairs: tuple[Pair, ...]
    naming: Naming
    levels: tuple[Level, ...]
    lost: tuple[Token, ...]


def lines_to_scrambled(lines: Sequence[Line], first_number: int) -> tuple[PerformanceTable, ...]:
    """Reads all lines of one scrambled form or several, numbered from `first_number`.

    A line such as `105%≤≥95% 基本养老保险费收入预算执行率100.97%` is a target and its result; its
    label 基本养老收入预算执行率 stands elsewhere. A label whose pairing is not clear has a finding
    `pair-uncertain`; a pair without any label has an empty name and `label-missing`. Lines that are
    not scrambled at all, but the cells of a form in order, are read as such (`ordered`).
    """
    ordered = lines_to_ordered(lines, first_number) or lines_to_spaced(lines, first_number)
    if ordered is not None:
        return ordered
    forms = tokens_to_forms(lines_to_tokens(lines))
    return tuple(
        _form_to_table(form, lines, number) for number, form in enumerate(forms, start=first_number)
    )


def _form_to_table(tokens: Sequence[Token], lines: Sequence[Line], number: int) -> PerformanceTable:
    read = _read(tokens)
    head = read.head
    indicators = tuple(_indicator(at, pair, read) for at, pair in enumerate(read.pairs, start=1))
    pages = {line.page for line in lines if line.ref in {token.ref for token in tokens}}
    with_actual = any(pair.actual for pair in read.pairs) or _has_results(head)
    return PerformanceTable(
        number=number,
        kind=TableKind.SELF_EVALUATION if with_actual else TableKind.PERFORMANCE_TARGET,
        title=head.title,
        measure=head.measure,
        budget_unit=head.budget_unit,
        project=head.project,
        budget=head.budget,
        goal=head.goal,
        result=head.result,
        indicators=indicators,
        amounts=None,
        rows=len(indicators),
        columns=len({t.text for t in head.words if t.kind is TokenKind.HEADER}),
        reader=Reader.SCRAMBLED,
        pages=tuple(sorted(pages)) or (1,),
        ref=first_place(token.ref for token in tokens),
        findings=(*_numbered(head.findings, number), *_findings(read, indicators, number)),
    )


def _has_results(head: ScrambledHead) -> bool:
    return any(
        word in token.text
        for token in head.words
        if token.kind is TokenKind.HEADER
        for word in _ACTUAL_WORDS
    )


def _read(tokens: Sequence[Token]) -> _Read:
    head = tokens_to_head(tokens)
    cuts = _cuts(head)
    pairs = tuple(pair for cut in cuts for pair in cut.pairs)
    labels = tuple(cut.labels for cut in cuts if cut.labels)
    naming = pairs_to_naming(pairs, _consecutive(labels))
    evidence = [
        evidence_of(name.text if name else "", text_to_claim(pair.target, None), {})
        for name, pair in zip(naming.names, pairs, strict=True)
    ]
    levels = pairs_to_levels(pairs, evidence, head.words)
    lost = tuple(token for cut in cuts for token in cut.lost)
    return _Read(head, pairs, naming, levels, lost)


def _cuts(head: ScrambledHead) -> tuple[Cut, ...]:
    """Every run cut into pairs and labels; without a column of results every value is a target."""
    if not _has_results(head):
        return tuple(_targets_only(run, level) for run, level in _with_levels(head))
    wide = results_width([run for run in head.runs if _count_values(run) > 2])
    return tuple(
        run_to_cut(run, wide, parent(text_to_level(level).level2) == "效益指标", level)
        for run, level in _with_levels(head)
    )


def _with_levels(head: ScrambledHead) -> Iterator[tuple[tuple[Token, ...], str]]:
    return zip(head.runs, head.levels, strict=True)


def _count_values(run: Sequence[Token]) -> int:
    return sum(is_claim_like(token.text) for token in run)


def _targets_only(run: Sequence[Token], level: str) -> Cut:
    targets = [token for token in run if is_claim_like(token.text)]
    labels = tuple(token for token in run if not is_claim_like(token.text))
    return Cut(tuple(Pair(t.text, "", t, None, level) for t in targets), labels)


def _consecutive(runs: Sequence[Sequence[Token]]) -> tuple[tuple[Token, ...], ...]:
    """Runs of labels in which each token follows the one before it, and so may go on with it."""
    found: list[list[Token]] = []
    for run in runs:
        last: Token | None = None
        for token in run:
            if last is not None and token.line - last.last <= 1:
                found[-1].append(token)
            else:
                found.append([token])
            last = token
    return tuple(tuple(run) for run in found)


def _indicator(number: int, pair: Pair, read: _Read) -> Indicator:
    name, level = read.naming.names[number - 1], read.levels[number - 1]
    target = text_to_claim(pair.target, pair.first.ref)
    actual = text_to_claim(pair.actual, pair.second.ref) if pair.second else None
    return Indicator(
        number=number,
        level1=level.level1,
        level2=level.level2,
        level2_printed=pair.level,
        moved=level.moved,
        name=name.text if name else "",
        target=target,
        actual=actual,
        attained=claims_to_attained(target, actual) if actual else None,
        weight=None,
        score=None,
        reason="",
        ref=name.ref if name else pair.first.ref,
    )


def _numbered(findings: Sequence[Finding], number: int) -> list[Finding]:
    return [
        Finding(f.rule, f.severity, f.message, f.cause, number, printed=f.printed, ref=f.ref)
        for f in findings
    ]


def _findings(read: _Read, indicators: Sequence[Indicator], number: int) -> list[Finding]:
    found: list[Finding] = []

    def say(rule: str, message: str, row: Indicator | None = None, printed: str = "") -> None:
        found.append(
            Finding(
                rule,
                Severity.WARNING,
                message,
                Cause.EXTRACTION,
                number,
                row.number if row else None,
                printed=printed,
                ref=row.ref if row else None,
            )
        )

    rows = zip(indicators, read.pairs, read.naming.sure, read.levels, strict=True)
    for indicator, pair, sure, level in rows:
        if not indicator.name:
            say("label-missing", "No label is left for this pair of values.", indicator)
        elif not (sure and pair.sure):
            say(
                "pair-uncertain",
                f"It is not certain that {indicator.target.printed!r} and its result belong to "
                f"{indicator.name!r}.",
                indicator,
                indicator.target.printed,
            )
        if not level.sure:
            say(
                "level-doubtful",
                f"The form does not show which level {indicator.name!r} belongs to.",
                indicator,
            )
    for token in read.lost:
        say("value-unplaced", f"{token.text!r} belongs to no target.", printed=token.text)
    for name in read.naming.left:
        say("label-unplaced", f"{name.text!r} belongs to no pair of values.", printed=name.text)
    if not indicators:
        say("indicators-missing", "No pair of a target and a result was found.")
    return found
