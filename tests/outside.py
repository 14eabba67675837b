"""Programs, fonts and real notices that some tests need from outside the repository.

Where one is missing the test is skipped with a plain reason; on the build server, which installs
all programs and fonts, a missing one is a failure instead, so that no test is silently left out
there. Real notices are no part of the repository and are never asked for.
"""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest

NEED_ALL = "XIADA_TESTS_NEED_ALL"
"""The environment variable under which nothing may be missing."""

_ORIGINALS = Path(__file__).resolve().parents[2] / "shared" / "originals"
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")


def require_program(name: str) -> str:
    """The path of a program such as `soffice` or `chromium`; else the test is skipped."""
    found = shutil.which(name)
    return found if found is not None else _missing(f"the program {name} is not installed")


def require_font(file_name: str) -> Path:
    """The path of a font file such as `wqy-zenhei.ttc`; else the test is skipped."""
    for folder in _FONT_FOLDERS:
        for found in sorted(Path(folder).rglob(file_name)):
            return found
    return _missing(f"the font {file_name} is not installed")


def require_original(number: str) -> Path:
    """The text of a real notice by its number, such as `000`; where none lies beside this
    repository the test is skipped."""
    for found in sorted(_ORIGINALS.glob(f"{number}_*.txt")):
        return found
    pytest.skip(f"the original notice {number} does not lie beside this repository")


@cache
def _postgres_folder() -> Path | None:
    """The folder of the newest PostgreSQL server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


def require_postgres() -> Path:
    """The folder that holds `initdb` and `pg_ctl`; else the test is skipped."""
    folder = _postgres_folder()
    if folder is None:
        return _missing("no PostgreSQL server is installed")
    subprocess.run([folder / "initdb", "--version"], check=True, capture_output=True)
    return folder


def _missing(reason: str) -> NoReturn:
    if os.environ.get(NEED_ALL):
        pytest.fail(f"{reason}, and {NEED_ALL} is set")
    pytest.skip(reason)
