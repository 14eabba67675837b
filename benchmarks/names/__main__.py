"""Run with `python -m benchmarks.names [ROWS] [SEED]`: right, wrong, abstained and calibration of
joint resolution beside exact match, rapidfuzz (WRatio, ratio) and cpca, on the same rows.

Provinces are split: those whose number is even were used to fit the constants (`--fit`), the
others are used here. Aims: at strength 0.15 at least 98 % right and no wrong unit in 10,000 rows;
at 0.45 no wrong unit among rows with a score of 0.9 or more; 100 rows in 50 ms.
"""

import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from rapidfuzz import fuzz, process

from benchmarks.names.generate import Case, Truth, provinces, tables
from normalize.places import Gazetteer, load_gazetteer, place_rows
from normalize.places.names import clean, fold
from schemas.places import Level, Unit
from schemas.tables import Role

Answer = str | None
STRENGTHS = (0.05, 0.15, 0.45)


def below(gazetteer: Gazetteer, home: Unit, year: int) -> list[Unit]:
    """All units below a whole."""
    found = list(gazetteer.children(home.code, year))
    return found + [v for u in found for v in below(gazetteer, u, year)]


def exact_answers(case: Case, gazetteer: Gazetteer) -> list[Answer]:
    """The unit whose official or short name stands in the row, if there is one."""
    names: dict[str, set[str]] = {}
    for unit in below(gazetteer, case.home, case.year):
        for form in gazetteer.forms[unit]:
            names.setdefault(form.text, set()).add(unit.code)
    found = [names.get(row.printed, set()) for row in case.rows]
    return [next(iter(codes)) if len(codes) == 1 else None for codes in found]


def fuzzy_answers(case: Case, gazetteer: Gazetteer, scorer: Callable[..., float]) -> list[Answer]:
    """The unit whose name is nearest after conversion, whatever the score."""
    names: dict[str, str] = {}
    for unit in below(gazetteer, case.home, case.year):
        for form in gazetteer.forms[unit]:
            names.setdefault(fold(form.text), unit.code)
    choices = list(names)
    answers: list[Answer] = []
    for row in case.rows:
        best = process.extractOne(fold(clean(row.printed)), choices, scorer=scorer)
        answers.append(names[best[0]] if best and best[1] > 0 else None)
    return answers


def cpca_answers(cases: Sequence[Case]) -> list[list[Answer]] | None:
    """What cpca makes of each name after the name of the home; None where it is not installed."""
    try:
        import cpca  # noqa: PLC0415
    except ImportError:
        return None
    texts = [case.home.name + fold(clean(row.printed)) for case in cases for row in case.rows]
    codes = iter(cpca.transform(texts)["adcode"].tolist())
    answers = []
    for case in cases:
        found = [next(codes) for _ in case.rows]
        answers.append([c if c and c != case.home.code else None for c in found])
    return answers


def tally(cases: Iterable[Case], answers: Iterable[Sequence[Answer]]) -> Counter[str]:
    """Count right, wrong and abstained over all rows but totals; a row without a coded unit is
    right when it gets no code."""
    counts: Counter[str] = Counter()
    for case, given in zip(cases, answers, strict=True):
        for row, truth, answer in zip(case.rows, case.truths, given, strict=True):
            if row.role is not Role.TOTAL:
                counts[verdict(truth, answer)] += 1
    return counts


def verdict(truth: Truth, answer: Answer) -> str:
    """Whether an answer is right, wrong or none."""
    wanted = truth.unit.code if truth.unit else None
    if answer == wanted:
        return "right"
    return "abstained" if answer is None else "wrong"


def joint(
    cases: Sequence[Case], gazetteer: Gazetteer
) -> tuple[list[list[Answer]], list[list[float]], float]:
    """The answers and scores of joint resolution, and the seconds that they took."""
    answers, scores = [], []
    start = time.perf_counter()
    for case in cases:
        placed = place_rows(case.rows, case.home, case.year, gazetteer, case.known)
        answers.append(
            [p.unit.code if p.unit and p.unit.level is not Level.UNCODED else None for p in placed]
        )
        scores.append([float(p.score) for p in placed])
    return answers, scores, time.perf_counter() - start


def show(name: str, counts: Counter[str]) -> None:
    """One line of the report."""
    total = sum(counts.values())
    right, wrong, none = (
        f"{100 * counts[kind] / total:7.2f} %" for kind in ("right", "wrong", "abstained")
    )
    print(f"  {name:<18}{right} right {wrong} wrong ({counts['wrong']:>4} rows) {none} abstained")


def show_details(
    cases: Sequence[Case], answers: list[list[Answer]], scores: list[list[float]]
) -> None:
    """Calibration, and what became of each kind of damage."""
    bins: dict[float, list[int]] = {}
    kinds: dict[str, Counter[str]] = {}
    for case, given, sure in zip(cases, answers, scores, strict=True):
        for row, truth, answer, score in zip(case.rows, case.truths, given, sure, strict=True):
            if row.role is Role.TOTAL:
                continue
            result = verdict(truth, answer)
            kinds.setdefault(truth.kind, Counter())[result] += 1
            if answer is not None:
                edge = next(
                    e for e in (0.999, 0.995, 0.99, 0.98, 0.97, 0.95, 0.9, 0.0) if score >= e
                )
                bins.setdefault(edge, [0, 0])[result == "right"] += 1
    for edge, (wrong, right) in sorted(bins.items(), reverse=True):
        share = 100 * right / (right + wrong)
        print(f"    score >= {edge:<6} {right + wrong:>6} rows, {share:8.3f} % right")
    for kind, counts in sorted(kinds.items()):
        show(f"  {kind}", counts)


def main(arguments: Sequence[str]) -> None:
    """Print the comparison."""
    fit = "--fit" in arguments
    numbers = [int(a) for a in arguments if a.isdigit()]
    rows, seed = (numbers + [10_000, 2024][len(numbers) :])[:2]
    start = time.perf_counter()
    gazetteer = load_gazetteer()
    print(f"gazetteer: {len(gazetteer.units)} units loaded in {time.perf_counter() - start:.3f} s")
    homes = provinces(gazetteer)[0 if fit else 1 :: 2]
    for strength in STRENGTHS:
        cases = list(tables(gazetteer, homes, seed, strength, rows))
        made = sum(len(case.rows) for case in cases)
        print(f"strength {strength}: {len(cases)} tables, {made} rows, seed {seed}")
        answers, scores, seconds = joint(cases, gazetteer)
        show("xiada", tally(cases, answers))
        print(f"    {1000 * seconds * 100 / made:.1f} ms for 100 rows")
        show_details(cases, answers, scores)
        show("exact match", tally(cases, [exact_answers(c, gazetteer) for c in cases]))
        for name, scorer in (("rapidfuzz WRatio", fuzz.WRatio), ("rapidfuzz ratio", fuzz.ratio)):
            show(name, tally(cases, [fuzzy_answers(c, gazetteer, scorer) for c in cases]))
        others = cpca_answers(cases)
        if others is None:
            print("  cpca               not installed")
        else:
            show("cpca", tally(cases, others))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB (all tools loaded)")


if __name__ == "__main__":
    main(sys.argv[1:])
