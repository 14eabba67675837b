"""What a form prints as the levels of each indicator, merged cells filled down."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from normalize.performance.evidence import name_to_evidence, strongest_parent
from normalize.performance.grid import Slot
from normalize.performance.taxonomy import COST, names_anything, parent, text_to_level
from normalize.performance.upright import Draft
from normalize.performance.words import bare

_PLAIN = 30
_STRANGERS = 2


class Source(IntEnum):
    """How a level comes to stand at a row: printed there, filled down from above, or not at all."""

    NONE = 0
    FILLED = 1
    OWN = 2


@dataclass(frozen=True, slots=True)
class PrintedLevels:
    """The printed levels of a row: canonical names ("" where unknown), the text, their sources."""

    level1: str
    level2: str
    text1: str
    text2: str
    source1: Source
    source2: Source

    @property
    def contradicts(self) -> bool:
        """Whether the two levels do not belong together by the taxonomy."""
        above = parent(self.level2)
        return bool(above and self.level1) and above != self.level1


def drafts_to_printed(drafts: Sequence[Draft]) -> tuple[PrintedLevels, ...]:
    """Fills merged level cells down. A new first level ends the second level above it."""
    rows: list[PrintedLevels] = []
    one: Slot | None = None
    two: Slot | None = None
    for draft in drafts:
        own1 = draft.level1 is not None
        own2 = draft.level2 is not None
        if draft.level1 is not None:
            if not own2 and not _same(draft.level1, one):
                two = None
            one = draft.level1
        if draft.level2 is not None:
            two = draft.level2
        rows.append(_to_printed(one, two, own1, own2))
    return tuple(rows)


def _same(one: Slot, two: Slot | None) -> bool:
    return two is not None and bare(one.text) == bare(two.text)


def _to_printed(one: Slot | None, two: Slot | None, own1: bool, own2: bool) -> PrintedLevels:
    word1 = text_to_level(one.text).level1 if one else ""
    word2 = text_to_level(two.text).level2 if two else ""
    return PrintedLevels(
        word1,
        word2,
        one.text if one else "",
        two.text if two else "",
        _source(one, own1),
        _source(two, own2),
    )


def _source(slot: Slot | None, own: bool) -> Source:
    if slot is None:
        return Source.NONE
    return Source.OWN if own else Source.FILLED


def is_damaged(rows: Sequence[PrintedLevels], drafts: Sequence[Draft]) -> bool:
    """Whether the level cells show damage: levels that do not belong together, rows that shifted
    into them, a first level without its second, a first level that comes back after another, or
    several indicators whose names plainly belong under another first level."""
    if not any(row.source2 is Source.OWN for row in rows):
        return False
    if any(row.contradicts for row in rows) or any(draft.shifted for draft in drafts):
        return True
    lost = any(
        row.source1 is Source.OWN and row.source2 is Source.NONE and _has_children(row.level1)
        for row in rows
    )
    firsts = [row.level1 for row in rows if row.level1]
    changes = sum(a != b for a, b in pairwise(firsts))
    strangers = sum(_is_stranger(row, draft.name) for row, draft in zip(rows, drafts, strict=True))
    return lost or changes >= len(set(firsts)) > 1 or strangers >= _STRANGERS


def _has_children(level1: str) -> bool:
    return level1 in ("产出指标", "效益指标")


def _is_stranger(row: PrintedLevels, name: str) -> bool:
    """Whether a name plainly belongs under another first level. Words of cost speak for cost of
    either generation, under 产出指标 or on its own, so they are strange to neither; what a society
    or a landscape bears is named without any (征占耕地面积)."""
    if row.level2 in names_anything():
        return False
    level1, lead = strongest_parent(name_to_evidence(name))
    home = parent(row.level2)
    is_cost = COST in (row.level2, home) and COST in name_to_evidence(name)
    return bool(row.level2) and lead >= _PLAIN and level1 != home and not is_cost
