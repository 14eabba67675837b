"""The words of the head, loaded from `data/vocabulary.toml`."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrganWords:
    """How names of public bodies begin and end."""

    endings: Words
    addressee_endings: Words
    full_starts: Words
    place_designators: Words
    not_designators: Words
    letterhead_words: Words
    labels: Words


@dataclass(frozen=True, slots=True)
class DocNoWords:
    """The signs of a 文号 and what scans make of them. The strings are sets of characters."""

    labels: Words
    open: str
    close: str
    close_as_digit: str
    standard_open: str
    standard_close: str
    open_misread: str
    close_misread: str
    number_word_misread: str
    cut_after: Words
    cut_before_code: Words
    counties: Words
    kept_words: Words
    code_begins: Words
    joins: Words
    agency_signs: str


@dataclass(frozen=True, slots=True)
class TitleWords:
    """How titles of notices and of tables begin and end."""

    begins: Words
    about: Words
    ends: Words
    not_begins: Words
    table_ends: Words
    sure_table_ends: Words


@dataclass(frozen=True, slots=True)
class BodyWords:
    """What tells the body and the furniture of web pages from the parts around the title."""

    begins: Words
    leads_in: Words
    addressed_labels: Words
    not_recipients: Words
    web_furniture: Words
    no_text_marks: Words


@dataclass(frozen=True, slots=True)
class AttachmentWords:
    """The list of attachments. `trailing` is a set of characters."""

    marks: Words
    item_ends: Words
    trailing: str


@dataclass(frozen=True, slots=True)
class AccountWords:
    """Classes of the 政府收支分类科目 and the words around their codes."""

    function_classes: Words
    income_classes: Words
    government_economic_classes: Words
    department_economic_classes: Words
    context: Words
    introduces: Words
    measures: Words
    name_trailing: Words
    name_leading: Words


@dataclass(frozen=True, slots=True)
class DirectFundWords:
    """The words of the 直达资金标识."""

    marks: Words
    ends: Words
    others: Words
    denials: Words


@dataclass(frozen=True, slots=True)
class FundWords:
    """What surrounds the name of a fund in a title, and what makes a name of money."""

    verbs: Words
    levels: Words
    inner_levels: Words
    inner_before: Words
    level_joins: Words
    kept_starts: Words
    tails: Words
    breaks: Words
    signs: Words
    generic: Words
    not_funds: Words
    year_contexts: Words
    accounts_of_year: Words


def _words(table: dict[str, Any]) -> dict[str, Any]:
    """Lists become tuples, longest first, so that alternations prefer the longer word."""
    return {
        key: tuple(sorted(value, key=lambda word: (-len(word), word)))
        if isinstance(value, list)
        else value
        for key, value in table.items()
    }


_DATA: dict[str, Any] = tomllib.loads(
    (files(__package__) / "data" / "vocabulary.toml").read_text(encoding="utf-8")
)

ORGAN = OrganWords(**_words(_DATA["organ"]))
DOC_NO = DocNoWords(**_words(_DATA["doc_no"]))
TITLE = TitleWords(**_words(_DATA["title"]))
BODY = BodyWords(**_words(_DATA["body"]))
ATTACHMENTS = AttachmentWords(**_words(_DATA["attachments"]))
ACCOUNTS = AccountWords(**_words(_DATA["accounts"]))
DIRECT_FUND = DirectFundWords(**_words(_DATA["direct_fund"]))
FUND = FundWords(**_words(_DATA["fund"]))
COPY_MARKS: Words = tuple(_DATA["copies"]["marks"])
ISSUED_LABELS: Words = tuple(_DATA["dates"]["issued_labels"])
PRINTED_WORDS: Words = tuple(_DATA["dates"]["printed_words"])
CHINESE_DIGITS: dict[str, int] = dict(_DATA["dates"]["chinese_digits"])
DIGITS_MISREAD: dict[str, str] = dict(_DATA["digits"]["misread"])
