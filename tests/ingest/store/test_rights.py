"""A store that this user may not write is said so by its file, and left as it was.

Root may write everything, so these run in a process without that privilege.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ingest.store.made_store import filled_store, made_records

OPENER = """
import sys
from ingest.store import open_store
from ingest.store.errors import StoreError
try:
    with open_store(sys.argv[1]):
        print("opened")
except StoreError as error:
    print(type(error).__name__, error)
"""


def opened(path: Path) -> str:
    command = [sys.executable, "-c", OPENER, f"sqlite:///{path}"]
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root may write everything, and setpriv is not there to take that away")
        command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *command]
    environment = {**os.environ, "PYTHONPATH": os.getcwd()}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("name", "mode"), [("store.db", 0o444), ("store.db-shm", 0o444), ("", 0o555)]
)
def test_what_may_not_be_written_is_named(tmp_path: Path, name: str, mode: int) -> None:
    path, barred = tmp_path / "store.db", tmp_path / name
    with filled_store(f"sqlite:///{path}", made_records("a.txt")):
        pass
    barred.touch()
    barred.chmod(mode)
    before = sorted(tmp_path.iterdir())
    said = opened(path)
    what = f"file {barred}" if name else f"folder {tmp_path}"
    assert said == f"ReadOnlyStoreError The {what} of the store cannot be written."
    assert sorted(tmp_path.iterdir()) == before
    barred.chmod(0o755)
    assert opened(path) == "opened"
