"""Damage to printed names, made without the tables that the resolver uses.

Look-alikes come from another font (AR PL UMing, Debian package fonts-arphic-uming) and another
comparison (share of unlike pixels of unblurred glyphs) than the resolver's; where the font or
Pillow is absent, characters are replaced at random, which is harder. The rest is chance.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import opencc

FONT = Path("/usr/share/fonts/truetype/arphic/uming.ttc")
KINDS = ("script", "look_alike", "drop", "sibling", "stranger", "blank", "noise")


@cache
def usual() -> tuple[str, ...]:
    """The 3,755 characters of GB 2312 level 1."""
    return tuple(
        bytes((0xA0 + row, 0xA0 + cell)).decode("gb2312")
        for row in range(16, 56)
        for cell in range(1, 95 if row < 55 else 90)
    )


@cache
def look_alikes(characters: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The five characters that look most like each of some characters; empty without the font."""
    try:
        import numpy as np  # noqa: PLC0415
        from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415
    except ImportError:
        return {}
    if not FONT.exists():
        return {}
    font = ImageFont.truetype(str(FONT), 30)
    drawn = sorted(set(characters) | set(usual()))
    bits = []
    for character in drawn:
        image = Image.new("1", (32, 32))
        ImageDraw.Draw(image).text((16, 16), character, 1, font, anchor="mm")
        bits.append(np.asarray(image).ravel())
    pixels = np.stack(bits).astype(np.float32)
    ink = pixels.sum(axis=1)
    found = {}
    for character in characters:
        mine = pixels[drawn.index(character)]
        unlike = (ink + mine.sum() - 2 * pixels @ mine) / (ink + mine.sum())
        nearest = [drawn[int(i)] for i in np.argsort(unlike)[1:6]]
        found[character] = tuple(nearest)
    return found


@cache
def _traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a damaged name may be taken from: names of the same table, names of other provinces,
    and look-alikes by character."""

    siblings: list[str]
    strangers: list[str]
    similar: dict[str, tuple[str, ...]]


def damaged(name: str, kind: str, random: Random, around: Surroundings) -> str:
    """A name with one kind of damage."""
    if kind == "script":
        return str(_traditional().convert(name))
    if kind == "blank":
        return ""
    if kind == "sibling":
        return random.choice([s for s in around.siblings if s != name] or [name])
    if kind == "stranger":
        alike = [s for s in around.strangers if s[0] == name[0]]
        return random.choice(alike if alike and random.random() < 0.5 else around.strangers)
    letters = list(name)
    {"drop": _drop, "look_alike": _look_alike, "noise": _noise}[kind](letters, random, around)
    return "".join(letters)


def _drop(letters: list[str], random: Random, _: Surroundings) -> None:
    for _again in range(1 if random.random() < 0.8 else 2):
        if len(letters) > 1:
            del letters[random.randrange(len(letters))]


def _look_alike(letters: list[str], random: Random, around: Surroundings) -> None:
    for _ in range(1 if random.random() < 0.7 else 2):
        place = random.randrange(len(letters))
        letters[place] = random.choice(around.similar.get(letters[place]) or usual())


def _noise(letters: list[str], random: Random, _: Surroundings) -> None:
    place = random.randrange(len(letters))
    roll = random.random()
    if roll < 0.4:
        letters[place] = random.choice(usual())
    elif roll < 0.7:
        letters.insert(place, random.choice(usual()))
    elif place + 1 < len(letters):
        letters[place], letters[place + 1] = letters[place + 1], letters[place]
