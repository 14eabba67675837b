"""Every unit of the original notices, read from their tab-separated rows."""

import re
from decimal import Decimal

import pytest

from normalize.places import home_of, load_gazetteer, place_name, place_rows
from schemas.places import Placement, RowClue, UnitStatus
from schemas.tables import Role
from tests.outside import require_original

G = load_gazetteer()

# Worked out by hand: block sums, the order of neighbouring rows, the twelve target tables.
HARD = {
    1: ("乌兰浩特市", "650100", UnitStatus.REASSIGNED),
    2: ("克什克腾旗", "650200", UnitStatus.REASSIGNED),
    24: ("阿图什市", "654301", UnitStatus.REASSIGNED),
    35: ("阿勒山門市", "652702", UnitStatus.CORRECTED),
    36: ("伊犁州", "652300", UnitStatus.REASSIGNED),
    39: ("呼倫貝爾市", "652323", UnitStatus.REASSIGNED),
    42: ("伊犁蘇爾縣", "652327", UnitStatus.CORRECTED),
    43: ("木爾縣", "652328", UnitStatus.CORRECTED),
    45: ("伊犁州", "652801", UnitStatus.REASSIGNED),
    91: ("且末县", "650400", UnitStatus.REASSIGNED),
}
BLOCKS = (
    ("654000", "02 03 21 22 23 24 25 26 27 28 04"),
    ("654200", "01 02 21 23 24 25 26"),
    ("654300", "01 21 22 23 24 25 26"),
    ("652700", "01 22 23 02"),
    ("652300", "01 02 23 24 25 27 28"),
    ("652800", "01 22 23 24 25 26 27 28 29"),
    ("652900", "01 22 02 24 25 26 27 28 29"),
    ("653000", "01 22 23 24"),
    ("653100", "01 21 22 23 24 25 26 27 28 29 30 31"),
    ("653200", "01 21 22 23 24 25 26 27"),
    ("650400", "02 21 22"),
    ("650500", "02 21 22"),
)


def original(number: str) -> list[list[str]]:
    text = require_original(number).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


def number_of(text: str) -> Decimal | None:
    return Decimal(text) if re.fullmatch(r"-?\d+", text) else None


def allocation() -> list[RowClue]:
    """The rows of the first original; those without a rate (×) head the rows below them."""
    clues: list[RowClue] = []
    head = 0
    for line in original("000"):
        cells = [c for c in line if c.strip()]
        if len(cells) < 12 or not re.fullmatch(r"\d{3,}", cells[1]):
            continue
        amounts = tuple(map(number_of, cells[1:12]))
        if not clues:
            clues.append(RowClue(cells[0], Role.TOTAL, None, amounts))
        elif cells[3] in "×X":
            head = len(clues)
            clues.append(RowClue(cells[0], Role.SUBTOTAL, 0, amounts))
        else:
            clues.append(RowClue(cells[0], Role.UNIT, head, amounts))
    return clues


def target_amounts() -> dict[str, Decimal]:
    """What the target tables print for the units that they name."""
    found: dict[str, Decimal] = {}
    unit = ""
    for line in original("000"):
        if line[0] == "预算单位":
            unit = line[1]
        elif line[0].startswith("项目资金"):
            found[unit] = next(n for n in map(number_of, line[1:]) if n is not None)
    return found


def placed(
    known: dict[str, Decimal], flat: bool = False
) -> tuple[list[RowClue], tuple[Placement, ...]]:
    home = home_of(["新疆维吾尔自治区财政厅", "伊犁哈萨克自治州财政局"], 2020, G)
    rows = allocation()
    if flat:
        rows = [RowClue(r.printed, r.role, None, r.amounts) for r in rows]
    return rows, place_rows(rows, home, 2020, G, known)


def expected() -> list[str]:
    codes = ["650000", "650100", "650200"]
    for prefecture, counties in BLOCKS:
        codes += [prefecture, *(prefecture[:4] + county for county in counties.split())]
    return codes


@pytest.mark.parametrize("with_amounts", [True, False])
def test_all_units_and_the_total_of_the_first_original(with_amounts: bool) -> None:
    _, found = placed(target_amounts() if with_amounts else {})
    assert [p.unit.code if p.unit else None for p in found] == expected()


def test_the_ten_hard_rows_show_why() -> None:
    rows, found = placed(target_amounts())
    for index, (printed, code, status) in HARD.items():
        assert rows[index].printed == printed
        unit = found[index].unit
        assert unit is not None
        assert (unit.code, found[index].status) == (code, status)
        assert len(found[index].evidence) >= 2
        assert any("only" in w or "order of codes" in w for w in found[index].evidence)


def test_the_head_of_a_block_is_known_by_its_parts_and_its_amount() -> None:
    _, found = placed(target_amounts())
    words = " ".join(found[36].evidence)
    assert "昌吉市" in words
    assert "its amount 2786 is what the notice prints for 昌吉州人力资源和社会保障局" in words


def test_without_blocks_nothing_wrong_is_said() -> None:
    _, found = placed({}, flat=True)
    wrong = [
        (p.printed, p.unit.code)
        for p, code in zip(found, expected(), strict=True)
        if p.unit is not None and p.unit.code != code
    ]
    assert wrong == []
    assert sum(p.unit is not None for p in found) >= 85


def test_the_second_original() -> None:
    home = home_of(["塔城地区财政局", "塔城地区人力资源和社会保障局"], 2023, G)
    names = [line[0] for line in original("002") if len(line) == 4 and line[1].isdigit()]
    assert len(names) == 8
    rows = [RowClue(n, Role.UNIT, 7) for n in names[:-1]] + [RowClue(names[-1], Role.TOTAL)]
    codes = [p.unit.code if p.unit else None for p in place_rows(rows, home, 2023, G)]
    assert codes == ["654201", "654221", "654202", "654203", "654224", "654225", "654226", "654200"]


def test_budget_units_of_the_fourth_original() -> None:
    text = require_original("004").read_text(encoding="utf-8")
    names = set(re.findall(r"(?:新疆巴州)?和硕县\w*局", text))
    assert len(names) >= 5
    home = home_of(sorted(names), 2022, G)
    assert home is not None
    assert home.code == "652828"
    assert {place_name(n, home, 2022, G).unit for n in names} == {home}


def test_a_seal_that_ate_the_first_character() -> None:
    home = G.get("654200", 2023)
    found = place_name("城地区人力资源和社会保障局", home, 2023, G)
    assert found.unit is not None
    assert (found.unit.code, found.status) == ("654200", UnitStatus.CORRECTED)
