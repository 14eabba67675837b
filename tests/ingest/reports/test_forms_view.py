"""A performance table in the report: as it prints, with what was found beside each indicator."""

from pathlib import Path

import pytest

from ingest.isolated import Wanted
from ingest.isolation import Limits
from ingest.reports.archive import audit_notices
from ingest.reports.audit_html import write_audit_html
from ingest.reports.audited import Audited
from ingest.reports.forms_view import form_views
from ingest.reports.reading import read_for_audit

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"


def audited(name: str) -> Audited:
    wanted = [Wanted(next((FIXTURES / name).glob("input.*")), name)]
    return next(audit_notices(read_for_audit(wanted, Limits())))


@pytest.fixture(name="county", scope="module")
def county_targets() -> Audited:
    return audited("county_2022_targets")


def test_indicators_stand_in_their_form_with_its_amounts(county: Audited) -> None:
    form = form_views("n1", county)[0]
    assert ("年度资金总额", "91.59") in form.about
    assert form.columns == ("一级指标", "二级指标", "三级指标", "指标值")
    assert [text for text, _ in form.rows[1].cells] == ["产出指标", "数量指标", "发放次数", "=1次"]


def test_what_was_found_colours_its_row_and_is_told_on_a_click(county: Audited) -> None:
    rows = {row.number: row for row in form_views("n1", county)[0].rows}
    assert {mark for _, mark in rows[2].cells} == {"suspect"}
    assert not rows[2].clean
    assert "错误：城乡居民社会养老保险基金县级配套项目" in rows[2].facts
    assert "重算：12" in rows[2].facts
    assert {mark for _, mark in rows[3].cells} == {""}
    assert rows[3].clean


def test_targets_that_add_up_to_the_total_are_proved(county: Audited) -> None:
    marks = {mark for row in form_views("n1", county)[1].rows for _, mark in row.cells}
    assert "proved" in marks


def test_results_weights_and_scores_have_columns_where_they_are_printed() -> None:
    form = form_views("n1", audited("self_evaluation_form_b"))[0]
    assert set(form.columns) > {"实际完成值", "分值", "得分"}


def test_findings_lead_to_their_indicator(county: Audited, tmp_path: Path) -> None:
    write_audit_html(tmp_path / "r.html", [county])
    page = (tmp_path / "r.html").read_text("utf-8")
    assert 'href="#n1t2r2"' in page
    assert '<tr id="n1t2r2"' in page
    assert "没有可以复算的分配表" not in page
