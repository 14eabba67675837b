"""The fiscal year of a notice, decided between its title, its body and its tables."""

from collections.abc import Sequence

from normalize.head.money import (
    lines_to_year,
    text_to_fiscal_years,
    title_to_fiscal_year,
    years_of_title,
)
from normalize.head.text import Flow, HeadLine
from schemas.findings import Cause, Finding, Severity
from schemas.source import Ref


def texts_to_fiscal_year(
    title: str, flow: Flow, lead: Sequence[HeadLine], lines: Sequence[HeadLine], ref: Ref | None
) -> tuple[int | None, tuple[Finding, ...]]:
    """The year of the money. `title` is folded. The title has the first say, then the year of the
    accounts in the body, then the titles of the tables and lines such as （2020年度）; what is not
    clear stays empty."""
    named = title_to_fiscal_year(title)
    of_body = text_to_fiscal_years(flow.folded)
    if named is not None:
        if of_body and named not in of_body:
            return named, (_differs(named, of_body, ref),)
        return named, ()
    several = years_of_title(title)
    if len(of_body) == 1 and (not several or of_body[0] in several):
        return of_body[0], ()
    if several or len(of_body) > 1:
        return None, (_unclear(several or of_body, ref),)
    of_tables = {year for line in lead for year in years_of_title(line.folded[:120])}
    if len(of_tables) == 1:
        return of_tables.pop(), ()
    return lines_to_year(lead) or lines_to_year(lines), ()


def _differs(named: int, of_body: Sequence[int], ref: Ref | None) -> Finding:
    years = "、".join(map(str, of_body))
    return Finding(
        "fiscal-year-differs",
        Severity.WARNING,
        f"The title speaks of {named}, the body enters the money under {years}.",
        Cause.UNKNOWN,
        printed=str(named),
        proposal=years,
        ref=ref,
    )


def _unclear(years: Sequence[int], ref: Ref | None) -> Finding:
    printed = "、".join(map(str, years))
    return Finding(
        "fiscal-year-unclear",
        Severity.WARNING,
        f"The notice names several years ({printed}) and does not say which is that of the money.",
        Cause.UNKNOWN,
        printed=printed,
        ref=ref,
    )
