"""Every finding can be told in Chinese, with what its English sentence says and nothing else."""

import ast
import csv
import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from ingest.reports.sentences import finding_in_chinese, split_by
from ingest.reports.words import data_text
from schemas.findings import Cause, Severity
from schemas.records import FindingRecord

ROOT = Path(__file__).parents[3]
ROWS: dict[str, list[dict[str, str]]] = tomllib.loads(data_text("sentences.toml"))
RULES = {row["rule"] for row in csv.DictReader(data_text("rules.csv").splitlines())}
PACKAGES = ("extract", "normalize", "audit", "ingest")


def finding(rule: str, message: str) -> FindingRecord:
    return FindingRecord(
        notice_id="0" * 64,
        source="a.txt",
        rule=rule,
        severity=Severity.WARNING,
        cause=Cause.UNKNOWN,
        message=message,
    )


def is_told(rule: str, message: str) -> bool:
    said = finding_in_chinese(finding(rule, message))
    return message not in (*said.details, said.text)


def fields_of(text: str) -> list[str]:
    return [piece.split("}")[0] for piece in text.split("{")[1:]]


@pytest.mark.parametrize("rule", sorted(ROWS))
def test_both_languages_name_the_same_fields(rule: str) -> None:
    for row in ROWS[rule]:
        english = [name.removesuffix("!r") for name in fields_of(row["en"])]
        lists = [name for name in english if name.endswith("*")]
        told = {name.removesuffix("@") for name in english if name not in lists}
        assert set(row) == {"en", "zh"}
        assert set(fields_of(row["zh"])) == told, row["en"]
        assert len(english) == len(set(english)), row["en"]
        assert "}{" not in row["en"], row["en"]
        assert not lists or row["zh"].endswith("。"), row["zh"]


def test_every_sentence_belongs_to_a_rule_that_has_a_title() -> None:
    assert set(ROWS) - RULES == {"any-rule", "phrases"}


# What the code says, read from the code: f-strings beside the name of a rule.


def variants(node: ast.expr, names: dict[str, ast.expr]) -> list[str]:
    """What an expression may give, with ⟨…⟩ for what only a run can tell; [] for no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.Name) and node.id in names:
        return variants(names[node.id], {k: v for k, v in names.items() if k != node.id})
    if isinstance(node, ast.IfExp):
        return variants(node.body, names) + variants(node.orelse, names)
    if isinstance(node, ast.BinOp):
        both = product(variants(node.left, names), variants(node.right, names))
        return ["".join(pair) for pair in both]
    if isinstance(node, ast.JoinedStr):
        parts = []
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                known = variants(part.value, names) if isinstance(part.value, ast.Name) else []
                sample = f"⟨{ast.unparse(part.value)}⟩".replace("'", "").replace(", ", "，")
                parts.append(
                    [repr(s) if part.conversion == ord("r") else s for s in known or [sample]]
                )
            else:
                parts.append(variants(part, names))
        return ["".join(one) for one in product(*parts)]
    return []


def names_before(scope: ast.FunctionDef, line: int) -> dict[str, ast.expr]:
    """What each name was last given above a line."""
    given = [
        (node.lineno, node.targets[0].id, node.value)
        for node in ast.walk(scope)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.lineno <= line
    ]
    return {name: value for _, name, value in sorted(given, key=lambda one: one[0])}


def messages(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(rule, message) of each call that names a rule and a sentence beside it."""
    for scope in [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]:
        for node in ast.walk(scope):
            if not isinstance(node, ast.Call):
                continue
            given = [*node.args, *(k.value for k in node.keywords if k.arg != "printed")]
            rules = {
                value.value
                for one in given
                for value in ([one.body, one.orelse] if isinstance(one, ast.IfExp) else [one])
                if isinstance(value, ast.Constant) and value.value in RULES
            }
            names = names_before(scope, node.lineno) if rules else {}
            for one in given if rules else ():
                for text in variants(one, names):
                    if text not in RULES and " " in text and text.endswith((".", ":", "⟩")):
                        yield from ((rule, text) for rule in sorted(rules))


def table_messages(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(rule, message) of rows such as (rule, severity, text) in tables of the code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Tuple) and len(node.elts) == 3:
            rule, _, text = node.elts
            if isinstance(rule, ast.Constant) and rule.value in RULES:
                for words in variants(text, {}):
                    filled = words.replace("{n}", "3").replace("{first!r}", "'甲'")
                    yield rule.value, filled.replace("{first}", "甲")


def from_the_code() -> list[tuple[str, str]]:
    found: dict[tuple[str, str], None] = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found |= dict.fromkeys(messages(tree))
            # What a workbook says begins with the name of its sheet.
            found |= dict.fromkeys(
                (rule, text if text[0].isupper() or text[0].isdigit() else f"Sheet 1 (甲) {text}")
                for rule, text in table_messages(tree)
            )
    return list(found)


PUT_TOGETHER = (
    ("figure-repaired", "甲, 乙: 31 repaired to 30: 30 = 10 + 20 → 30 ✓."),
    ("figure-suspect", "甲, 乙: 31 may be wrong: 31 = 10 + 20 → 30 ✗; 31 = 9 + 21 → 30 ✗."),
    ("sum-mismatch", "甲, 乙: prints 31, its 3 rows add up to 30."),
    ("figure-suspect", "甲, 乙: 31 may be wrong: unlike the other figures of its column."),
    ("formula-fails", "甲: its formula holds in 1 of 9 rows and is not used."),
    ("formula-unreadable", "甲: its formula refers to columns that are not there."),
    ("formula-unreadable", "column 3: its formula stands over a column of words."),
    ("formula-unreadable", "甲: the formula cannot be read from '？×2'"),
    ("measure-contradiction", "甲: 乙 prints 52元/人/年, but 2 other forms print 52元/人/月."),
    (
        "measure-contradiction",
        "甲: 乙 prints 52元/人/年, but the allocation table's header says 丙.",
    ),
    ("told-sum-mismatch", "3021人 + 296人 is 3317人, the text says 3371人."),
    ("file-error", "a.txt was not read: it could not be opened (Permission denied)."),
    (
        "internal-error",
        "a.txt was not read: a fault of the program stopped it, E: x. Please report it.",
    ),
    (
        "no-usable-table",
        "a.txt has no usable table: one has a header but no rows of figures; "
        "look for the page that has the rows.",
    ),
    (
        "text-layer-not-used",
        "Page 2 is a picture with another program's reading under it; it was read as a picture.",
    ),
)
"""Sentences whose words are chosen from several at run time, an example of each."""


@pytest.mark.parametrize(("rule", "message"), PUT_TOGETHER)
def test_sentences_that_are_put_together_are_told_in_chinese(rule: str, message: str) -> None:
    assert is_told(rule, message)


def test_every_sentence_of_the_code_is_told_in_chinese() -> None:
    """Where this fails, a row is missing in `ingest/reports/data/sentences.toml`."""
    found = from_the_code()
    assert len(found) > 100  # the search itself works
    known = {rule for rule, _ in PUT_TOGETHER}
    untold = [pair for pair in found if pair[0] not in known and not is_told(*pair)]
    assert not untold


def test_every_finding_of_the_examples_is_told_in_chinese() -> None:
    untold = []
    for path in sorted((ROOT / "fixtures").glob("*/expected/findings.csv")):
        with path.open(encoding="utf-8-sig") as file:
            rows = [(row["rule"], row["message"]) for row in csv.DictReader(file)]
        untold += [(path.parent.parent.name, *row) for row in rows if not is_told(*row)]
    assert not untold


def test_numbers_and_names_are_carried_over() -> None:
    said = finding_in_chinese(
        finding("sum-mismatch", "塔城地区合计, 缴费: prints 31, its 2 rows add up to 30.")
    )
    assert str(said) == "塔城地区合计，缴费：印为 31，其下 2 行之和为 30。"


def test_equations_and_evidence_follow_one_by_one() -> None:
    message = (
        "Printed '通渭县（含高新区）', read as 通渭县: 通渭县(含高新区) resembles 通渭县; "
        "of 定西市's counties only 通渭县、漳县 stand in no other row"
    )
    said = finding_in_chinese(finding("unit-corrected", message))
    assert said.text == "印为“通渭县（含高新区）”，读作 通渭县。"
    assert said.details == (
        "“通渭县(含高新区)”形近“通渭县”",
        "定西市各县中只有通渭县、漳县没有出现在别的行",
    )


def test_why_a_file_was_not_read_is_told_with_what_to_do() -> None:
    message = (
        "a.pdf was not read: the PDF is damaged so that it cannot be opened. "
        "Fetch the file again from the archive."
    )
    assert str(finding_in_chinese(finding("damaged-file", message))) == (
        "a.pdf 未能读取：PDF 损坏，打不开。请从档案重新取得文件。"
    )


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        # a name with ", " in it: where does it end?
        ("sum-mismatch", "甲, 乙, 丙: prints 31, its 2 rows add up to 30."),
        ("sum-mismatch", "A sentence that was written later."),
        ("a-rule-of-tomorrow", "Nobody knows it yet."),
    ],
)
def test_a_sentence_that_cannot_be_read_back_for_certain_stands_as_it_is(
    rule: str, message: str
) -> None:
    said = finding_in_chinese(finding(rule, message))
    assert said.details == (message,)
    assert said.text.endswith("：")


def test_a_hostile_name_costs_no_time() -> None:
    name = ", : prints , its rows add up to " * 20_000
    readings = split_by(f"{name}.", ("", ", ", ": prints ", ", its ", " rows add up to ", "."))
    assert len(readings) == 2
