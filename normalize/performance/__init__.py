"""Performance targets and self-evaluations: from cells, or scrambled lines, to typed tables."""

from normalize.performance.attainment import claims_to_attained
from normalize.performance.claims import is_claim_like, text_to_claim
from normalize.performance.regions import looks_scrambled, scrambled_span
from normalize.performance.scrambled import lines_to_scrambled
from normalize.performance.tables import part_to_performance, parts_to_performance

__all__ = [
    "claims_to_attained",
    "is_claim_like",
    "lines_to_scrambled",
    "looks_scrambled",
    "part_to_performance",
    "parts_to_performance",
    "scrambled_span",
    "text_to_claim",
]
