"""Databases for the tests of stores: a file each, and one PostgreSQL server for the whole session.

`store_url` gives a test the URL of a new, empty database: once in SQLite and once in PostgreSQL.
`postgres_url` makes empty ones on the server, for tests that want only those. Each is a schema,
which for a store is as good as a database of its own, and costs a hundredth of one.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.outside import require_postgres

_OPTIONS = "-c fsync=off -c full_page_writes=off -c max_connections=40 -c shared_buffers=16MB"


@pytest.fixture(scope="session", name="postgres_url")
def new_postgres_database() -> Iterator[Callable[[], str]]:
    """A function that makes an empty schema and gives the URL of a database that is in it.

    The server listens on 127.0.0.1 at a free port, keeps its files in a folder of its own and is
    stopped at the end. It does not run as root, so there the user postgres runs it.
    """
    programs = require_postgres()
    folder = Path(tempfile.mkdtemp(prefix="xiada-postgres-"))
    data, port = folder / "data", _free_port()
    try:
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        initdb = ("--auth=trust", "--username=tester", "--encoding=UTF8", "--locale=C.UTF-8")
        _run(programs / "initdb", "--no-sync", *initdb, "-D", str(data))
        options = f"{_OPTIONS} -p {port} -k {folder} -c listen_addresses=127.0.0.1"
        control = (programs / "pg_ctl", "-D", str(data), "-w", "-t", "60")
        _run(*control, "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield _maker(f"postgresql+psycopg://tester@127.0.0.1:{port}")
        finally:
            _run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    maker: Callable[[], str] = request.getfixturevalue("postgres_url")
    return maker()


def _maker(server: str) -> Callable[[], str]:
    import psycopg  # noqa: PLC0415  where there is a server to talk to

    numbers = count(1)

    def make() -> str:
        name = f"store{next(numbers)}"
        plain = server.replace("+psycopg", "")
        with psycopg.connect(f"{plain}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")  # type: ignore[call-overload]
        return f"{server}/postgres?options=-csearch_path%3D{name}"

    return make


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _run(*command: str | Path) -> None:
    """Run a program of the server, as the user postgres where we are root."""
    prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    as_user = prefix if os.geteuid() == 0 else []
    done = subprocess.run(
        [*as_user, *map(str, command)],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command[0]}: {done.stdout}"
