"""A throw-away PostgreSQL cluster."""

from __future__ import annotations

import itertools
import os
import pwd
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.servers.binaries import postgres_program
from tests.servers.folders import temporary_folder
from tests.servers.process import ServerFailed, account, free_port, running, unprivileged

_SPEED = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=200")
"""Nothing survives a power cut here, and nothing has to."""


class Postgres:
    """A running cluster that hands out databases."""

    def __init__(self, port: int, pid: int) -> None:
        self.port = port
        self.pid = pid
        self._numbers = itertools.count(1)

    def url(self, database: str) -> str:
        """The address of one database."""
        return f"postgresql://tests@127.0.0.1:{self.port}/{database}"

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """The URL of a fresh copy of `template`, dropped at the end."""
        name = f"t{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def create(self, name: str) -> str:
        """A database that stays as long as the cluster."""
        self._run(f"CREATE DATABASE {name} TEMPLATE template0")
        return self.url(name)

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


def _answers(port: int) -> bool:
    try:
        psycopg.connect(f"postgresql://tests@127.0.0.1:{port}/postgres", connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _initdb(folder: Path, user: str | None) -> Path:
    data = folder / "data"
    made = subprocess.run(
        [
            *(postgres_program("initdb"), "--pgdata", str(data), "--username", "tests"),
            *("--auth", "trust", "--no-locale", "--encoding", "UTF8", "--no-sync"),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        **account(user),  # type: ignore[call-overload]  # keyword names vary with the user
    )
    if made.returncode:
        raise ServerFailed(f"initdb failed: {made.stderr[-2000:]}")
    return data


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    """A cluster in a temporary folder, on loopback, gone at the end."""
    user = unprivileged()
    with temporary_folder("postgres") as folder:
        if user is not None:
            entry = pwd.getpwnam(user)
            os.chown(folder, entry.pw_uid, entry.pw_gid)
        data = _initdb(folder, user)
        port = free_port()
        settings = [part for each in _SPEED for part in ("-c", each)]
        command = [postgres_program("postgres"), "-D", str(data), "-k", str(folder)]
        command += ["-h", "127.0.0.1", "-p", str(port), *settings]
        with running(
            command,
            folder=folder,
            user=user,
            stop_by=signal.SIGQUIT,  # immediate: there is nothing to keep
            answers=lambda: _answers(port),
        ) as pid:
            yield Postgres(port, pid)
