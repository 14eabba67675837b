"""Input that makes careless readers hang or swell. Each need only end, and lose nothing."""

import pytest

from schemas.errors import UnreadableError
from tests.extract.reading import raw_tables, read

_MILLION = 1_000_000

TEXTS = {
    "many tab rows": "塔城市\t30\t243\t273\n" * 10_000,
    "ten megabytes of lines": "塔城市\t30\t243\t273\n" * 450_000,
    "rows of all widths": "\n".join("塔城市" + "\t1" * i for i in range(3, 300)),
    "many small tables": ("塔城市\t30\t243\t273\n" * 3 + "说明。\n") * 2_500,
    "rows cut in two": ("塔城市\t30\t243\t273\n" * 3 + "呼图壁\n县\t3\t4\t5\n") * 2_000,
    "tabs alone": "a" + "\t" * 150_000 + "b",
    "short lines": "塔城市\n30\n243\n" * 5_000,
    "two hundred thousand lines": "塔城市\n30\n" * 100_000,
    "blank lines": "a\n" + "\n" * 40_000 + "b",
    "cells and blank lines": "塔城市\n\n30\n" * 4_000,
    "cells with bars": "塔城市 |\n30 |\n243 |\n" * 4_000,
    "titles of cell tables": ("某某分配表\n" + "塔城市\n30\n24\n" * 4) * 500,
    "one long line of cells": "塔城市 30 243 273 " * 6_000,
    "one long line of figures": "1 " * 60_000,
    "one long line of words": "县" * 499_999,
    "one line too long": "县" * _MILLION,
    "serial numbers of great length": ("9" * 9_000 + "\t塔城市\t3\t") * 30,
    "rows by blanks": "塔城市    30   243   273\n" * 7_000,
    "rows by single blanks": "塔城市 30 243 273\n" * 7_000,
    "wide rows by blanks": "\n".join("塔城市" + "  1" * (i % 180) for i in range(400)),
    "blanks in a row": "a" + " " * 400_000 + "b",
    "bars": "|" * 150_000,
    "bars and rules": "+--+--+\n| 塔城市 | 30 | 243 |\n" * 4_000,
    "commas": "1,2,3," * 50_000 + "\n" + "1,2,3\n" * 3,
    "comma rows": "塔城市,30,243,273\n" * 7_000,
    "open quotes": '"a,b,,1\n' * 7_000,
    "quoted breaks": '县,"a\n,b",1\n' * 4_000,
    "quotes": '县\t"' * 40_000,
    "double quotes": '"' * 400_000 + ",1,2",
    "stars": "*" * 400_000 + "a",
    "bold": "**a" * 130_000,
    "low lines": "__a" * 130_000,
    "open tags": "a\n" + "<b " * 150_000,
    "open attributes": "a\n" + ("<font " + "a=b " * 49) * 2_000,
    "entities": "&amp;" * 70_000,
    "dashes": "- " * 90_000,
    "form feeds": "\f" * 400_000 + "a",
    "titles in a row": ("某" * 60 + "表 ") * 5_000,
    "tables of one cell": "x\n" + "<table></table>" * 20_000,
    "tables in lines": "x\n" + "<table><tr><td>1<td>2</table>\n" * 2_000,
    "tables never closed": "x\n" + "<table>\n" * 60_000,
}

PAGES = {
    "ten thousand levels": "<div>" * 10_000 + "x" + "</div>" * 10_000,
    "ten thousand tables within one another": "<table><tr><td>" * 10_000 + "x",
    "tags never closed": "<table>" + "<tr><td><font>1<td><b>2\n" * 4_000,
    "letters never closed": "<i>" * 300_000 + "x",
    "one huge span": "<table><tr><td colspan=99999 rowspan=99999>1<td>2<tr><td>3</table>",
    "huge spans in every row": "<table>" + "<tr><td>1<td colspan=99999 rowspan=99999>1" * 1_500,
    "huge spans in one row": "<table><tr>" + "<td colspan=999 rowspan=999>1" * 2_000,
    "a stair of spans": "<table>" + "".join(f"<tr><td colspan={i}>1<td>2" for i in range(1, 600)),
    "cells in one row": "<table><tr>" + "<td>1" * 40_000,
    "three hundred thousand cells": "<table><tr>" + "<td>1" * 300_000,
    "rows of one cell": "<table>" + "<tr><td>1" * 30_000,
    "many tables": "<table><tr><td>1<td>2</table>" * 5_000,
    "attributes": "<p " + "a=b " * 300_000,
    "open comments": "x<!--" * 200_000,
    "angle brackets": "x" + "<" * 400_000,
}


def outcome(content: str, source: str) -> object:
    """The blocks of a document, or the remedy of the error that refuses it."""
    try:
        return read(content, source).layout.blocks
    except UnreadableError as error:
        return error.remedy


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_read_or_refused(name: str) -> None:
    assert outcome(TEXTS[name], "a.txt")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_or_refused(name: str) -> None:
    assert outcome(f"<html>{PAGES[name]}", "a.html")


def test_a_table_with_a_huge_span_is_as_wide_as_its_cells() -> None:
    (table,) = raw_tables(f"<html>{PAGES['one huge span']}")
    assert [len(row) for row in table.rows] == [2, 2]
