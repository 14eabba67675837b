"""The gazetteer holds units with their years, and refuses data that contradict themselves."""

import pytest

from normalize.places import GazetteerError, load_gazetteer
from normalize.places.gazetteer import check_units
from normalize.places.names import clean, fold, short_forms
from normalize.places.vocabulary import load_vocabulary
from schemas.places import Level, Unit

G = load_gazetteer()


def test_container_rows_of_the_yearly_tables_are_no_units() -> None:
    names = {unit.name for unit in G.units}
    assert not {"省直辖县级行政区划", "自治区直辖县级行政区划", "县", "市辖区"} & names
    assert all(unit.code != "110100" for unit in G.units)


def test_counties_that_a_province_administers_and_city_districts_have_it_as_parent() -> None:
    parents = {code: G.get(code, 2020).parent for code in ("659001", "429004", "419001", "110105")}  # type: ignore[union-attr]
    assert parents == {
        "659001": "650000",
        "429004": "420000",
        "419001": "410000",
        "110105": "110000",
    }


@pytest.mark.parametrize(
    ("old", "year", "new", "then"),
    [
        ("654223", 2020, "沙湾市", 2021),
        ("652100", 2014, "吐鲁番市", 2015),
        ("652101", 2014, "高昌区", 2015),
        ("652923", 2018, "库车市", 2020),
        ("542400", 2016, "那曲市", 2020),
        ("540522", 2015, None, 2024),
    ],
)
def test_renamed_and_upgraded_units_are_linked(
    old: str, year: int, new: str | None, then: int
) -> None:
    unit = G.get(old, year)
    later = G.at(unit, then) if unit else None
    assert (later.name if later else None) == new


def test_a_change_between_the_tables_of_2022_and_2024_leaves_no_empty_year() -> None:
    assert [G.get(c, 2023).name for c in ("540481", "659012")] == ["米林市", "白杨市"]  # type: ignore[union-attr]


def test_every_unit_lies_in_its_province() -> None:
    assert all(G.contains(u.code[:2] + "0000", u) for u in G.units)


@pytest.mark.parametrize(
    ("unit", "message"),
    [
        (Unit("65000", "某省", Level.PROVINCE, "", 2009, 2024), "six digits"),
        (Unit("650000", "某省", Level.PROVINCE, "", 2024, 2009), "before it begins"),
        (Unit("650100", "某市", Level.PREFECTURE, "660000", 2009, 2024), "does not stand in 2009"),
        (Unit("640000", "又省", Level.PROVINCE, "", 2012, 2014), "overlaps"),
    ],
)
def test_contradicting_data_are_refused_with_line_and_fault(unit: Unit, message: str) -> None:
    good = Unit("640000", "好省", Level.PROVINCE, "", 2009, 2024)
    with pytest.raises(GazetteerError, match=rf"line 3.*{message}"):
        check_units([(2, good), (3, unit)])


@pytest.mark.parametrize(
    ("official", "short"),
    [
        ("巴音郭楞蒙古自治州", "巴音郭楞州"),
        ("积石山保安族东乡族撒拉族自治县", "积石山县"),
        ("东乡族自治县", "东乡县"),
        ("鄂伦春自治旗", "鄂伦春旗"),
        ("内蒙古自治区", "内蒙古"),
        ("隆林各族自治县", "隆林县"),
        ("黔东南苗族侗族自治州", "黔东南州"),
    ],
)
def test_short_forms_by_rule(official: str, short: str) -> None:
    assert short_forms(official, load_vocabulary()) == (short,)


def test_scripts_and_compatibility_forms_meet() -> None:
    assert fold(clean("溫 泉縣")) == fold("温泉县")
    assert fold("乾縣") == fold("乾县")
    assert clean("⻓沙市\u200b") == "长沙市"
