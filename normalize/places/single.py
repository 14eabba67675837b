"""One printed name on its own: the unit that it means where the gazetteer and the whole that the
notice belongs to leave exactly one."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

import regex

from normalize.places.gazetteer import Form, Gazetteer, NameKind, stands
from normalize.places.mended import mend_organ
from normalize.places.names import clean, fold
from normalize.places.printed import Chain, Tail, own_level_words, read_chains, total_words
from normalize.places.vocabulary import LevelWord, load_vocabulary
from schemas.places import Candidate, Level, Placement, Unit, UnitStatus

# 豫财社〔2021〕12号, 内财农〔2020〕5号; of 塔地财社 the first character is no province.
_DOC_NO = regex.compile(
    r"(?P<province>\p{Han})(?:财|人社|医保)[^市县区州]{0,6}?"
    r"[\[(（〔﹝【]\s*(?:19|20)\d{2}\s*[\])）〕﹞】]"
)
SURE = Decimal(1)
_SCORES = {
    UnitStatus.EXACT: Decimal("1"),
    UnitStatus.CONVERTED: Decimal("0.99"),
    UnitStatus.ALIAS: Decimal("0.98"),
}


def unresolved(printed: str, reason: str, candidates: Iterable[Candidate] = ()) -> Placement:
    """No unit, with the reason and what it might have been."""
    return Placement(printed, None, UnitStatus.UNRESOLVED, Decimal(0), (reason,), tuple(candidates))


def own_level(whole: Unit) -> Unit:
    """A whole's own offices as a unit of their own, which has no code."""
    return Unit(
        "", whole.name + "本级", Level.UNCODED, whole.code, whole.first_year, whole.last_year
    )


def area_in(name: str, whole: Unit) -> Unit:
    """A development area or the like, which has a budget and a name but no code."""
    return Unit("", name, Level.UNCODED, whole.code, whole.first_year, whole.last_year)


def home_of(names: Sequence[str], year: int | None, gazetteer: Gazetteer) -> Unit | None:
    """The whole that a notice comes from: the smallest unit that holds all units that issuers,
    recipients and budget units name. None where they name none, or units of several provinces.
    A document number among the names (豫财社〔2021〕12号) tells the province where no other does.

    >>> from normalize.places.gazetteer import load_gazetteer
    >>> home_of(["塔城地区财政局", "各县（市）财政局"], 2023, load_gazetteer()).name
    '塔城地区'
    """
    named = [named_units(name, year, gazetteer) for name in names]
    sure = [next(iter(units)) for units in named if len(units) == 1]
    whole: Unit | None = None
    for unit in sure:
        whole = unit if whole is None else common_whole(whole, unit, year, gazetteer)
        if whole is None:
            return None
    if whole is None:
        told = {u for name in names for u in province_of_number(name, year, gazetteer)}
        whole = told.pop() if len(told) == 1 else None
    for units in named:
        if len(units) > 1 and whole is not None:
            near = [u for u in units if related(u, whole, gazetteer)]
            if len(near) == 1:
                whole = common_whole(whole, near[0], year, gazetteer) or whole
    return whole


def province_of_number(doc_no: str, year: int | None, gazetteer: Gazetteer) -> set[Unit]:
    """The province whose finance, agriculture or other office numbers its papers so; empty for a
    central number (财社〔2021〕5号), for those of lower offices, and for other texts.

    >>> from normalize.places.gazetteer import load_gazetteer
    >>> [u.name for u in province_of_number("桂财农〔2018〕1号", 2018, load_gazetteer())]
    ['广西壮族自治区']
    """
    match = _DOC_NO.match(fold(clean(doc_no)))
    code = load_vocabulary().provinces.get(match["province"]) if match else None
    unit = gazetteer.get(code, year) if code else None
    return {unit} if unit is not None else set()


def named_units(name: str, year: int | None, gazetteer: Gazetteer) -> set[Unit]:
    """All units that a name or an organisation may mean, by an exact or customary name, as they
    stood in a year (or as what they became, where none of them did)."""
    units = set()
    for chain in read_chains(name, gazetteer, stems=False):
        if chain.last is None or chain.last.level is Level.UNCODED or chain.tail is Tail.UNKNOWN:
            continue
        if chain.form and chain.form.kind is NameKind.STEM and chain.tail is not Tail.ORGAN:
            continue
        units.add(chain.last)
    standing = {u for u in units if stands(u, gazetteer.year(year))}
    return standing or {now for u in units if (now := gazetteer.at(u, year)) is not None}


def common_whole(one: Unit, other: Unit, year: int | None, gazetteer: Gazetteer) -> Unit | None:
    """The smallest unit that holds both, or None where only the country does."""
    whole: Unit | None = one
    while whole is not None and not gazetteer.contains(whole.code, other):
        if gazetteer.under.get(whole.code):
            above = gazetteer.get(gazetteer.under[whole.code], year)
            if above is not None and gazetteer.contains(above.code, other):
                return above
        whole = gazetteer.get(whole.parent, year)
    return whole


def related(unit: Unit, whole: Unit, gazetteer: Gazetteer) -> bool:
    """Whether one of the two lies within the other."""
    return gazetteer.contains(whole.code, unit) or gazetteer.contains(unit.code, whole)


def place_name(
    printed: str, home: Unit | None, year: int | None, gazetteer: Gazetteer
) -> Placement:
    """The unit that a name or an organisation means, without looking at other rows.

    Only what is certain is answered: one unit, by an exact or customary name, within the whole
    `home` of the notice or around it. A name that two units of that whole bear, or only units
    elsewhere, stays unresolved with its candidates. Never raises.

    >>> from normalize.places.gazetteer import load_gazetteer
    >>> g = load_gazetteer()
    >>> place_name("伊犁州人力资源和社会保障局", g.get("650000", 2020), 2020, g).unit.code
    '654000'
    >>> place_name("朝阳区", None, 2020, g).status
    <UnitStatus.UNRESOLVED: 'unresolved'>
    """
    found = place_within(printed, home, year, gazetteer, stems=False)
    if found.unit is None and not found.candidates and home is not None:
        return mend_organ(printed, home, year, gazetteer) or found
    return found


def place_within(
    printed: str, home: Unit | None, year: int | None, gazetteer: Gazetteer, stems: bool
) -> Placement:
    """As `place_name`; `stems` also reads names without designator, as column heads print them."""
    text = clean(printed)
    if not text:
        return unresolved(printed, "no name is printed")
    chains = read_chains(printed, gazetteer, stems and home is not None)
    if chains[0].last is None:
        return _place_word(printed, text, chains[0].tail, home)
    if chains[0].tail is Tail.UNKNOWN:
        return unresolved(
            printed, f"no unit is called {text}", _candidates(chains, printed, year, gazetteer)
        )
    fitting = chains
    if home is not None:
        fitting = tuple(c for c in chains if c.last and related(c.last, home, gazetteer))
        if not fitting:
            return unresolved(
                printed,
                f"{text} is no name of a unit of {home.name}",
                _candidates(chains, printed, year, gazetteer),
            )
    candidates = _candidates(fitting, printed, year, gazetteer)
    if len(candidates) != 1:
        reason = "several units bear this name" if candidates else "no such unit stood then"
        return unresolved(
            printed,
            f"{text}: {reason}",
            candidates or _candidates(chains, printed, None, gazetteer),
        )
    return _finish(printed, candidates[0], fitting[0], home)


def _finish(printed: str, found: Candidate, chain: Chain, home: Unit | None) -> Placement:
    unit = found.unit
    if chain.tail is Tail.OWN_LEVEL:
        return Placement(
            printed,
            own_level(unit),
            UnitStatus.ALIAS,
            found.score,
            (f"{unit.name}'s own offices, which have no code",),
        )
    if chain.tail is Tail.AREA:
        by_stem = chain.form is not None and chain.form.kind is NameKind.STEM
        whole = home if by_stem and home is not None else unit
        return Placement(
            printed,
            area_in(clean(printed), whole),
            UnitStatus.ALIAS,
            Decimal("0.9"),
            (f"an area within {whole.name} that has no code of its own",),
        )
    return Placement(printed, unit, found.status, found.score, (found.reason,))


def _place_word(printed: str, text: str, tail: Tail, home: Unit | None) -> Placement:
    """A name that contains no unit: 全区合计, 州本级, 高新区. A bare 合计 names no whole."""
    folded = fold(text)
    if home is None:
        return unresolved(printed, f"{text}: the notice does not say which whole it belongs to")
    if tail is Tail.TOTAL and any(w.level is home.level for w in total_words(folded)):
        reason = f"the whole of the notice, {home.name}"
        return Placement(printed, home, UnitStatus.ALIAS, SURE, (reason,))
    if tail is Tail.OWN_LEVEL and _fits(own_level_words(folded), home):
        reason = f"{home.name}'s own offices, which have no code"
        score = _SCORES[UnitStatus.ALIAS]
        return Placement(printed, own_level(home), UnitStatus.ALIAS, score, (reason,))
    if tail is Tail.AREA:
        reason = f"an area within {home.name} that has no code of its own"
        area = area_in(text, home)
        return Placement(printed, area, UnitStatus.ALIAS, Decimal("0.9"), (reason,))
    return unresolved(printed, f"nothing of {home.name} is called {text}")


def _fits(words: Iterable[LevelWord], whole: Unit) -> bool:
    """Whether a word such as 州本级 can stand for offices of this whole: its level fits, and the
    word for the level, if it begins with one (市本级), ends the name of the whole."""
    starts = {designator.official[0] for designator in load_vocabulary().designators}
    return any(
        word.level in {None, whole.level}
        and (word.word[0] not in starts or word.word[0] in whole.name[-3:])
        for word in words
    )


def _candidates(
    chains: Iterable[Chain], printed: str, year: int | None, gazetteer: Gazetteer
) -> tuple[Candidate, ...]:
    """What chains may mean in a year: units that then bear the name, else those that bore it."""
    now: dict[Unit, Candidate] = {}
    once: dict[Unit, Candidate] = {}
    for chain in chains:
        if chain.last is None or chain.form is None:
            continue
        if stands(chain.last, gazetteer.year(year)):
            now.setdefault(chain.last, as_candidate(chain.last, chain.form, printed, chain))
            continue
        unit = gazetteer.at(chain.last, year)
        if unit is not None:
            reason = f"{chain.last.name} is {unit.name} in {gazetteer.year(year)}"
            once.setdefault(
                unit, Candidate(unit, UnitStatus.ALIAS, _SCORES[UnitStatus.ALIAS], reason)
            )
    found = now or once
    kinds = {c.last: c.form.kind for c in chains if c.last and c.form}
    best = min((kinds.get(unit, NameKind.OFFICIAL) for unit in found), default=None)
    return tuple(c for u, c in found.items() if kinds.get(u, NameKind.OFFICIAL) == best)


def as_candidate(unit: Unit, form: Form, printed: str, chain: Chain) -> Candidate:
    """A unit with the status that its printed form has."""
    if form.text not in printed:
        status = UnitStatus.CONVERTED if form.kind is NameKind.OFFICIAL else UnitStatus.ALIAS
        part = clean(printed)[: chain.taken]
        reason = f"{part} is {form.text} but for script or spacing"
    elif form.kind is NameKind.OFFICIAL:
        status, reason = UnitStatus.EXACT, f"the official name {form.text}"
    else:
        status, reason = UnitStatus.ALIAS, f"{form.text} is a customary form of {unit.name}"
    return Candidate(unit, status, _SCORES[status], reason)
