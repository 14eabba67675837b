"""A total row bears the code of the whole that it sums, or none."""

from decimal import Decimal

import pytest

from normalize.places import home_of, load_gazetteer, place_rows
from schemas.places import RowClue, Unit, UnitStatus
from schemas.tables import Role

G = load_gazetteer()
ZHOUKOU = [u.name for u in G.children("411600", 2022)]


def henan() -> Unit:
    unit = G.get("410000", 2022)
    assert unit is not None
    return unit


def total_of(names: list[str], word: str) -> tuple[str | None, UnitStatus]:
    rows = [RowClue(word, Role.TOTAL), *(RowClue(name, Role.UNIT, 0) for name in names)]
    found = place_rows(rows, henan(), 2022, G)[0]
    return found.unit.code if found.unit else None, found.status


@pytest.mark.parametrize("word", ["合计", "全市合计", "小 计", "合計", "周口市合计"])
def test_a_total_over_one_prefecture_in_a_notice_of_the_province(word: str) -> None:
    code, status = total_of(ZHOUKOU, word)
    assert code == "411600"
    assert status is not UnitStatus.CORRECTED


def test_a_total_over_a_part_of_a_prefecture_stays_open() -> None:
    assert total_of(ZHOUKOU[:4], "合计") == (None, UnitStatus.UNRESOLVED)


def test_a_total_over_several_prefectures_is_the_provinces() -> None:
    assert total_of(["周口市", "漯河市", "鹤壁市"], "合计")[0] == "410000"


def test_a_total_of_nothing_known_stays_open() -> None:
    assert total_of(["甲", "乙"], "合计")[0] is None


def test_a_total_that_names_a_part_does_not_narrow_a_table_about_more() -> None:
    rows = [
        RowClue("周口市小计", Role.TOTAL, None, (Decimal(3),)),
        *(RowClue(name, Role.UNIT, 0) for name in ZHOUKOU),
        RowClue("召陵区", Role.UNIT),
        RowClue("郾城区", Role.UNIT),
        RowClue("合计", Role.TOTAL, None, (None,)),
    ]
    found = [p.unit.code if p.unit else None for p in place_rows(rows, henan(), 2022, G)]
    assert (found[0], found[-2], found[-1]) == ("411600", "411103", "410000")


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["豫财社〔2021〕12号"], "410000"),
        (["桂财农〔2018〕 1 号", "各市财政局"], "450000"),
        (["财社〔2021〕12号"], None),
        (["塔地财社〔2023〕5号"], None),
        (["豫财社〔2021〕12号", "塔城地区财政局"], "654200"),
    ],
)
def test_the_number_of_a_notice_tells_its_province(names: list[str], code: str | None) -> None:
    home = home_of(names, 2021, G)
    assert (home.code if home else None) == code
