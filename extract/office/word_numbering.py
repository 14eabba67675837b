"""The numbers that Word sets before paragraphs by itself: 一、, （二）, 3., ①."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import regex
from lxml import etree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVEL = regex.compile(r"%([1-9])")
_HAN = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_COUNTED = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
     "taiwaneseCountingThousand", "chineseLegalSimplified", "koreanDigital2"}
)  # fmt: skip
_MOST_LEVELS = 9
_MOST_NUMBER = 9_999
_MOST_STYLES_DEEP = 20


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered; `pattern` has %1 where the number stands."""

    start: int
    form: str
    pattern: str
    legal: bool


@dataclass(frozen=True, slots=True)
class Numbering:
    """The lists of a document: levels and the list's own id by its number, and what styles number.

    `own` tells which lists count together."""

    levels: Mapping[str, Mapping[int, Level]]
    own: Mapping[str, str]
    styles: Mapping[str, tuple[str, int]]


@dataclass(slots=True)
class Counters:
    """How far each list has counted, as the paragraphs pass by."""

    reached: dict[str, list[int]] = field(default_factory=dict)


def w(element: etree._Element | None, name: str, default: str = "") -> str:
    """An attribute in Word's namespace."""
    return default if element is None else element.get(f"{WORD}{name}", default)


def trees_to_numbering(
    numbering: etree._Element | None, styles: etree._Element | None
) -> Numbering:
    """What numbering.xml and styles.xml say of lists; either may be missing."""
    abstract: dict[str, dict[int, Level]] = {}
    levels: dict[str, dict[int, Level]] = {}
    own: dict[str, str] = {}
    if numbering is not None:
        for element in numbering.iterfind(f"{WORD}abstractNum"):
            abstract[w(element, "abstractNumId")] = _levels(element)
        for element in numbering.iterfind(f"{WORD}num"):
            number, base = w(element, "numId"), w(element.find(f"{WORD}abstractNumId"), "val")
            overrides = element.findall(f"{WORD}lvlOverride")
            levels[number] = {**abstract.get(base, {}), **_overridden(overrides, abstract, base)}
            own[number] = f"num {number}" if overrides else base
    return Numbering(levels, own, _styles(styles))


def _levels(element: etree._Element) -> dict[int, Level]:
    return {
        _whole(w(level, "ilvl")): Level(
            _whole(w(level.find(f"{WORD}start"), "val", "0")),
            w(level.find(f"{WORD}numFmt"), "val", "decimal"),
            w(level.find(f"{WORD}lvlText"), "val"),
            level.find(f"{WORD}isLgl") is not None,
        )
        for level in element.iterfind(f"{WORD}lvl")
    }


def _overridden(
    overrides: list[etree._Element], abstract: Mapping[str, Mapping[int, Level]], base: str
) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for override in overrides:
        at = _whole(w(override, "ilvl"))
        new = _levels(override).get(at) or abstract.get(base, {}).get(at)
        start = override.find(f"{WORD}startOverride")
        if new is not None:
            first = _whole(w(start, "val")) if start is not None else new.start
            found[at] = Level(first, new.form, new.pattern, new.legal)
    return found


def _styles(root: etree._Element | None) -> dict[str, tuple[str, int]]:
    """The list and level of each paragraph style that has one, its own or that of its base."""
    if root is None:
        return {}
    own: dict[str, tuple[str, int]] = {}
    bases: dict[str, str] = {}
    for style in root.iterfind(f"{WORD}style"):
        name = w(style, "styleId")
        bases[name] = w(style.find(f"{WORD}basedOn"), "val")
        found = properties_to_list(style.find(f"{WORD}pPr"))
        if found is not None:
            own[name] = found
    told: dict[str, tuple[str, int]] = {}
    for name in bases:
        at = name
        for _ in range(_MOST_STYLES_DEEP):
            if at in own:
                told[name] = own[at]
                break
            at = bases.get(at, "")
    return told


def properties_to_list(properties: etree._Element | None) -> tuple[str, int] | None:
    """The list and level that the properties of a paragraph name, None where they name none."""
    element = properties.find(f"{WORD}numPr") if properties is not None else None
    if element is None:
        return None
    number = w(element.find(f"{WORD}numId"), "val")
    level = _whole(w(element.find(f"{WORD}ilvl"), "val", "0"))
    return (number, level) if number else None


def paragraph_number(paragraph: etree._Element, numbering: Numbering, counters: Counters) -> str:
    """What Word sets before a paragraph, "" for nothing or a mere bullet; counts it."""
    properties = paragraph.find(f"{WORD}pPr")
    found = properties_to_list(properties)
    if found is None and properties is not None:
        found = numbering.styles.get(w(properties.find(f"{WORD}pStyle"), "val"))
    if found is None or found[1] >= _MOST_LEVELS:
        return ""
    number, at = found
    levels = numbering.levels.get(number, {})
    if at not in levels:
        return ""
    key = numbering.own.get(number, number)
    reached = counters.reached.setdefault(key, [-1] * _MOST_LEVELS)
    for i in range(at):
        if reached[i] < 0 and i in levels:
            reached[i] = levels[i].start
    reached[at] = reached[at] + 1 if reached[at] >= 0 else levels[at].start
    reached[at + 1 :] = [-1] * (_MOST_LEVELS - at - 1)
    if levels[at].form == "bullet":
        return ""
    return _LEVEL.sub(
        lambda match: _shown(levels, int(match[1]) - 1, reached, levels[at].legal),
        levels[at].pattern,
    )


def _shown(levels: Mapping[int, Level], at: int, reached: list[int], legal: bool) -> str:
    if at not in levels or reached[at] < 0:
        return ""
    return (
        ""
        if levels[at].form == "none"
        else number_text(reached[at], "decimal" if legal else levels[at].form)
    )


def number_text(number: int, form: str) -> str:
    """A number in one of Word's forms; forms that are not known are shown in digits.

    >>> [number_text(12, form) for form in ("chineseCounting", "upperLetter", "lowerRoman")]
    ['十二', 'L', 'xii']
    >>> number_text(3, "decimalEnclosedCircleChinese"), number_text(3, "ideographTraditional")
    ('③', '丙')
    """
    if form in _COUNTED:
        return _han(number)
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if form == "ideographTraditional" and 1 <= number <= len(_STEMS):
        return _STEMS[number - 1]
    if form == "decimalZero":
        return f"{number:02}"
    letters = _letters(number, form)
    return letters or str(number)


def _letters(number: int, form: str) -> str:
    if number < 1:
        return ""
    text = ""
    if form.endswith("Letter"):
        text = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)
    elif form.endswith("Roman"):
        rest = min(number, _MOST_NUMBER)
        for value, sign in _ROMAN:
            text += sign * (rest // value)
            rest %= value
    return text.upper() if form.startswith("upper") else text


def _han(number: int) -> str:
    if number >= 100:
        return "".join(_HAN[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    if not tens:
        return _HAN[ones]
    return ("" if tens == 1 else _HAN[tens]) + "十" + (_HAN[ones] if ones else "")


def _whole(text: str) -> int:
    """A whole number in a file; what is none counts as 0."""
    return min(int(text), _MOST_NUMBER) if text.isascii() and text.isdecimal() else 0
