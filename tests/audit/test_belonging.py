"""Sums that places tell: one column of amounts, in which only the rows' units say what adds up."""

from random import Random

import pytest

from audit.proof import prove_table
from audit.structure import table_to_structure
from schemas.proofs import Status

_PREFECTURES, _COUNTIES = 6, 7


@pytest.fixture
def amounts():
    """(rows, wholes): 合计, prefectures, each followed by its counties; one column."""
    random = Random(3)
    rows, wholes = [("合计", 0)], [None]
    for p in range(_PREFECTURES):
        head = len(rows)
        parts = [random.randint(900, 9_999) for _ in range(_COUNTIES)]
        rows.append((f"{p}州", sum(parts)))
        rows += [(f"{p}州{i}县", v) for i, v in enumerate(parts)]
        wholes += [0, *[head] * _COUNTIES]
    rows[0] = ("合计", sum(v for name, v in rows[1:] if name.endswith("州")))
    return rows, tuple(wholes)


def printed(rows, changes=()):
    texts = [(name, [str(value)]) for name, value in rows]
    for row, text in dict(changes).items():
        texts[row] = (texts[row][0], [text])
    return texts


def blocks_of(structure):
    return {b.head: b.parts for b in structure.blocks}


def statuses(made, structure, rows):
    proof = prove_table(made, structure, False)
    return {r: proof.proofs[r][0].status for r in rows}


def heads_of(rows):
    return [r for r, (name, _) in enumerate(rows) if name.endswith("州")]


def whole_of(rows):
    heads = heads_of(rows)
    expected = {h: tuple(range(h + 1, h + 1 + _COUNTIES)) for h in heads}
    return {0: tuple(heads), **expected}


def test_two_misread_counties_leave_all_sums_known(table, amounts):
    rows, wholes = amounts
    first, second = heads_of(rows)[1] + 3, heads_of(rows)[4] + 2
    wrong = {r: f"{rows[r][1] + 3_000:d}" for r in (first, second)}
    made = table(printed(rows, wrong))
    found = table_to_structure(made, wholes)
    assert blocks_of(found) == whole_of(rows)
    assert set(statuses(made, found, (first, second)).values()) == {Status.SUSPECT}
    # Figures and words alone lose the sums, and nothing can be said of the two.
    alone = table_to_structure(made)
    assert blocks_of(alone) != whole_of(rows)


def test_words_for_sums_tell_their_parts_where_no_places_are_known(table, amounts):
    rows, _ = amounts
    heads = heads_of(rows)
    named = [(name + "小计" if r in heads else name, value) for r, (name, value) in enumerate(rows)]
    wrong = {r: f"{rows[r][1] + 3_000:d}" for r in (heads[1] + 3, heads[4] + 2)}
    made = table(printed(named, wrong))
    found = table_to_structure(made)
    assert blocks_of(found) == whole_of(rows)
    assert set(statuses(made, found, wrong).values()) == {Status.SUSPECT}


def test_a_misread_prefecture_is_doubted_by_its_own_sum_and_by_the_total(table, amounts):
    rows, wholes = amounts
    head = heads_of(rows)[2]
    made = table(printed(rows, {head: f"{rows[head][1] + 500:d}"}))
    found = table_to_structure(made, wholes)
    assert blocks_of(found) == whole_of(rows)
    proof = prove_table(made, found, False).proofs[head][0]
    assert proof.status in (Status.SUSPECT, Status.REPAIRED)
    assert rows[head][1] in ({int(p) for p in proof.proposals} | {int(proof.value)})


def test_a_county_that_its_prefecture_does_not_count_is_no_part(table, amounts):
    # 省直管县 stand below their prefecture and are handed their money apart from it.
    rows, wholes = amounts
    head = heads_of(rows)[3]
    apart = head + 4
    rows[head] = (rows[head][0], rows[head][1] - rows[apart][1])
    made = table(printed(rows))
    found = table_to_structure(made, wholes)
    assert apart not in blocks_of(found)[head]
    assert Status.SUSPECT not in statuses(made, found, range(len(rows))).values()


def test_places_alone_make_no_sum(table, amounts):
    # Where prefectures have figures of their own beside those of their counties, nothing adds up.
    rows, wholes = amounts
    random = Random(4)
    rows = [(name, random.randint(900, 9_999)) for name, _ in rows]
    made = table(printed(rows))
    found = table_to_structure(made, wholes)
    assert not blocks_of(found).keys() & set(heads_of(rows))
    assert set(statuses(made, found, range(1, len(rows))).values()) == {Status.UNPROVED}


def test_a_misread_sum_of_districts_stands_between_its_city_and_them(table):
    texts = [
        ("甲市", ["12681"]),
        ("市本级", ["452"]),
        ("市辖区小计", ["6933"]),  # 6953
        ("乙区", ["1659"]),
        ("丙区", ["2327"]),
        ("丁区", ["517"]),
        ("戊区", ["2450"]),
        ("己县", ["3121"]),
        ("庚县", ["2155"]),
    ]
    assert blocks_of(table_to_structure(table(texts))) == {0: (1, 2, 7, 8), 2: (3, 4, 5, 6)}
