"""Whatever stands in a table, each row gets one placement and nothing is raised."""

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from normalize.places import load_gazetteer, place_rows
from schemas.places import RowClue, UnitStatus
from schemas.tables import Role

G = load_gazetteer()
NAMES = st.one_of(
    st.sampled_from([u.name for u in G.units if u.code.startswith(("65", "41"))]),
    st.sampled_from(
        ["", "合计", "小计", "总计", "全州合计", "本级", "高新区", "12345", "长" * 200]
    ),
    st.text(max_size=8),
)
AMOUNTS = st.lists(st.one_of(st.none(), st.integers(-9, 99).map(Decimal)), max_size=3).map(tuple)
ROWS = st.lists(
    st.builds(
        RowClue, NAMES, st.sampled_from(list(Role)), st.none() | st.integers(-2, 14), AMOUNTS
    ),
    max_size=12,
)
HOMES = st.sampled_from([None, "650000", "410000", "411600", "652828", "110000"])


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(ROWS, HOMES, st.sampled_from([None, 1999, 2013, 2024, 2031]))
def test_one_placement_a_row(rows: list[RowClue], home: str | None, year: int | None) -> None:
    placed = place_rows(rows, G.get(home, year) if home else None, year, G)
    assert [p.printed for p in placed] == [row.printed for row in rows]
    assert all((p.unit is None) == (p.status is UnitStatus.UNRESOLVED) for p in placed)
    assert all(p.evidence for p in placed)
    totals = [p for p, row in zip(placed, rows, strict=True) if row.role is Role.TOTAL]
    assert all(p.status is not UnitStatus.CORRECTED for p in totals)
