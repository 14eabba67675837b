"""The best assignment, and what every other choice costs, against trying all of them."""

import itertools

import numpy as np
import pytest

from normalize.places.assignment import assign
from normalize.places.order import order_costs, rising


@pytest.mark.parametrize("seed", range(25))
def test_every_margin_is_the_cost_of_the_best_world_that_differs(seed: int) -> None:
    random = np.random.default_rng(seed)
    rows, columns = int(random.integers(1, 5)), int(random.integers(0, 5))
    costs, none = random.normal(size=(rows, columns)) * 5, random.normal(size=rows) * 5
    best: dict[tuple[int, int], float] = {}
    for world in itertools.product(range(columns + 1), repeat=rows):
        real = [c for c in world if c < columns]
        if len(set(real)) == len(real):
            cost = sum(costs[r, c] if c < columns else none[r] for r, c in enumerate(world))
            for pair in enumerate(world):
                best[pair] = min(best.get(pair, np.inf), cost)
    found = assign(costs, none)
    least = min(best.values())
    assert found.cost == pytest.approx(least)
    for (row, column), cost in best.items():
        assert found.extra[row, column] == pytest.approx(cost - least)


def test_a_row_that_bears_its_neighbours_name_does_not_count_as_order() -> None:
    # 0 _ 2 and a nameless row: the row named 2 leaves no room for the row after it.
    assert rising([0, 2, -1, 3], [True] * 4, 4) == {0, 3}


def test_a_nameless_row_between_two_in_order_has_the_column_between_them() -> None:
    costs = order_costs([0, 1, -1, 3, 4], [True] * 5, np.ones(5), 0.9)
    assert costs[2].argmin() == 2
