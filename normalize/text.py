"""Folding of text for comparison only: what is published is the text as printed.

The order is fixed and said once, here: full-width forms, then signs that differ only in style,
then white space. Superscripts, fractions and other compatibility forms are left alone, because
NFKC would turn 10² into 102.
"""

from functools import cache

from opencc import OpenCC

_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys((0x00A0, 0x2002, 0x2003, 0x2009, 0x200A, 0x202F, 0x3000), " ")
_STYLES = {ord("﹪"): "%", ord("﹣"): "-", ord("﹢"): "+", ord("∶"): ":", ord("﹦"): "="}
_FOLD: dict[int, str] = {**_FULL_WIDTH, **_SPACES, **_STYLES}


def fold(text: str) -> str:
    """Full-width forms to half-width, every kind of space to one blank, trimmed.

    >>> fold("　１２３，４５６．７８％　")
    '123,456.78%'
    >>> fold("10² 万元（中央）")
    '10² 万元(中央)'
    """
    return " ".join(fold_in_place(text).split())


def fold_in_place(text: str) -> str:
    """`fold` without touching the number of characters: place i stays place i."""
    return text if text.isascii() else text.translate(_FOLD)


def squeeze(text: str) -> str:
    """`fold` without any space: for labels, which OCR breaks anywhere.

    >>> squeeze("项目效益 指标")
    '项目效益指标'
    """
    return fold(text).replace(" ", "")


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def simplify(text: str) -> str:
    """Traditional characters to simplified ones, for matching vocabulary.

    >>> simplify("績效目標表")
    '绩效目标表'
    """
    return text if text.isascii() else _to_simplified().convert(text)


@cache
def _simplified(character: str) -> str:
    folded: str = _to_simplified().convert(character)
    return folded if len(folded) == 1 else character


def simplify_in_place(text: str) -> str:
    """`simplify` character by character: phrases would change lengths, and place i stays place i.

    >>> simplify_in_place("關於績效目標")
    '关于绩效目标'
    """
    han = {ord(char): _simplified(char) for char in set(text) if "\u3400" <= char <= "\ufaff"}
    return text.translate(han) if han else text


def label_key(text: str) -> str:
    """The form in which printed labels are compared with vocabulary: squeezed and simplified."""
    return simplify(squeeze(text))
