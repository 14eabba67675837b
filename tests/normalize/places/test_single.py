"""A name on its own is answered only where it is certain."""

import pytest

from normalize.places import home_of, load_gazetteer, lookup, place_name
from schemas.places import Level, UnitStatus

G = load_gazetteer()
XINJIANG = G.get("650000", 2020)


@pytest.mark.parametrize(
    ("printed", "code", "status"),
    [
        ("伊宁市", "654002", UnitStatus.EXACT),
        ("溫泉縣", "652723", UnitStatus.CONVERTED),
        ("伊 宁市", "654002", UnitStatus.CONVERTED),
        ("博州", "652700", UnitStatus.ALIAS),
        ("和丰县", "654226", UnitStatus.ALIAS),
        ("塔县", "653131", UnitStatus.ALIAS),
        ("库车县", "652902", UnitStatus.ALIAS),
        ("沙湾县", "654223", UnitStatus.EXACT),
        ("伊犁州人力资源和社会保障局", "654000", UnitStatus.ALIAS),
        ("新疆巴州和硕县民政局", "652828", UnitStatus.EXACT),
        ("第八师石河子市", "659001", UnitStatus.EXACT),
        ("塔城地区合计", "654200", UnitStatus.EXACT),
        ("全区合计", "650000", UnitStatus.ALIAS),
        ("吐鲁番市人力资源和社会保障局", "650400", UnitStatus.EXACT),
    ],
)
def test_names_and_organisations_of_2020(printed: str, code: str, status: UnitStatus) -> None:
    found = place_name(printed, XINJIANG, 2020, G)
    assert found.unit is not None
    assert (found.unit.code, found.status) == (code, status)


def test_a_name_means_what_it_meant_in_its_year() -> None:
    codes = [
        place_name("哈密市", XINJIANG, year, G).unit.code  # type: ignore[union-attr]
        for year in (2012, 2020)
    ]
    assert codes == ["652201", "650500"]


@pytest.mark.parametrize("printed", ["朝阳区", "鼓楼区", "城区", "", "   ", "12345", "某某县"])
def test_what_is_not_certain_stays_unresolved(printed: str) -> None:
    assert place_name(printed, None, 2020, G).unit is None


def test_the_two_chaoyang_districts_are_told_apart_by_the_home_only() -> None:
    homes = {code: G.get(code, 2020) for code in ("110000", "220000", "370000")}
    found = {code: place_name("朝阳区", home, 2020, G).unit for code, home in homes.items()}
    assert [u.code if u else None for u in found.values()] == ["110105", "220104", None]


def test_bazhou_is_a_prefecture_in_xinjiang_and_bazhou_district_lies_in_sichuan() -> None:
    sichuan = G.get("510000", 2020)
    assert place_name("巴州", XINJIANG, 2020, G).unit.code == "652800"  # type: ignore[union-attr]
    assert place_name("巴州区", sichuan, 2020, G).unit.code == "511902"  # type: ignore[union-attr]
    assert place_name("巴州区", XINJIANG, 2020, G).unit is None


def test_own_offices_and_areas_have_no_code() -> None:
    tacheng = G.get("654200", 2023)
    for printed in ("地区本级", "塔城地区本级", "某某经济技术开发区"):
        unit = place_name(printed, tacheng, 2023, G).unit
        assert unit is not None
        assert (unit.code, unit.level, unit.parent) == ("", Level.UNCODED, "654200")


@pytest.mark.parametrize(
    ("names", "home"),
    [
        (("新疆维吾尔自治区财政厅", "伊犁哈萨克自治州财政局", "各地（州、市）财政局"), "650000"),
        (("塔城地区财政局", "塔城地区人力资源和社会保障局", "各县（市）财政局"), "654200"),
        (("和硕县人力资源和社会保障局", "新疆巴州和硕县民政局"), "652828"),
        (("江苏省财政厅", "鼓楼区财政局"), "320000"),
        (("各市县财政局",), None),
        (("朝阳区财政局",), None),
        (("湖北省财政厅", "湖南省财政厅"), None),
    ],
)
def test_the_home_of_a_notice(names: tuple[str, ...], home: str | None) -> None:
    found = home_of(names, 2022, G)
    assert (found.code if found else None) == home


def test_lookup_gives_one_clear_answer_or_several_candidates() -> None:
    clear = lookup("烏魯木齊市", None, 2020, G)
    assert [(c.unit.code, c.status) for c in clear] == [("650100", UnitStatus.CONVERTED)]
    unclear = lookup("朝阳区", None, 2020, G)
    assert {c.unit.code for c in unclear} >= {"110105", "220104"}
    elsewhere = lookup("呼倫貝爾市", "650000", 2020, G)
    assert elsewhere[0].unit.code == "150700"
    assert {c.status for c in elsewhere} == {UnitStatus.UNRESOLVED}
    with pytest.raises(KeyError):
        lookup("伊宁市", "999999", 2020, G)
