"""Filters choose documents and rows, exactly and harmlessly, the same in both databases."""

from collections.abc import Iterator

import pytest

from ingest.store import CURRENT, Store, texts_to_where
from ingest.store.errors import WhereError
from tests.ingest.store.made_store import filled_store, made_records

OLD = made_records("旧/a_1.txt", "百分之100%_\\ [a]?*", year=2020)
NEW = made_records("新/b.txt", 'It\'s "new"', year=2021)
NONE = made_records("无.txt", year=None)


@pytest.fixture(name="store", scope="module", params=["sqlite", "postgresql"])
def store_of_three(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('where') / 'store.db'}"
    else:
        url = request.getfixturevalue("postgres_url")()
    with filled_store(url, OLD, NEW, NONE) as store:
        yield store


def sources(store: Store, *conditions: str) -> set[str]:
    found = store.records(CURRENT, texts_to_where(conditions))
    return {records.notices[0].source for records in found}


EVERY = {"旧/a_1.txt", "新/b.txt", "无.txt"}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("fiscal_year=2021", {"新/b.txt"}),
        ("fiscal_year!=2021", {"旧/a_1.txt", "无.txt"}),
        ("fiscal_year<2021", {"旧/a_1.txt"}),
        ("fiscal_year >= 2020 and fiscal_year <= 2021", {"旧/a_1.txt", "新/b.txt"}),
        ("fiscal_year=''", {"无.txt"}),
        ("fiscal_year!=''", {"旧/a_1.txt", "新/b.txt"}),
        ("source=*/a_1.txt", {"旧/a_1.txt"}),
        ("source=*/A_1.TXT", set()),
        ("source!=*/a*", {"新/b.txt", "无.txt"}),
        ("notices.title='百分之100%_\\ [a]?*'", {"旧/a_1.txt"}),
        ("notices.title=*100%_\\*", {"旧/a_1.txt"}),
        ("notices.title=*[a]?*", {"旧/a_1.txt"}),
        ("notices.title=1__", set()),
        ("notices.title='It''s \"new\"'", {"新/b.txt"}),
        ('notices.title="It\'s ""new"""', {"新/b.txt"}),
        ("notices.title='x'' OR 1=1 --'", set()),
        ("issued_on>=2020-12-25 AND issued_on<2020-12-26", EVERY),
        ("issued_on>2020-12-25", set()),
        ("outcome!=rejected", EVERY),
        ("unit_code=65*", EVERY),
        ("unit_code=11*", set()),
    ],
)
def test_conditions_on_documents(store: Store, condition: str, expected: set[str]) -> None:
    assert sources(store, condition) == expected


def test_several_conditions_all_have_to_hold(store: Store) -> None:
    assert sources(store, "fiscal_year=2021", "source=*b*") == {"新/b.txt"}
    assert sources(store, "fiscal_year=2021", "source=*a_*") == set()


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("value>91.4999999999999999999", ["6011348", "91.50"]),
        ("value>91.5", ["6011348"]),
        ("value=91.5", ["91.50"]),
        ("value<0", ["-4360"]),
        ("value<=0.00 and value>-1", ["0", "0.00"]),
        ("value='' and figures.status=blank", [None]),
        ("value!=60 and value!='' and value<100", ["-4360", "91.50", "0", "0.00"]),
    ],
)
def test_numbers_are_compared_exactly(
    store: Store, condition: str, expected: list[str | None]
) -> None:
    (records,) = store.records(CURRENT, texts_to_where([condition, "source='新/b.txt'"]))
    values = [None if f.value is None else str(f.value) for f in records.figures]
    assert values == expected


def test_conditions_on_rows_keep_the_rest_of_the_document(store: Store) -> None:
    (records,) = store.records(
        CURRENT, texts_to_where(["figures.status=unreadable and fiscal_year=2021"])
    )
    assert [figure.printed for figure in records.figures] == ["8?1"]
    assert (records.notices, records.indicators) == (NEW.notices, NEW.indicators)
    assert (records.tables, records.findings) == (NEW.tables, NEW.findings)


def test_a_column_of_two_tables_chooses_rows_of_both(store: Store) -> None:
    (records,) = store.records(CURRENT, texts_to_where(["status=text and fiscal_year=2021"]))
    assert {figure.status for figure in records.figures} == {"text"}
    assert {indicator.status for indicator in records.indicators} == {"text"}


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("fiscal_yaer=2021", "did you mean fiscal_year"),
        ("nowhere=1", "there are accounts, actual_measure"),
        ("figures.outcome=accepted", "no column outcome of figures"),
        ("notes.title=x", "'notes' is no table"),
        ("fiscal_year=next", "whole number"),
        ("fiscal_year=2021 or status=text", "`and` is missing"),
        ("fiscal_year", "not understood"),
        ("fiscal_year=", "not understood"),
        ("status==text", "not understood|never"),
        ("status=suspicious", "one of proved, repaired"),
        ("value=1e3", "a number"),
        ("value>''", "absent"),
        ("issued_on=2021", "date such as"),
        ("issued_on=2021-02-30", "date such as"),
        ("doc_no>3", "= or != only"),
        ("issuers=财政厅", "list"),
        ("title=x", "notices.title or tables.title"),
        ("kind=target", "indicators.kind or tables.kind"),
        ("source='a", "not understood"),
        ("1=1; DROP TABLE figures", "no column 1"),
        ("", "not understood"),
        ("status=text and", "not understood|`and`"),
    ],
)
def test_what_is_not_understood_is_said(condition: str, said: str) -> None:
    with pytest.raises(WhereError, match=said) as told:
        texts_to_where([condition])
    assert told.value.exit_status == 2


def test_a_long_condition_is_read_at_once() -> None:
    with pytest.raises(WhereError):
        texts_to_where(["a" * 100_000 + " " * 100_000])
    assert texts_to_where(["source=" + "*" * 10_000]).conditions[0].pattern
