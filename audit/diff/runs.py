"""Two runs: the same documents read at different times, or by different versions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from audit.diff.sides import Comparison, Difference, DifferenceKind, RunFigure, Tolerances


@dataclass(slots=True)
class _Side:
    """The figures of a run by key, and those whose key was taken already."""

    figures: dict[tuple[str, ...], RunFigure] = field(default_factory=dict)
    repeated: list[RunFigure] = field(default_factory=list)


def compare_runs(
    left: Iterable[RunFigure],
    right: Iterable[RunFigure],
    names: tuple[str, str],
    tolerances: Tolerances,
    folded: Mapping[str, str],
) -> Comparison:
    """Figures with a changed value, status or unit, and figures of one run alone.

    `names` are what the runs are called, `folded` the form of each item under which `tolerances`
    knows it. Of figures with the same key the first is compared and the others are reported.
    """
    one, other = _side(left), _side(right)
    found: list[Difference] = []
    compared = 0
    for key, figure in one.figures.items():
        partner = other.figures.get(key)
        if partner is None:
            found.append(_alone(DifferenceKind.LEFT_ROW, figure, on_left=True))
            continue
        compared += 1
        found += _changes(figure, partner, tolerances, folded)
    found += [
        _alone(DifferenceKind.RIGHT_ROW, figure, on_left=False)
        for key, figure in other.figures.items()
        if key not in one.figures
    ]
    kinds = DifferenceKind
    found += [_alone(kinds.LEFT_REPEATED, f, on_left=True) for f in one.repeated]
    found += [_alone(kinds.RIGHT_REPEATED, f, on_left=False) for f in other.repeated]
    return Comparison(*names, compared, tuple(found))


def _side(figures: Iterable[RunFigure]) -> _Side:
    side = _Side()
    for figure in figures:
        if figure.key in side.figures:
            side.repeated.append(figure)
        else:
            side.figures[figure.key] = figure
    return side


def _changes(
    left: RunFigure, right: RunFigure, tolerances: Tolerances, folded: Mapping[str, str]
) -> Iterator[Difference]:
    kinds = DifferenceKind
    if left.value is not None and right.value is not None:
        tolerance = tolerances.of([folded.get(left.column, left.column)])
        difference = left.value - right.value
        if abs(difference) > tolerance:
            texts = (format(left.value, "f"), format(right.value, "f"))
            changed = _change(kinds.VALUE, left, right, texts)
            yield Difference(*changed, difference, tolerance, left.place, right.place)
    elif left.value != right.value or left.printed != right.printed:
        texts = (_text(left), _text(right))
        yield Difference(
            *_change(kinds.KIND, left, right, texts),
            left_place=left.place,
            right_place=right.place,
        )
    for kind, texts in (
        (kinds.STATUS, (left.status, right.status)),
        (kinds.UNIT, (left.unit_code, right.unit_code)),
    ):
        if texts[0] != texts[1]:
            yield Difference(
                *_change(kind, left, right, texts), left_place=left.place, right_place=right.place
            )


def _change(
    kind: DifferenceKind, left: RunFigure, right: RunFigure, texts: tuple[str, str]
) -> tuple[DifferenceKind, str, str, str, str, str, str]:
    name = left.name if left.name == right.name else f"{left.name} / {right.name}"
    return kind, left.source, " ".join(left.key[1:]), name, left.column, *texts


def _text(figure: RunFigure) -> str:
    return figure.printed if figure.value is None else format(figure.value, "f")


def _alone(kind: DifferenceKind, figure: RunFigure, *, on_left: bool) -> Difference:
    text = _text(figure)
    return Difference(
        kind,
        figure.source,
        " ".join(figure.key[1:]),
        figure.name,
        figure.column,
        text if on_left else "",
        "" if on_left else text,
        left_place=figure.place if on_left else "",
        right_place="" if on_left else figure.place,
    )
