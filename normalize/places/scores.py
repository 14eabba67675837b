"""From the cost of the best other world to a score that means what it says.

The costs of the joint assignment are log probabilities of a model that is only roughly right, so
that its probabilities are sharpened or flattened by a number, and cut off at a least doubt,
all fitted to tables of the benchmark (`benchmarks/names`, provinces and seeds of their own).
"""

from decimal import Decimal

SHARPEST = 1.6
SHARPNESS_LOST = 3.4
SHARPNESS_LIMITS = (0.2, 1.2)
LEAST_DOUBT = 0.0002
ACCEPTED = Decimal("0.96")
_STEP = Decimal("0.0001")


def sharpness_of(harm: float) -> float:
    """How far to trust the costs in a table with this share of harmed names: the more names are
    harmed, the more of those that look whole are another unit's.

    >>> sharpness_of(0.0), round(sharpness_of(0.3), 2)
    (1.2, 0.58)
    """
    least, most = SHARPNESS_LIMITS
    return min(most, max(least, SHARPEST - SHARPNESS_LOST * harm))


def score_of(probability: float) -> Decimal:
    """A probability of the model as a published score, from 0 to 1 in steps of 0.0001.

    >>> score_of(1.0), score_of(0.5)
    (Decimal('0.9998'), Decimal('0.4999'))
    """
    return Decimal(probability * (1 - LEAST_DOUBT)).quantize(_STEP)
