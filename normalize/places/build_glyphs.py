"""Make `data/glyphs.csv`: which characters of place names look like which others in print.

    python -m normalize.places.build_glyphs FONT.ttc

Every character of the gazetteer's names and the 3,755 usual ones of GB 2312 level 1, in both
scripts, are drawn with a free font (the file here was made with WenQuanYi Zen Hei, Debian package
fonts-wqy-zenhei 0.9.45), blurred as a poor scan would, and compared by the cosine of their ink.
Needs Pillow, which the resolver itself does not.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import opencc
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from normalize.places.names import fold
from normalize.places.vocabulary import DATA, read_csv

DRAWN, KEPT = 48, 24
LEAST = 0.74
NEIGHBOURS = 14


def usual_characters() -> list[str]:
    """GB 2312 level 1: rows 16 to 55 of the table."""
    return [
        bytes((0xA0 + row, 0xA0 + cell)).decode("gb2312")
        for row in range(16, 56)
        for cell in range(1, 95 if row < 55 else 90)
    ]


def ink(characters: Iterable[str], font_path: str) -> NDArray[np.float32]:
    """One row a character: its blurred ink, centred and of length 1."""
    font = ImageFont.truetype(font_path, DRAWN - 4)
    rows = []
    for character in characters:
        image = Image.new("L", (DRAWN, DRAWN))
        ImageDraw.Draw(image).text((DRAWN / 2, DRAWN / 2), character, 255, font, anchor="mm")
        small = image.filter(ImageFilter.GaussianBlur(1.6)).resize((KEPT, KEPT))
        rows.append(np.asarray(small, dtype=np.float32).ravel())
    table = np.stack(rows)
    table -= table.mean(axis=1, keepdims=True)
    norms: NDArray[np.float32] = np.linalg.norm(table, axis=1, keepdims=True)
    return np.asarray(table / np.maximum(norms, 1e-6), dtype=np.float32)


def likenesses(names: set[str], font_path: str) -> dict[tuple[str, str], float]:
    """Pairs of folded characters (one of a name, one that may be printed for it) by likeness."""
    traditional = opencc.OpenCC("s2t")
    wanted = sorted(names | set(usual_characters()))
    drawn = sorted(set(wanted) | {traditional.convert(c)[:1] for c in wanted})
    vectors = ink(drawn, font_path)
    folded = [fold(c) for c in drawn]
    pairs: defaultdict[tuple[str, str], float] = defaultdict(float)
    for index, character in enumerate(folded):
        if character not in names:
            continue
        cosines = vectors @ vectors[index]
        for other in np.argsort(-cosines)[: NEIGHBOURS * 2]:
            value = float(cosines[other])
            if value >= LEAST and folded[other] != character:
                pair = (character, folded[other])
                pairs[pair] = max(pairs[pair], value)
    return pairs


def main(font_path: str) -> None:
    """Write the likeliest neighbours of every character that names use."""
    names = {c for _, row in read_csv("units.csv") for c in fold(row["name"])}
    names |= {c for _, row in read_csv("aliases.csv") for c in fold(row["alias"])}
    by_character: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for (character, other), value in likenesses(names, font_path).items():
        by_character[character].append((-value, other))
    with (DATA / "glyphs.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("character", "looks_like", "likeness"))
        for character in sorted(by_character):
            for value, other in sorted(by_character[character])[:NEIGHBOURS]:
                writer.writerow((character, other, f"{-value:.2f}"))


if __name__ == "__main__":
    main(sys.argv[1])
