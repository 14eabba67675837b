"""All cross-checks of a notice. They share one signature and stand in a tuple."""

from collections.abc import Callable
from typing import Final

from audit.cross.amounts import check_amounts
from audit.cross.body import check_body_totals
from audit.cross.counts import check_counts
from audit.cross.evaluations import check_far_targets, check_spending_rates
from audit.cross.facts import ReadFacts
from audit.cross.goals import (
    check_result_measures,
    check_result_words,
    check_told_values,
)
from audit.cross.namesakes import check_namesakes
from audit.cross.products import check_each_time, check_products
from audit.cross.projects import check_projects
from audit.cross.standards import check_standards
from audit.cross.told_sums import check_told_sums
from schemas.findings import Finding

Check = Callable[[ReadFacts], tuple[Finding, ...]]

CROSS_CHECKS: Final[tuple[Check, ...]] = (
    check_amounts,
    check_counts,
    check_namesakes,
    check_standards,
    check_each_time,
    check_products,
    check_told_sums,
    check_told_values,
    check_spending_rates,
    check_far_targets,
    check_result_measures,
    check_result_words,
    check_projects,
    check_body_totals,
)


def cross_check(notice: ReadFacts) -> tuple[Finding, ...]:
    """Where tables, forms and words of one notice contradict: all findings, in the checks' order.

    None accuses where only a guess links two values; what agrees is told by `amount_agreements`
    and `product_agreements`.
    """
    return tuple(finding for check in CROSS_CHECKS for finding in check(notice))
