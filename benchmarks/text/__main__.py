"""`python -m benchmarks.text`: one table of ratios. Nothing is asserted; machines differ."""

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

from benchmarks.text.contenders import CONTENDERS
from benchmarks.text.memory import peak_of_extract

ROOT = Path(__file__).resolve().parents[2]
WHOLE_NOTICE = ROOT / "fixtures" / "pension_2021_region" / "input.txt"
TEXTS = (".txt", ".md", ".html", ".csv")
SMALL_NOTICE = ROOT / "fixtures" / "pension_2024_prefecture" / "input.txt"
REPEATS = 3
ROUNDS = 3
COPIES = (50, 500)
MEGABYTE = 1_000_000


def main() -> None:
    """Measure and print."""
    inputs = sorted((ROOT / "fixtures").glob("*/input*"))
    corpus = [path for path in inputs if path.suffix in TEXTS]
    _compare(f"one whole notice ({WHOLE_NOTICE.stat().st_size / 1000:.0f} KB)", [WHOLE_NOTICE])
    _compare(f"all {len(corpus)} text fixtures", corpus)
    _memory()


def _compare(title: str, paths: list[Path]) -> None:
    rounds = [{name: _measure(name, paths) for name in CONTENDERS} for _ in range(ROUNDS)]
    found = {
        name: {key: median(one[name][key] for one in rounds) for key in rounds[0][name]}
        for name in CONTENDERS
    }
    print(f"\n{title}; processor time, medians of {ROUNDS} rounds of {REPEATS}")
    print(f"{'':24}{'plain script':>14}{'xiada':>14}{'ratio':>8}")
    rows = {
        "ms": {name: result["seconds"] * 1000 for name, result in found.items()},
        "notices a second": {n: len(paths) / result["seconds"] for n, result in found.items()},
        "first one, ms": {name: result["cold"] * 1000 for name, result in found.items()},
        "peak memory, MB": {name: result["peak"] / MEGABYTE for name, result in found.items()},
    }
    for label, row in rows.items():
        ratio = row["xiada"] / row["plain"]
        print(f"{label:24}{row['plain']:14.1f}{row['xiada']:14.1f}{ratio:8.2f}")


def _measure(name: str, paths: list[Path]) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.text.contenders", name, str(REPEATS)]
    done = subprocess.run(
        [*command, *map(str, paths)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    result: dict[str, float] = json.loads(done.stdout)
    return result


def _memory() -> None:
    print("\npeak memory of `xiada extract`, MB, by number of files")
    print(f"{'':24}" + "".join(f"{copies:>10}" for copies in COPIES) + f"{'ratio':>8}")
    for formats in ("csv", "csv,jsonl,parquet,xlsx"):
        peaks = [peak_of_extract(SMALL_NOTICE, copies, formats) / MEGABYTE for copies in COPIES]
        numbers = "".join(f"{peak:10.1f}" for peak in peaks)
        print(f"{formats:24}{numbers}{peaks[-1] / peaks[0]:8.2f}")


if __name__ == "__main__":
    main()
