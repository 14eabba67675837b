"""Two figures in one cell of a picture say that a column was missed."""

import pytest

from extract.grid import page_to_blocks
from extract.pages import Page
from tests.extract.grid.printed import page, ruled, tables, word


def made(cells: list[str], *, typed: bool = False) -> Page:
    """A table of two columns; `cells` are those of the second, one a row."""
    words = [word(f"第{i}县", 10, 25 + 20 * i) for i in range(len(cells))]
    words += [word(text, 110, 25 + 20 * i) for i, text in enumerate(cells)]
    ys = [20.0 + 20 * i for i in range(len(cells) + 1)]
    return page(words, ruled([0, 100, 300], ys), typed=typed)


@pytest.mark.parametrize(
    ("cells", "uncertain"),
    [
        (["258,939|15,536.34", "52", "61"], True),
        (["258,939 15,536.34", "180,220 10,813.20", "61"], True),
        (["22697 1", "412 1", "61"], False),
        (["22697 15", "412", "61"], False),
        (["258,939", "人员|公用", "61"], False),
        (["2020 年", "2021 年", "A|B"], False),
    ],
)
def test_figures_side_by_side_make_the_columns_uncertain(cells: list[str], uncertain: bool) -> None:
    (table,) = tables(page_to_blocks(made(cells)))
    assert table.uncertain is uncertain


def test_typed_tables_are_sure_of_their_columns() -> None:
    (table,) = tables(page_to_blocks(made(["1,234|5,678", "3,456|7,890"], typed=True)))
    assert not table.uncertain
