"""What reading costs, on one core, beside pdfplumber, camelot and RapidOCR over the whole page."""

import os
import statistics
import time
from collections.abc import Callable, Sequence

import cv2

from benchmarks.scans import rivals
from benchmarks.scans.cases import Case, make_case
from benchmarks.scans.product import as_document, read_layout

# So many typed documents are read for one that the slower programs read.
_MORE = 4


def _median(work: Callable[[Case], object], made: Sequence[Case]) -> float:
    """Median seconds of processor time a document, whatever else the machine does; the first is
    read once before, so that nothing is loaded in it.

    Every document is another one: what was read once is not counted as cheap the second time.
    """
    warm, *others = made
    work(warm)
    spent: list[float] = []
    for case in others:
        start = time.process_time()
        work(case)
        spent.append(time.process_time() - start)
    return statistics.median(spent)


def _in_turn(works: Sequence[Callable[[Case], object]], made: Sequence[Case]) -> list[float]:
    """As `_median` for each of several programs, the first reading `_MORE` documents in the time of
    one: they take turns, so that whatever else the machine does falls on all alike."""
    warm, *others = made
    spent: list[list[float]] = [[] for _ in works]
    for first in range(0, len(others), _MORE):
        for number, (work, times) in enumerate(zip(works, spent, strict=True)):
            # What the others left in the caches is not counted.
            work(warm)
            for case in others[first : first + (1 if number else _MORE)]:
                start = time.process_time()
                work(case)
                times.append(time.process_time() - start)
    return [statistics.median(times) for times in spent]


def show_cost(seed: int, rounds: int) -> None:
    """Print medians and ratios; born-digital pages and clean scans at 200 dpi."""
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    if cores:
        os.sched_setaffinity(0, {min(cores)})
    cv2.setNumThreads(1)
    try:
        _show(seed, rounds)
    finally:
        if cores:
            os.sched_setaffinity(0, cores)


def _show(seed: int, rounds: int) -> None:
    def layout(case: Case) -> object:
        return read_layout(as_document(case.name, case.data))

    def scanned(case: Case) -> object:
        return [rivals.rapidocr_words(scan.image) for scan in case.scans]

    print("\ncost of a page of 25 rows by 13 columns, processor time on one core, median")
    typed = [make_case("pdf", seed + n) for n in range(_MORE * rounds + 1)]
    ours, plumber, camel = _in_turn(
        (
            layout,
            lambda case: rivals.pdfplumber_tables(case.data, ()),
            lambda case: rivals.camelot_tables(case.data, ()),
        ),
        typed,
    )
    print(f"  born digital: xiada {1000 * ours:8.1f} ms")
    print(f"    pdfplumber.extract_tables {1000 * plumber:8.1f} ms, {plumber / ours:6.1f} times")
    print(f"    camelot lattice           {1000 * camel:8.1f} ms, {camel / ours:6.1f} times")
    for condition in ("clean", "combined"):
        scans = [make_case(condition, seed + n) for n in range(rounds + 1)]
        ours = _median(layout, scans)
        whole = _median(scanned, scans)
        print(
            f"  scan ({condition}): xiada {ours:6.2f} s, RapidOCR over the page {whole:6.2f} s;"
            f" xiada takes {ours / whole:4.2f} of it"
        )
