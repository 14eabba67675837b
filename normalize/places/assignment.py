"""The best one-to-one assignment of rows to units, and what every other choice would cost.

The optimum is found by scipy's `linear_sum_assignment` (the modified Jonker-Volgenant algorithm
of D. F. Crouse, "On implementing 2D rectangular assignment algorithms", IEEE Transactions on
Aerospace and Electronic Systems 52, 2016). The cost of the best assignment that differs in a given
row follows from shortest paths in the exchange graph of the optimum (R. E. Burkard, M. Dell'Amico,
S. Martello, "Assignment Problems", 2009), found for all rows at once by Floyd and Warshall.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

FAR = 1e6


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """`chosen[r]` is the column of row r, -1 for none. `extra[r, c]` is how much dearer the best
    assignment is in which row r has column c; its last column stands for none."""

    cost: float
    chosen: NDArray[np.int64]
    extra: NDArray[np.float64]


def best_cost(costs: NDArray[np.float64], none: NDArray[np.float64]) -> float:
    """The cost of the best assignment alone."""
    return _solve(costs, none)[1]


def _solve(
    costs: NDArray[np.float64], none: NDArray[np.float64]
) -> tuple[NDArray[np.int64], float]:
    rows = costs.shape[0]
    full = np.hstack([costs, np.broadcast_to(none[:, None], (rows, rows))])
    chosen = linear_sum_assignment(full)[1]
    cost = float(full[np.arange(rows), chosen].sum())
    return np.where(chosen < costs.shape[1], chosen, -1), cost


def assign(costs: NDArray[np.float64], none: NDArray[np.float64]) -> Assignment:
    """Assign each row a column of its own, or none at the row's price `none[r]`.

    >>> a = assign(np.array([[0.0, 5.0], [1.0, 9.0]]), np.array([20.0, 20.0]))
    >>> a.chosen.tolist(), a.cost, a.extra[0].tolist()
    ([1, 0], 6.0, [3.0, 0.0, 15.0])
    """
    rows, columns = costs.shape
    chosen, cost = _solve(costs, none)
    offers = np.hstack([costs, none[:, None]])
    offers = offers - offers[np.arange(rows), chosen, None]
    free = np.ones(columns + 1, dtype=bool)
    free[chosen[chosen >= 0]] = False
    # Nodes are rows and one more for "a free column": an edge r -> s lets r take the column of s.
    graph = np.full((rows + 1, rows + 1), FAR)
    graph[:rows, :rows] = np.where(chosen[None, :] >= 0, offers[:, chosen], FAR)
    graph[:rows, rows] = offers[:, free].min(axis=1)
    graph[rows, :] = 0.0
    np.fill_diagonal(graph, 0.0)
    paths = graph
    for node in range(rows + 1):
        paths = np.minimum(paths, paths[:, node, None] + paths[None, node, :])
    back = np.empty((rows, columns + 1))
    back[:, free] = paths[rows, :rows, None]
    taken = chosen >= 0
    back[:, chosen[taken]] = paths[:rows, :rows][taken].T
    extra = np.maximum(offers + back, 0.0)
    return Assignment(cost, chosen, extra)
