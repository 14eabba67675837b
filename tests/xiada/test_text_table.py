"""Tables for a terminal."""

from xiada.cli.text_table import text_table


def test_chinese_characters_take_two_columns() -> None:
    lines = text_table(["name", "code"], [["和硕县", "652828"], ["A", "1"]]).splitlines()
    assert lines == ["name    code", "和硕县  652828", "A       1"]


def test_what_a_terminal_would_act_on_is_shown() -> None:
    assert text_table(["a"], [["x\x1b[2J\ny"]]).splitlines()[1] == r"x\x1b[2J\ny"
