"""The province that rows agree on where a notice names none."""

import pytest

from normalize.places import home_of_rows, load_gazetteer, place_rows
from schemas.places import RowClue
from schemas.tables import Role

SHANXI = ("太原市", "迎泽区", "阳曲县", "大同市", "平城区", "天镇县", "城区", "矿区")


def home(names, year=2021):
    unit = home_of_rows(names, year, load_gazetteer())
    return unit.name if unit else None


def test_names_that_only_one_province_has_tell_it():
    assert home(SHANXI) == "山西省"


def test_one_strange_name_of_twelve_does_not_hide_it():
    names = (*SHANXI, "云州区", "浑源县", "灵丘县", "广灵县", "阳高县", "呼图壁县")
    assert home(names) == "山西省"


@pytest.mark.parametrize(
    "names",
    [
        ("鼓楼区", "朝阳区", "桥西区", "新城区", "西湖区"),  # every one in several provinces
        ("河北省", "山西省", "吉林省", "甘肃省", "青海省"),  # a table of the whole country
        ("郸城县", "磴口县", "迎泽区", "天镇县", "阳曲县", "呼图壁县"),  # of four provinces
        ("太原市", "大同市"),  # too few
        ("合计", "城关镇", "中心小学", ""),  # no units at all
        (),
    ],
)
def test_too_few_or_mixed_names_tell_none(names):
    assert home(names) is None


def test_a_namesake_becomes_one_of_that_province():
    names = ("济南市", "市中区", "章丘市", "平阴县", "商河县", "济阳县")
    gazetteer = load_gazetteer()
    whole = home_of_rows(names, 2015, gazetteer)
    placed = place_rows([RowClue(n, Role.UNIT) for n in names], whole, 2015, gazetteer)
    assert {p.unit.code[:2] for p in placed if p.unit} == {"37"}
