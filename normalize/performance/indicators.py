"""Drafts to indicators: values taken apart, levels set, findings for what is unclear."""

from collections.abc import Sequence
from dataclasses import replace

from normalize.performance.attainment import claims_to_attained
from normalize.performance.claims import is_claim_like, text_to_claim
from normalize.performance.fields import Field
from normalize.performance.garbled import garbled_values
from normalize.performance.levels import Level
from normalize.performance.printed_levels import PrintedLevels
from normalize.performance.upright import Draft
from normalize.quantities import measures, text_to_quantity
from normalize.text import fold
from schemas.findings import Cause, Finding, Severity
from schemas.performance import Claim, Comparator, Indicator
from schemas.source import Ref
from schemas.tables import Quantity


def target_of(draft: Draft) -> Claim:
    """The target of a draft; sign and measure in columns of their own are joined to the number.

    `≥ | 95 | %` gives the printed text `≥95%`. A blank target has the place where it should stand.
    """
    return _claim(draft, Field.TARGET) or text_to_claim("", draft.ref)


def _claim(draft: Draft, field: Field) -> Claim | None:
    slot = draft.cells.get(field)
    if slot is None:
        return None
    nature = draft.cells.get(Field.NATURE) if field is Field.TARGET else None
    text = slot.text
    if nature is not None and _is_sign(nature.text) and not _is_sign(text[:1]):
        text = nature.text + text
    after = draft.cells.get(Field.MEASURE)
    if after is None or not fold(text)[-1:].isdigit():
        return text_to_claim(text, slot.ref)
    return _with_measure(text, after.text, slot.ref)


def _with_measure(text: str, measure: str, ref: Ref) -> Claim:
    """A number and the measure of its row as one claim; the measure column is kept whole
    (`12` and `台（套）`), and a `12` beside `月底前` is a deadline."""
    claim, joined = text_to_claim(text, ref), text_to_claim(text + measure, ref)
    if joined.comparator is Comparator.BY or (claim.low is None and claim.high is None):
        return joined
    key = fold(measure)
    whole = key if key in measures() else measure.strip()
    return replace(claim, printed=joined.printed, measure=whole)


def _is_sign(text: str) -> bool:
    claim = text_to_claim(f"{text}1", None)
    return claim.comparator is not Comparator.TEXT and not claim.words and not text[:1].isdigit()


def drafts_to_indicators(
    drafts: Sequence[Draft],
    printed: Sequence[PrintedLevels],
    levels: Sequence[Level],
    table_no: int,
) -> tuple[tuple[Indicator, ...], tuple[Finding, ...]]:
    """Indicators numbered from 1 in print order, and what is to be said about them."""
    indicators: list[Indicator] = []
    findings: list[Finding] = []
    rows = zip(drafts, printed, levels, strict=True)
    for number, (draft, stood, level) in enumerate(rows, start=1):
        indicator = _indicator(number, draft, stood, level)
        indicators.append(indicator)
        findings += _findings(indicator, draft, stood, level, table_no)
    return tuple(indicators), (*findings, *garbled_values(indicators, table_no))


def _indicator(number: int, draft: Draft, stood: PrintedLevels, level: Level) -> Indicator:
    target, actual = target_of(draft), _claim(draft, Field.ACTUAL)
    reason = draft.cells.get(Field.REASON)
    return Indicator(
        number=number,
        level1=level.level1,
        level2=level.level2,
        level2_printed=stood.text2,
        moved=level.moved,
        name=draft.name,
        target=target,
        actual=actual,
        attained=claims_to_attained(target, actual) if actual else None,
        weight=_quantity(draft, Field.WEIGHT),
        score=_quantity(draft, Field.SCORE),
        reason=reason.text if reason else "",
        ref=draft.ref,
    )


def _quantity(draft: Draft, field: Field) -> Quantity | None:
    slot = draft.cells.get(field)
    return text_to_quantity(slot.text, slot.ref) if slot else None


def _findings(
    indicator: Indicator, draft: Draft, stood: PrintedLevels, level: Level, table_no: int
) -> list[Finding]:
    found = [replace(f, table_no=table_no, row_no=indicator.number) for f in draft.findings]

    def say(rule: str, severity: Severity, cause: Cause, printed: str, message: str) -> None:
        found.append(
            Finding(
                rule,
                severity,
                message,
                cause,
                table_no,
                indicator.number,
                printed=printed,
                ref=indicator.ref,
            )
        )

    name = indicator.name
    if not name or is_claim_like(name):
        value = indicator.target.printed or name
        text = f"The value {value!r} stands beside no name."
        say("name-missing", Severity.WARNING, Cause.UNKNOWN, value, text)
    if not indicator.target.printed.strip():
        say("target-blank", Severity.WARNING, Cause.UNKNOWN, "", f"{name!r} has no printed target.")
    if level.moved:
        was = "/".join(part for part in (stood.text1, stood.text2) if part)
        say(
            "level-moved",
            Severity.NOTE,
            Cause.OCR,
            was,
            f"{name!r} stands at {was} and belongs to {level.level1}/{level.level2}.",
        )
    if not level.sure:
        say(
            "level-doubtful",
            Severity.WARNING,
            Cause.UNKNOWN,
            stood.text2,
            f"It is not certain which level {name!r} belongs to; what is printed was kept.",
        )
    return found
