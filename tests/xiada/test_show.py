"""What `make run` prints."""

import sys
from pathlib import Path

import pytest

from examples import show
from ingest.export.formats import Format
from ingest.export.writers import open_export
from ingest.records import notice_to_records
from tests.made_notices import made_notice


def test_notices_and_first_figures_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_export(tmp_path, [Format.CSV]) as export:
        export.write(notice_to_records(made_notice(tables=())))
        export.write(notice_to_records(made_notice("long.txt")))
    monkeypatch.setattr(sys, "argv", ["show", str(tmp_path)])
    show.main()
    text = capsys.readouterr().out
    assert "新财社〔2020〕287号" in text
    assert "long.txt, the first of its 12 figures" in text
    assert ["人数", "人", "6011348", "unproved", "L9:C2"] in [
        line.split()[3:] for line in text.splitlines()
    ]
    assert "notices.csv" in text
