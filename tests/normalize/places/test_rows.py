"""Rows of a table are placed together; what the evidence does not decide stays unresolved."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from normalize.places import load_gazetteer, place_rows
from schemas.places import RowClue, Unit, UnitStatus
from schemas.tables import Role

G = load_gazetteer()
TACHENG_2023 = ("塔城市", "额敏县", "乌苏市", "沙湾市", "托里县", "裕民县", "和丰县")
TACHENG_CODES = ["654201", "654221", "654202", "654203", "654224", "654225", "654226"]


def home(code: str, year: int = 2020) -> Unit:
    unit = G.get(code, year)
    assert unit is not None
    return unit


def clues(names: Sequence[str], head: int | None = None) -> list[RowClue]:
    return [RowClue(name, Role.UNIT, head) for name in names]


def codes(rows: Sequence[RowClue], whole: Unit | None, year: int = 2020) -> list[str | None]:
    return [p.unit.code if p.unit else None for p in place_rows(rows, whole, year, G)]


def test_all_rows_of_a_prefecture_and_its_total() -> None:
    rows = [*clues(TACHENG_2023, 7), RowClue("塔城地区合计", Role.TOTAL)]
    assert codes(rows, home("654200", 2023), 2023) == [*TACHENG_CODES, "654200"]


def test_column_heads_without_designators_are_read_inside_a_known_whole() -> None:
    stems = ("塔城地区", "塔城", "额敏", "乌苏", "沙湾", "托里", "裕民", "和丰")
    rows = [RowClue(stems[0], Role.TOTAL), *clues(stems[1:], 0)]
    placed = place_rows(rows, home("654200", 2023), 2023, G)
    assert [p.unit.code if p.unit else None for p in placed] == ["654200", *TACHENG_CODES]
    assert {p.status for p in placed[1:]} == {UnitStatus.ALIAS}


@pytest.mark.parametrize("damaged", ["裕民具", "袷民县", "民县", "裕縣", "裕民", "裕民民县"])
def test_a_damaged_name_is_put_right_where_all_others_are_sure(damaged: str) -> None:
    names = [damaged if name == "裕民县" else name for name in TACHENG_2023]
    found = place_rows(clues(names), home("654200", 2023), 2023, G)[5]
    assert found.unit is not None
    assert found.unit.code == "654225"
    assert found.evidence


def test_a_valid_name_of_another_unit_is_reassigned_with_its_reason() -> None:
    names = ["伊宁县" if name == "裕民县" else name for name in TACHENG_2023]
    found = place_rows(clues(names), home("654200", 2023), 2023, G)[5]
    assert found.unit is not None
    assert (found.unit.code, found.status) == ("654225", UnitStatus.REASSIGNED)
    assert any("only one of 塔城地区's counties" in words for words in found.evidence)


def test_two_rows_that_could_be_swapped_are_both_left_open() -> None:
    names = ["", "额敏县", "", "沙湾市", "托里县", "裕民县", "和丰县"]
    found = codes(clues(names), home("654200", 2023), 2023)
    assert (found[0], found[2]) == (None, None)
    assert all(a in {None, b} for a, b in zip(found, TACHENG_CODES, strict=True))
    assert found[4:] == TACHENG_CODES[4:]


def test_an_amount_that_another_table_prints_decides() -> None:
    amounts = (100, 234, 345, 456, 567, 678, 789)
    names = ("塔城市", "额敏县", "", "沙湾市", "托里县", "", "和丰县")
    shuffled = (5, 1, 6, 0, 4, 2, 3)
    rows = [RowClue(names[i], Role.UNIT, None, (Decimal(amounts[i]),)) for i in shuffled]
    known = {"乌苏市财政局": Decimal(345), "裕民县财政局": Decimal(678)}
    placed = place_rows(rows, home("654200", 2023), 2023, G, known)
    by_amount = {row.amounts[0]: p for row, p in zip(rows, placed, strict=True)}
    for amount, code in ((Decimal(345), "654202"), (Decimal(678), "654225")):
        unit = by_amount[amount].unit
        assert unit is not None
        assert unit.code == code
        assert any(f"its amount {amount}" in words for words in by_amount[amount].evidence)


@pytest.mark.parametrize(
    ("province", "names", "expected"),
    [
        ("110000", ["朝阳区", "海淀区"], ["110105", "110108"]),
        ("220000", ["朝阳区", "宽城区"], ["220104", "220103"]),
        ("510000", ["沙湾区", "巴州区"], ["511111", "511902"]),
        ("420000", ["仙桃市", "神农架林区", "恩施州"], ["429004", "429021", "422800"]),
    ],
)
def test_other_provinces(province: str, names: list[str], expected: list[str]) -> None:
    assert codes(clues(names), home(province)) == expected


def test_a_complete_table_of_another_province() -> None:
    names = [u.name for u in G.children("520500", 2020)]
    rows = [RowClue("毕節市", Role.TOTAL), *clues(names, 0)]
    expected = ["520500", *(u.code for u in G.children("520500", 2020))]
    assert codes(rows, home("520000")) == expected


def test_prefecture_and_county_of_one_name_are_told_apart_by_block_and_year() -> None:
    names = ["哈密地区", "哈密市", "巴里坤县", "伊吾县"]
    old = [RowClue(names[0], Role.SUBTOTAL), *clues(names[1:], 0)]
    assert codes(old, home("650000", 2013), 2013) == ["652200", "652201", "652222", "652223"]
    new = [RowClue("哈密市", Role.SUBTOTAL), *clues(["伊州区", "巴里坤县", "伊吾县"], 0)]
    assert codes(new, home("650000", 2020), 2020) == ["650500", "650502", "650521", "650522"]


def test_a_notice_of_a_county_to_its_towns_names_no_unit() -> None:
    towns = ["特吾里克镇", "塔哈其镇", "曲惠镇", "乌什塔拉回族乡"]
    assert codes(clues(towns), home("652828")) == [None] * 4


def test_a_table_whose_province_is_not_said_stays_open_with_candidates() -> None:
    placed = place_rows(clues(["朝阳区", "鼓楼区", "呼图壁县"]), None, 2020, G)
    assert [p.unit for p in placed] == [None] * 3
    assert {c.unit.code for c in placed[0].candidates} >= {"110105", "220104"}


def test_a_table_about_another_province_is_not_pressed_into_this_one() -> None:
    sichuan = ["成都市", "自贡市", "攀枝花市", "泸州市", "德阳市", "绵阳市"]
    assert codes(clues(sichuan), home("650000")) == [None] * 6


def test_bad_name_cells_are_kept_and_open() -> None:
    names = ["", "12345", "长" * 200, "伊宁市", "×", "\u200b", "3.", "备注：略"]
    placed = place_rows(clues(names), home("650000"), 2020, G)
    assert [p.printed for p in placed] == names
    assert [p.unit for p in placed[:3]] == [None] * 3
    assert placed[3].unit in {None, G.get("654002", 2020)}
    assert all(p.evidence for p in placed)


def test_a_row_printed_twice_is_one_unit_and_an_open_repeat() -> None:
    twice = RowClue("额敏县", Role.UNIT, None, (Decimal(5), Decimal(7)))
    placed = place_rows([twice, *clues(TACHENG_2023[2:]), twice], home("654200", 2023), 2023, G)
    assert [p.unit.code if p.unit else None for p in (placed[0], placed[-1])] == ["654221", None]
    assert "row 1" in placed[-1].evidence[0]


def test_two_totals_that_differ_are_left_open_and_equal_ones_are_not() -> None:
    for second, expected in ((Decimal(9), None), (Decimal(8), "654200")):
        rows = [
            RowClue("合计", Role.TOTAL, None, (Decimal(8),)),
            *clues(TACHENG_2023, 0),
            RowClue("总计", Role.TOTAL, None, (second,)),
        ]
        found = codes(rows, home("654200", 2023), 2023)
        assert (found[0], found[-1]) == (expected, expected)


def test_heads_that_point_in_a_circle_or_outside_do_no_harm() -> None:
    rows = [RowClue("伊宁市", Role.UNIT, 1), RowClue("伊犁州", Role.SUBTOTAL, 0)]
    rows += [RowClue("奎屯市", Role.UNIT, 99), RowClue("霍城县", Role.UNIT, -5)]
    assert codes(rows, home("650000")) == ["654002", "654000", "654003", "654023"]


def test_no_rows_give_no_placements() -> None:
    assert place_rows([], home("650000"), 2020, G) == ()
