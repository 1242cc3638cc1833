"""Finds the servers' programs, or says in one sentence how to get them."""

from __future__ import annotations

import shutil
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
"""Where Debian and Ubuntu keep each version's programs."""


class MissingServer(Exception):
    """A program that the tests need is not installed."""


def postgres_program(name: str) -> str:
    """`initdb` or `postgres`: the newest Debian version, else what PATH has."""
    installed = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = str(installed[-1]) if installed else shutil.which(name)
    if found is None:
        raise MissingServer(
            "These tests need PostgreSQL: run `apt-get install postgresql` (as root) and try again."
        )
    return found


def redis_program() -> str:
    """`redis-server`."""
    found = shutil.which("redis-server")
    if found is None:
        raise MissingServer(
            "These tests need Redis: run `apt-get install redis-server` (as root) and try again."
        )
    return found
