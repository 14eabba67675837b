"""The comparison finds what is wrong: a golden test that cannot fail would prove nothing."""

from pathlib import Path

from tests.golden.cases import Rows
from tests.golden.truth import differences

FIGURES = """table_no,row_no,role,unit_printed,unit_code,col_no,item,measure,printed,value,kind
1,1,unit,岷县,621126,1,金额,万元,48,48,number
1,2,total,合计,?621100,1,金额,万元,48,48,number
"""
INDICATORS = """table_no,row_no,level2,indicator,target_printed,target_low
2,1,数量指标,培训人数,≥10人,10
2,2,质量指标,合格率,100%,100
"""


def _truth(folder: Path) -> Path:
    (folder / "figures.csv").write_text(FIGURES, "utf-8")
    (folder / "indicators.csv").write_text(INDICATORS, "utf-8")
    return folder


def _good() -> Rows:
    figure = {"table_no": "1", "role": "unit", "unit_printed": "岷 县", "unit_code": "621126"}
    figure |= {"col_no": "1", "item": "金额", "measure": "万元", "printed": "48", "value": "48.0"}
    figure |= {"status": "unproved", "formula": "", "row_no": "1"}
    total = figure | {"row_no": "2", "role": "total", "unit_printed": "合计", "unit_code": ""}
    first = {"table_no": "2", "row_no": "1", "level2": "数量指标", "indicator": "培训人数"}
    first |= {"target_printed": "≥10人", "target_low": "10"}
    second = {"table_no": "2", "row_no": "2", "level2": "质量指标", "indicator": "合格率"}
    second |= {"target_printed": "100%", "target_low": "100"}
    return {"figures": [figure, total], "indicators": [first, second], "findings": []}


def test_right_tables_have_no_difference(tmp_path: Path) -> None:
    assert differences(_truth(tmp_path), _good()) == []


def test_a_wrong_number_is_one_difference(tmp_path: Path) -> None:
    rows = _good()
    rows["figures"][0]["value"] = "84"
    (found,) = differences(_truth(tmp_path), rows)
    assert (found.place, found.column, found.truth, found.got) == (
        "table 1 row 1 col 1",
        "value",
        "48",
        "84",
    )


def test_a_wrong_code_where_none_is_needed_is_a_difference(tmp_path: Path) -> None:
    rows = _good()
    rows["figures"][1]["unit_code"] = "621126"
    assert [one.column for one in differences(_truth(tmp_path), rows)] == ["unit_code"]


def test_a_missing_row_and_an_extra_one_are_told(tmp_path: Path) -> None:
    rows = _good()
    rows["figures"][1]["row_no"] = "3"
    told = [(one.place, one.truth) for one in differences(_truth(tmp_path), rows)]
    assert told == [("table 1 row 2", "a row"), ("table 1 row 3", "none")]


def test_a_missing_and_an_extra_indicator_are_told(tmp_path: Path) -> None:
    rows = _good()
    rows["indicators"][1] = rows["indicators"][1] | {"indicator": "满意度"}
    told = [(one.truth, one.got) for one in differences(_truth(tmp_path), rows)]
    assert told == [("合格率", "none"), ("none", "满意度")]


def test_pairs_that_were_swapped_are_told(tmp_path: Path) -> None:
    rows = _good()
    first, second = rows["indicators"]
    first["target_printed"], second["target_printed"] = "100%", "≥10人"
    found = differences(_truth(tmp_path), rows)
    assert [one.column for one in found] == ["target_printed", "target_printed"]


def test_an_open_gap_that_was_closed_has_to_leave_the_list(tmp_path: Path) -> None:
    truth = _truth(tmp_path)
    gap = "file,place,column,reason\nfigures.csv,table 1 row 1 col 1,value,not yet\n"
    (truth / "open.csv").write_text(gap, "utf-8")
    rows = _good()
    assert [one.file for one in differences(truth, rows)] == ["open.csv"]
    rows["figures"][0]["value"] = "84"
    assert differences(truth, rows) == []
