"""Whatever more happens to a damaged notice, reading it is not a fault of the program."""

import random
from pathlib import Path

import pytest

from ingest.attempt import attempt

FIXTURES = Path(__file__).parents[2] / "fixtures"
# Pages whose text layer is broken are read as pictures: of PDFs those of one page will do.
INPUTS = sorted(set(FIXTURES.glob("*/input*")) - {FIXTURES / "pdf_notice" / "input.pdf"})
GARBLED = str.maketrans("0123456789", "OlZ3٤5６7８-")


def damaged(text: str, chance: random.Random) -> str:
    """The text with some lines lost, doubled, moved, glued, thinned out or garbled."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(lines))
        line = lines[at]
        kind = chance.randrange(7)
        if kind == 0:
            del lines[at : at + chance.randint(1, 4)]
        elif kind == 1:
            lines.insert(at, chance.choice(lines))
        else:
            thinned = "".join(c for c in line if chance.random() > 0.1)
            shifted = line.replace("\t", "\t\t", 1)
            garbled = line.translate(GARBLED)
            lines[at] = (line.replace("\t", " "), shifted, thinned, line * 2, garbled)[kind - 2]
        lines = lines or [""]
    return "\n".join(lines)


@pytest.mark.parametrize("path", INPUTS, ids=[path.parent.name for path in INPUTS])
def test_no_damage_is_a_fault_of_the_program(path: Path, tmp_path: Path) -> None:
    text = path.read_text("utf-8", errors="replace")
    chance = random.Random(path.parent.name)
    for number in range(1 if len(text) > 10_000 else 3):
        copy = tmp_path / f"{number}{path.suffix}"
        copy.write_text(damaged(text, chance), "utf-8")
        records = attempt(copy, str(copy)).records
        faults = [f.message for f in records.findings if f.rule == "internal-error"]
        assert faults == []
        assert len(records.notices) == 1
