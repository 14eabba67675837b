"""The words of a comparison in Chinese, for the reports that people read."""

from ingest.reports.sentences import phrase_in_chinese
from ingest.reports.words import words


def shown_note(note: str) -> str:
    """What is noted beside a difference: a status, a reason, or how a name was read.

    >>> shown_note("proved"), shown_note("no header like it"), shown_note("read as 塔城市")
    ('已证实', '没有相近的表头', '读作 塔城市')
    """
    return words().get(f"status.{note}") or phrase_in_chinese(note)
