"""Damage as OCR does it to printed figures, at a given rate and from a seed."""

from random import Random

_ALIKE = {"0": "689", "1": "74", "2": "73", "3": "852", "4": "19", "5": "368", "6": "085",
          "7": "12", "8": "360", "9": "480"}  # fmt: skip
_WAYS = ("alike", "digit", "drop", "insert", "swap", "sign", "point", "two", "garbled")
_OFTEN = (55, 15, 8, 6, 5, 3, 4, 3, 1)
_EVEN = (0, 60, 10, 8, 6, 4, 4, 4, 4)


def _replace(text: str, place: int, new: str) -> str:
    return text[:place] + new + text[place + 1 :]


def _one_digit(text: str, way: str, random: Random) -> str:
    place = random.choice([i for i, c in enumerate(text) if c.isdigit()])
    others = _ALIKE[text[place]] if way == "alike" else "0123456789"
    return _replace(text, place, random.choice(others))


def _damaged(text: str, way: str, random: Random) -> str:
    places = [i for i, c in enumerate(text) if c.isdigit()]
    place = random.choice(places)
    other = min(place + 1, len(text) - 1)
    made = {
        "drop": _replace(text, place, ""),
        "insert": text[:place] + random.choice("0123456789") + text[place:],
        "swap": _replace(_replace(text, place, text[other]), other, text[place]),
        "sign": text.removeprefix("-") if text.startswith("-") else f"-{text}",
        "point": text.replace(".", ""),
        "garbled": str(random.randint(1, 10 ** len(places))),
    }
    if way in made:
        return made[way]
    once = _one_digit(text, way, random)
    return _one_digit(once, way, random) if way == "two" else once


def misread(text: str, even: bool, random: Random) -> str:
    """The text as it may be misread; `even` knows no look-alikes. Still a number, and another."""
    while True:
        way = random.choices(_WAYS, _EVEN if even else _OFTEN)[0]
        made = _damaged(text, way, random)
        digits = made.removeprefix("-").replace(".", "", 1)
        if digits.isdigit() and not made.endswith(".") and made[0] != "." and _number(made, text):
            return made


def _number(made: str, text: str) -> bool:
    return float(made) != float(text) and not made.startswith("-.")
