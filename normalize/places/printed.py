"""Reading a printed name: the chain of units that it names, and what stands behind them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from normalize.places.gazetteer import Form, Gazetteer, NameKind
from normalize.places.names import clean, fold
from normalize.places.vocabulary import LevelWord, load_vocabulary
from schemas.places import Level, Unit


class Tail(StrEnum):
    """What follows the units in a printed name."""

    NOTHING = "nothing"
    ORGAN = "organ"
    TOTAL = "total"
    OWN_LEVEL = "own_level"
    AREA = "area"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Chain:
    """Units named one inside the other (新疆|巴州|和硕县), the last with the form that was printed.

    `taken` counts the characters that the units cover; `rest` is what follows, folded, of kind
    `tail`.
    """

    units: tuple[Unit, ...]
    form: Form | None
    taken: int
    rest: str
    tail: Tail

    @property
    def last(self) -> Unit | None:
        """The unit that the name means, before its tail is considered."""
        return self.units[-1] if self.units else None


def tail_of(rest: str, *, stem: bool = False) -> Tail:
    """The kind of what follows the units; `stem` says that the last has no designator.

    >>> tail_of("人力资源和社会保障局"), tail_of("合计"), tail_of("高新区"), tail_of("某某")
    (<Tail.ORGAN: 'organ'>, <Tail.TOTAL: 'total'>, <Tail.AREA: 'area'>, <Tail.UNKNOWN: 'unknown'>)
    >>> tail_of("理工大学", stem=True)
    <Tail.UNKNOWN: 'unknown'>
    """
    words = load_vocabulary()
    if not rest:
        return Tail.NOTHING
    if total_words(rest):
        return Tail.TOTAL
    if any(rest == word.word for word in words.own_level):
        return Tail.OWN_LEVEL
    if any(rest.endswith(a.word) and (a.alone or rest != a.word) for a in words.areas):
        return Tail.AREA
    organ = next((organ for organ in words.organs if rest.endswith(organ.word)), None)
    return Tail.ORGAN if organ is not None and (organ.stem or not stem) else Tail.UNKNOWN


def total_words(text: str) -> tuple[LevelWord, ...]:
    """The words for a whole that a text consists of, one for each level that it may mean; none
    where something else stands in it.

    >>> [w.level for w in total_words("全州合计")], total_words("博州合计")
    ([<Level.PREFECTURE: 'prefecture'>], ())
    """
    for suffix in ("", "合计", "总计", "小计", "共计"):
        if text.endswith(suffix):
            body = text.removesuffix(suffix).strip("()（）")
            found = tuple(w for w in load_vocabulary().totals if w.word == (body or suffix))
            if found:
                return found
    return ()


def own_level_words(text: str) -> tuple[LevelWord, ...]:
    """The words for a whole's own offices that a text is: 州本级, 市直."""
    return tuple(w for w in load_vocabulary().own_level if w.word == text)


def read_chains(printed: str, gazetteer: Gazetteer, stems: bool) -> tuple[Chain, ...]:
    """All ways to read a printed name as a chain of units with a tail, the fullest first.

    Stems (塔城 for 塔城地区 or 塔城市) are read only where `stems` allows it; those of provinces
    always. A name that begins with no unit gives one chain without units.

    >>> from normalize.places.gazetteer import load_gazetteer
    >>> chain = read_chains("新疆巴州和硕县民政局", load_gazetteer(), stems=False)[0]
    >>> [u.name for u in chain.units], chain.rest
    (['新疆维吾尔自治区', '巴音郭楞蒙古自治州', '和硕县'], '民政局')
    """
    text = clean(printed)
    folded = fold(text)
    begun = Chain((), None, 0, folded, tail_of(folded))
    chains = set(_extend(begun, folded, gazetteer, stems)) - {begun}
    if not chains:
        return (begun,)
    known = {chain for chain in chains if chain.tail is not Tail.UNKNOWN} or chains
    best = max(chain.taken for chain in known)
    return tuple(
        sorted(
            (chain for chain in known if chain.taken == best),
            key=lambda c: (len(c.units), c.form.kind if c.form else 0, [u.code for u in c.units]),
        )
    )


def _extend(begun: Chain, text: str, gazetteer: Gazetteer, stems: bool) -> Iterator[Chain]:
    """A chain, and all chains that go on from it in a folded text."""
    yield begun
    start = begun.taken
    for end in range(min(len(text), start + gazetteer.longest), start + 1, -1):
        for unit, form in gazetteer.index.get(text[start:end], ()):
            if form.kind is NameKind.STEM and not (stems or unit.level is Level.PROVINCE):
                continue
            if begun.last is not None and not _inside(begun.last, unit, gazetteer):
                continue
            rest = text[end:]
            tail = tail_of(rest, stem=form.kind is NameKind.STEM)
            longer = Chain((*begun.units, unit), form, end, rest, tail)
            yield from _extend(longer, text, gazetteer, stems)


def _inside(whole: Unit, part: Unit, gazetteer: Gazetteer) -> bool:
    code = whole.code or whole.parent
    return part != whole and part.code != code and gazetteer.contains(code, part)
