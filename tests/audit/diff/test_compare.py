"""Tables and runs side by side."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from audit.diff import (
    Comparison,
    DifferenceKind,
    RunFigure,
    SideCell,
    SideColumn,
    SideRow,
    SideTable,
    Tolerances,
    compare_runs,
    compare_tables,
    match_columns,
    pair_tables,
)
from schemas.tables import CellKind


def cell(text: str) -> SideCell:
    if not text:
        return SideCell(CellKind.BLANK, None, "")
    if text == "?":
        return SideCell(CellKind.UNREADABLE, None, "?")
    return SideCell(CellKind.NUMBER, Decimal(text), text)


def table(title: str, heads: str, *rows: tuple[str, str]) -> SideTable:
    """`table("t", "甲 乙", ("654201", "1 2"))`; `-` is a blank."""
    return SideTable(
        title,
        tuple(SideColumn(head, (head,)) for head in heads.split()),
        tuple(
            SideRow(key, f"县{key}", tuple(cell(t.strip("-")) for t in texts.split()))
            for key, texts in rows
        ),
    )


def compare(left: SideTable, right: SideTable, tolerances: Tolerances | None = None) -> Comparison:
    match = match_columns(left.columns, right.columns, lambda _l, _r: Fraction(1))
    return compare_tables(left, right, match, tolerances or Tolerances())


def kinds(comparison: Comparison) -> list[DifferenceKind]:
    return [difference.kind for difference in comparison.differences]


def test_equal_tables_match_whatever_the_order_of_rows() -> None:
    left = table("l", "甲 乙", ("1", "10 20"), ("2", "30 40"))
    right = table("r", "乙 甲", ("2", "40 30.00"), ("1", "20 10"))
    found = compare(left, right)
    assert (found.compared, found.equal, found.differs) == (4, 4, False)


def test_a_difference_has_its_sign_and_both_texts() -> None:
    found = compare(table("l", "甲", ("1", "10")), table("r", "甲", ("1", "12.5")))
    (one,) = found.differences
    assert (one.kind, one.left, one.right) == (DifferenceKind.VALUE, "10", "12.5")
    assert one.difference == Decimal("-2.5")
    assert found.differs


def test_a_tolerance_holds_to_its_last_digit_and_for_its_column() -> None:
    left, right = table("l", "甲 乙", ("1", "10 10")), table("r", "甲 乙", ("1", "10.5 10.5"))
    by_column = Tolerances(Decimal(0), {"甲": Decimal("0.5")})
    assert [d.column for d in compare(left, right, by_column).differences] == ["乙"]
    assert not compare(left, right, Tolerances(Decimal("0.5"))).differs
    assert compare(left, right, Tolerances(Decimal("0.49"))).differs


def test_a_blank_is_no_zero() -> None:
    found = compare(table("l", "甲", ("1", "0")), table("r", "甲 ", ("1", "-")))
    assert kinds(found) == [DifferenceKind.KIND]
    assert found.differences[0].difference is None


def test_two_blanks_are_not_compared_but_an_unreadable_cell_is() -> None:
    left = table("l", "甲 乙", ("1", "- ?"))
    found = compare(left, table("r", "甲 乙", ("1", "- -")))
    assert [d.column for d in found.differences] == ["乙"]


def test_rows_of_one_side_are_told() -> None:
    found = compare(
        table("l", "甲", ("1", "1"), ("2", "2")), table("r", "甲", ("1", "1"), ("3", "3"))
    )
    assert kinds(found) == [DifferenceKind.LEFT_ROW, DifferenceKind.RIGHT_ROW]


def test_repeated_rows_are_told_and_not_compared() -> None:
    right = table("r", "甲", ("1", "1"), ("1", "9"))
    found = compare(table("l", "甲", ("1", "1")), right)
    assert found.compared == 0
    assert kinds(found) == [DifferenceKind.RIGHT_REPEATED, DifferenceKind.RIGHT_REPEATED]
    assert found.differs


def test_a_column_of_the_left_alone_is_no_difference_and_one_of_the_right_is() -> None:
    left, right = table("l", "甲 乙", ("1", "1 2")), table("r", "甲", ("1", "1"))
    assert not compare(left, right).differs
    assert compare(right, left).differs


def test_measures_are_put_on_one_footing_exactly() -> None:
    wan, yuan = table("l", "甲", ("1", "0.07")), table("r", "甲", ("1", "700"))
    left = replace(wan, columns=(SideColumn("甲", ("甲",), "元", Decimal(10000)),))
    right = replace(yuan, columns=(SideColumn("甲", ("甲",), "元", Decimal(1)),))
    found = compare(left, right)
    assert not found.differs
    assert found.cells[0].right.text == "700 × 0.0001 = 0.07"


def test_a_table_is_compared_with_the_one_that_it_clearly_repeats() -> None:
    lefts = [table("a", "甲", ("1", "1"), ("2", "2")), table("b", "甲", ("1", "7"), ("2", "8"))]
    right = table("r", "甲", ("1", "7"), ("2", "8"))
    pairing = pair_tables(lefts, [lambda _left: right], Tolerances(), lambda _l, _r: {})
    assert [c.left for c in pairing.comparisons] == ["b"]


def test_a_table_that_two_fit_as_well_is_left_to_a_person() -> None:
    lefts = [table("a", "甲", ("1", "1")), table("b", "甲", ("1", "1"))]
    right = table("r", "甲", ("1", "1"))
    pairing = pair_tables(lefts, [lambda _left: right], Tolerances(), lambda _l, _r: {})
    assert pairing.comparisons == ()
    assert pairing.unclear == (("r", ("a", "b")),)


def test_a_table_without_anything_in_common_stays_alone() -> None:
    right = table("r", "丙", ("9", "1"))
    lefts = [table("a", "甲", ("1", "1"))]
    pairing = pair_tables(lefts, [lambda _left: right], Tolerances(), lambda _l, _r: {})
    assert pairing.alone == (right,)


FIGURE = RunFigure(
    ("id", "1", "2", "3"), "n.txt", "塔城市", "合计", Decimal(5), "5", "proved", "654201", "L1:C2"
)


def runs(left: list[RunFigure], right: list[RunFigure], tolerance: str = "0") -> Comparison:
    return compare_runs(left, right, ("l", "r"), Tolerances(Decimal(tolerance)), {})


def test_runs_tell_changes_of_value_status_and_unit() -> None:
    changed = replace(FIGURE, value=Decimal(6), status="suspect", unit_code="654202")
    found = runs([FIGURE], [changed])
    assert kinds(found) == [DifferenceKind.VALUE, DifferenceKind.STATUS, DifferenceKind.UNIT]
    assert (found.compared, found.equal) == (1, 0)


def test_runs_that_print_the_number_otherwise_match() -> None:
    assert not runs([FIGURE], [replace(FIGURE, value=Decimal("5.00"), printed="5.00")]).differs


def test_a_tolerance_does_not_hide_a_number_that_is_gone() -> None:
    gone = replace(FIGURE, value=None, printed="S", status="unreadable")
    found = runs([FIGURE], [gone], "10")
    assert kinds(found) == [DifferenceKind.KIND, DifferenceKind.STATUS]


def test_runs_tell_figures_of_one_side_and_repeated_ones() -> None:
    other = replace(FIGURE, key=("id", "1", "2", "4"))
    assert kinds(runs([FIGURE, other], [FIGURE])) == [DifferenceKind.LEFT_ROW]
    assert kinds(runs([FIGURE], [FIGURE, other])) == [DifferenceKind.RIGHT_ROW]
    assert kinds(runs([FIGURE, FIGURE], [FIGURE])) == [DifferenceKind.LEFT_REPEATED]
