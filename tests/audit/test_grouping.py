"""A comma between thousands that was read as a point: sums hold all the same."""

from pathlib import Path

import pytest

import xiada

HEAD = "2022年补助资金分配表\n单位：人、万元\n"
MISREAD = (
    ("单位", "参保人数", "上年人数"),
    ("合计", "671.880", "655.102"),
    ("塔城市", "161.350", "158.201"),
    ("额敏县", "200.110", "190.400"),
    ("乌苏市", "310.420", "306.501"),
)
TYPED = (
    ("单位", "参保人数", "补助资金（2×50元/10000）"),
    ("", "2", "3=2×50元/10000"),
    ("合计", "8643", "43.215"),
    ("塔城市", "2469", "12.345"),
    ("额敏县", "3021", "15.105"),
    ("乌苏市", "3153", "15.765"),
)


def read(folder: Path, rows: tuple[tuple[str, ...], ...]) -> xiada.Notice:
    path = folder / "a.txt"
    path.write_text(HEAD + "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    return xiada.read(path)


def test_figures_that_only_their_own_sums_prove_are_suspect(tmp_path: Path) -> None:
    notice = read(tmp_path, MISREAD)
    figures = notice.figures()
    assert set(figures.status) == {"suspect"}
    assert figures.proposal.iloc[0] == "671880"
    assert list(notice.findings().rule).count("point-or-comma") == 2


def test_a_point_among_commas_is_suspect(tmp_path: Path) -> None:
    rows = (("单位", "参保人数"), ("塔城市", "161,350"), ("额敏县", "200.110"), ("裕民县", "98"))
    figures = read(tmp_path, rows).figures()
    assert list(figures.status) == ["unproved", "suspect", "unproved"]
    assert figures.proposal.iloc[1] == "200110"


def test_figures_that_another_kind_of_figure_ties_are_not_doubted(tmp_path: Path) -> None:
    figures = read(tmp_path, TYPED).figures()
    assert "suspect" not in set(figures.status)


def test_a_constant_that_only_the_figures_tell_says_nothing_of_their_scale(tmp_path: Path) -> None:
    rows = (
        ("单位", "参保人数", "应补助人数"),
        ("合计", "671880", "671.880"),
        ("塔城市", "161350", "161.350"),
        ("额敏县", "200110", "200.110"),
        ("乌苏市", "310420", "310.420"),
        ("沙湾市", "121001", "121.001"),
        ("裕民县", "110337", "110.337"),
    )
    figures = read(tmp_path, rows).figures()
    assert set(figures[figures["item"] == "应补助人数"].status) == {"suspect"}


@pytest.mark.parametrize("small", ["0.500", "1310.420"])
def test_a_column_that_cannot_be_grouped_by_threes_is_not_doubted(
    tmp_path: Path, small: str
) -> None:
    rows = (*(row[:2] for row in MISREAD), ("沙湾市", small))
    figures = read(tmp_path, rows).figures()
    assert "671880" not in set(figures.proposal)
