"""Which documents two runs answered otherwise, and which of them stand beside each other."""

from ingest.store import Store
from tests.ingest.store.made_store import FIRST, SECOND, filled_store, made_records, take_in

Said = tuple[tuple[str, str] | None, tuple[str, str] | None]


def said(store: Store, left: int, right: int) -> list[Said]:
    """Path and title of each side."""
    return [
        (
            one and (one.notices[0].source, one.notices[0].title),
            other and (other.notices[0].source, other.notices[0].title),
        )
        for one, other in store.changes(left, right)
    ]


def test_documents_meet_by_their_bytes_else_by_their_path(store_url: str) -> None:
    before = [
        made_records("same.txt", "同"),
        made_records("better.txt", "旧"),
        made_records("中.txt", "一", data="1"),
        made_records("replaced.txt", "甲", data="a"),
        made_records("old place.txt", "在", data="moved"),
    ]
    with filled_store(store_url, *before) as store:
        run = store.begin_run(SECOND, "file:///archive")
        after = [
            made_records("better.txt", "新"),
            made_records("中.txt", "二", data="2"),
            made_records("replaced.txt", "乙", data="b"),
            made_records("new place.txt", "也在", data="moved"),
            made_records("added.txt", "加"),
        ]
        for records in after:
            take_in(store, run, records)
        found = [
            (None, ("added.txt", "加")),
            (("better.txt", "旧"), ("better.txt", "新")),
            (("old place.txt", "在"), ("new place.txt", "也在")),
            (("replaced.txt", "甲"), ("replaced.txt", "乙")),
            (("中.txt", "一"), ("中.txt", "二")),
        ]
        assert said(store, 1, 2) == found
        assert sorted(said(store, 2, 1), key=str) == sorted(((b, a) for a, b in found), key=str)
        assert said(store, 2, 2) == []


def test_of_many_documents_none_is_left_out(store_url: str) -> None:
    paths = [f"{number:02d}.txt" for number in range(23)]
    with filled_store(store_url, *(made_records(path, "旧") for path in paths)) as store:
        run = store.begin_run(SECOND, "file:///archive")
        for path in paths:
            take_in(store, run, made_records(path, "新"))
        assert said(store, 1, 2) == [((path, "旧"), (path, "新")) for path in paths]
        assert store.unchanged_figures(1, 2) == 0


def test_one_path_with_several_documents_loses_none(store_url: str) -> None:
    """The bytes that lay at a path may live on at another, so two documents bear one source."""
    old = made_records("a.txt", "一", data="1")
    with filled_store(store_url, old) as store:
        run = store.begin_run(FIRST, "file:///archive")
        file = made_records("copy.txt", "一", data="1")
        take_in(store, run, file)
        second = made_records("a.txt", "二", data="2")
        take_in(store, run, second)
        third = store.begin_run(FIRST, "file:///archive")
        take_in(store, third, made_records("a.txt", "三", data="3"))
        take_in(store, third, made_records("copy.txt", "四", data="4"))
        found = said(store, run.id, third.id)
        sides = [{one for one in side if one} for side in zip(*found, strict=True)]
        assert sides == [
            {("a.txt", "一"), ("a.txt", "二")},
            {("a.txt", "三"), ("copy.txt", "四")},
        ]
        assert sum(one is not None for pair in found for one in pair) == 4
