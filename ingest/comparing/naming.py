"""What names a row of a spreadsheet that has several columns of names."""

from collections.abc import Iterable, Sequence

from audit.words import RowWord, row_word
from normalize.places.names import clean, fold
from normalize.places.printed import own_level_words, total_words

_SUMS = ("小计", "合计", "总计", "共计")


def name_in_group(names: Sequence[str], above: Iterable[str]) -> tuple[str, str]:
    """(name, group) of a row. `names` are the texts of its columns of names, `above` those of the
    column before the last in the rows above it, the nearest first.

    A bare 小计 or 本级 is named with its group; one without a group of its own belongs to the group
    above. 合计 does not: it may as well be that of the whole table.

    >>> name_in_group(["南京市", "鼓楼区"], [])
    ('鼓楼区', '南京市')
    >>> name_in_group(["", "小计"], ["", "南京市"]), name_in_group(["合计", ""], ["南京市"])
    (('南京市小计', ''), ('合计', ''))
    """
    name = next((text for text in reversed(names) if text), "")
    if len(names) < 2:
        return name, ""
    own = names[-2]
    group = own or next((text for text in above if text), "")
    if group == name or row_word(group) is not None:
        return name, ""
    if own_level_words(fold(clean(name))):
        return group + name, ""
    if row_word(name) is None:
        return name, group
    whole = group if row_word(name) is RowWord.SUB else own
    return (f"{whole}小计" if whole and _is_sum_of(name, whole) else name), ""


def _is_sum_of(name: str, group: str) -> bool:
    """Whether a row's words say a sum and no other place: 小计, 全市合计, 市小计 of 南京市."""
    text = fold(clean(name))
    if total_words(text):
        return True
    stem = next((text.removesuffix(word) for word in _SUMS if text.endswith(word)), text)
    return fold(clean(group)).endswith(stem)
