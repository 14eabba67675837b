"""Whether the text layer of a page can be believed, or the page must be read as a picture."""

from enum import Enum

import regex

from extract.pdf.objects import PageObjects
from extract.pdf.view import View

_CID = regex.compile(r"\(cid:[0-9]{1,5}\)")
_UNMAPPED = regex.compile(r"[\p{Co}\p{Cn}\ufffd]|(?![\t\r\n\f])\p{Cc}")
_HAN = regex.compile(r"\p{Han}+")
_FIGURE = regex.compile(r"[0-9]+")
# Fewer characters do not tell what they are.
_FEW = 20
# Shares of the characters of a page, or of the page.
_MOST_UNMAPPED = 0.05
_LEAST_COMMON = 0.6
_LEAST_SENSE = 0.25
_COVERS = 0.7
_MOST_SEEN = 0.1
# The first part of GB 2312 and of Big5 hold the characters in common use.
_COMMON_GB, _COMMON_BIG5 = bytes(range(0xB0, 0xD8)), bytes(range(0xA4, 0xC7))


class TextLayer(Enum):
    """What the text layer of a page is worth."""

    GOOD = "good"
    BLANK = "blank"  # the page shows nothing at all
    MISSING = "missing"  # the page shows something, and none of it is text
    NOISE = "noise"  # characters that are not those that are printed
    HIDDEN = "hidden"  # text that is not seen, over or under a picture: another program's reading


def judge_text_layer(text: str, objects: PageObjects, view: View) -> TextLayer:
    """What the characters of a page are worth, given what else it draws."""
    printed = "".join(text.split())
    if not printed:
        shows = objects.pictures or objects.curves or objects.paths > 1
        return TextLayer.MISSING if shows else TextLayer.BLANK
    if _is_hidden(objects, view):
        return TextLayer.HIDDEN
    return TextLayer.NOISE if is_noise(printed) else TextLayer.GOOD


def is_noise(printed: str) -> bool:
    """Whether characters are not what was printed: a font said wrongly what its glyphs mean.

    >>> is_noise("(cid:12)(cid:907)(cid:33)"), is_noise("关于提前下达补助资金的通知 2021")
    (True, False)
    """
    rest = _CID.sub("", printed) if "(cid:" in printed else printed
    cids = len(printed) - len(rest)
    unmapped = len(_UNMAPPED.findall(rest))
    if cids * 2 > len(printed) or unmapped > _MOST_UNMAPPED * len(printed):
        return True
    han = "".join(_HAN.findall(rest))
    if len(han) >= _FEW:
        return _common(han) < _LEAST_COMMON * len(han)
    sense = len(han) + len("".join(_FIGURE.findall(rest)))
    return len(rest) >= _FEW and sense < _LEAST_SENSE * len(rest)


def _common(han: str) -> int:
    """How many of the characters are in common use, in simplified or in traditional print."""
    counts = []
    for encoding, common in (("gb2312", _COMMON_GB), ("big5", _COMMON_BIG5)):
        leading = han.encode(encoding, "ignore")[::2]
        counts.append(len(leading) - len(leading.translate(None, common)))
    return max(counts)


def _is_hidden(objects: PageObjects, view: View) -> bool:
    """Whether a picture fills the page and the text is drawn invisibly, or under it."""
    area = (view.right - view.left) * (view.top - view.bottom)
    for picture in objects.pictures:
        x0, y0, x1, y1 = picture.box
        width = min(x1, view.right) - max(x0, view.left)
        height = min(y1, view.top) - max(y0, view.bottom)
        if width <= 0 or height <= 0 or width * height < _COVERS * area:
            continue
        under = picture.texts_before if picture.opaque else 0
        if objects.texts - max(objects.hidden_texts, under) <= _MOST_SEEN * objects.texts:
            return True
    return False
