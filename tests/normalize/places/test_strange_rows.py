"""Rows that are no places, and tables of the whole country."""

import pytest

from normalize.places import load_gazetteer, place_rows
from schemas.places import Placement, RowClue, UnitStatus
from schemas.tables import Role

GAZETTEER = load_gazetteer()


def placed(names: list[str], home: str | None, year: int = 2022) -> list[Placement]:
    whole = GAZETTEER.get(home, year) if home else None
    rows = [RowClue(name, Role.UNIT) for name in names]
    return list(place_rows(rows, whole, year, GAZETTEER))


def codes(names: list[str], home: str | None, year: int = 2022) -> list[str | None]:
    return [p.unit.code if p.unit else None for p in placed(names, home, year)]


def test_universities_are_no_units_of_the_city_that_they_are_called_after() -> None:
    names = ["西安市", "宝鸡市", "西安理工大学", "陕西师范大学", "陕西省农垦集团有限责任公司"]
    assert codes(names, "610000") == ["610100", "610300", None, None, None]


def test_an_office_of_the_whole_is_no_part_of_it() -> None:
    found = placed(["西安市", "宝鸡市", "陕西省监狱管理局"], "610000")[-1]
    assert found.unit is not None
    assert (found.unit.code, found.unit.name) == ("", "陕西省本级")


def test_the_office_of_a_part_stands_for_it() -> None:
    assert codes(["西安市财政局", "宝鸡市财政局", "和政局"], "610000")[:2] == ["610100", "610300"]


def test_counties_that_a_province_governs_itself_gathered_below_one_sum() -> None:
    names = ["定州市", "辛集市", "涿鹿县", "丰宁满族自治县", "平泉市", "魏县"]
    rows = [RowClue("全省合计", Role.TOTAL), RowClue("设区市小计", Role.SUBTOTAL, 0)]
    rows += [RowClue(n, Role.UNIT, 1) for n in ("石家庄市", "唐山市", "邯郸市", "承德市", "沧州市")]
    rows += [RowClue("省直管县（市）小计", Role.SUBTOTAL, 0)]
    rows += [RowClue(name, Role.UNIT, 7) for name in names]
    found = place_rows(rows, GAZETTEER.get("130000", 2022), 2022, GAZETTEER)
    assert [p.unit.name if p.unit else None for p in found[8:]] == names


@pytest.mark.parametrize("name", ["成都市（不含简阳市）", "成都市（含高新区）"])
def test_what_a_row_leaves_out_is_no_part_of_its_name(name: str) -> None:
    assert codes([name, "简阳市", "自贡市"], "510000") == ["510100", "510185", "510300"]


def test_one_row_with_an_official_name_is_sure() -> None:
    assert codes(["成都市"], "510000") == ["510100"]


def test_a_heading_without_figures_is_no_harmed_name() -> None:
    rows = [RowClue("二、扩权县", Role.UNIT, None, (None, None))]
    rows += [RowClue(name, Role.UNIT, None, (1, 2)) for name in ("简阳市", "荣县", "富顺县")]
    found = place_rows(rows, GAZETTEER.get("510000", 2022), 2022, GAZETTEER)
    assert [p.status for p in found] == [UnitStatus.UNRESOLVED] + [UnitStatus.EXACT] * 3


def test_a_table_of_provinces_needs_no_home() -> None:
    names = ["北  京", "河北省", "内蒙古", "吉林", "大连", "新疆", "新疆兵团", "北大荒农垦集团"]
    assert codes(names, None) == [
        "110000",
        "130000",
        "150000",
        "220000",
        "210200",
        "650000",
        "",
        None,
    ]


def test_a_province_that_stands_twice_or_garbled_stays_open() -> None:
    names = ["北京", "天津", "河北", "山西", "辽宁", "吉林", "吉林", "黑尨江", "上海", "江苏"]
    assert codes(names, None)[5:8] == [None, None, None]


def test_a_few_provinces_are_no_table_of_provinces() -> None:
    assert codes(["朝阳区", "河北", "海淀区"], None) == [None, None, None]


@pytest.mark.parametrize(
    ("province", "alone"),
    [("610000", ["韩城市"]), ("610000", ["韩城市", "府谷县", "神木市"]), ("610000", ["神木市"])],
)
def test_a_county_beside_prefectures_and_an_area_is_what_its_name_says(
    province: str, alone: list[str]
) -> None:
    names = ["西安市", "铜川市", "宝鸡市", "咸阳市", "渭南市", "延安市", "汉中市", "榆林市"]
    names += ["安康市", "商洛市", "杨凌示范区", *alone]
    rows = [RowClue("合计", Role.TOTAL), *(RowClue(name, Role.UNIT, 0) for name in names)]
    found = place_rows(rows, GAZETTEER.get(province, 2022), 2022, GAZETTEER)
    assert [p.unit.name if p.unit else None for p in found[12:]] == alone
