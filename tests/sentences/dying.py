"""Something that applies the journal and dies at a given step, in a process of its own
(`python -m … URL ROOT STEP`) or in this one.

STEP `before`: the edit is recorded, nothing was written; a number: after so many files were put in
place; `unmarked`: the files are changed, nobody wrote down that they are.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from nlu.sentence_files import writing
from nlu.sentence_files.store import ProjectSentences
from services.learning.applying import apply_edits
from storage.database import Database
from storage.sentence_journal import SqlSentenceJournal

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)


class Died(BaseException):
    """In place of a SIGKILL, where one process plays both lives."""


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def raise_died() -> None:
    raise Died


class DyingJournal(SqlSentenceJournal):
    """Dies instead of writing down that an edit was applied."""

    def __init__(self, database: Database, die: Callable[[], None]) -> None:
        super().__init__(database)
        self._die = die

    async def applied(self, number: int, now: datetime) -> None:
        self._die()


class DyingFiles(ProjectSentences):
    """Dies instead of applying."""

    def __init__(self, root: Path, die: Callable[[], None]) -> None:
        super().__init__(root)
        self._die = die

    async def apply(self, edit: object) -> None:
        self._die()


@contextmanager
def dies_after(writes: int, die: Callable[[], None]) -> Iterator[None]:
    """Death after so many files were put in place, or taken away, or renamed."""
    real = writing._write, writing._move
    done = []

    def counted(act: Callable[..., None], *args: object) -> None:
        act(*args)
        done.append(act)
        if len(done) == writes:
            die()

    writing._write = partial(counted, real[0])  # type: ignore[assignment]
    writing._move = partial(counted, real[1])  # type: ignore[assignment]
    try:
        yield
    finally:
        writing._write, writing._move = real


async def live(
    database: Database, root: Path, step: str, die: Callable[[], None] = raise_died
) -> None:
    """Apply what is pending, and die at the step."""
    journal = DyingJournal(database, die) if step == "unmarked" else SqlSentenceJournal(database)
    files = DyingFiles(root, die) if step == "before" else ProjectSentences(root)
    with dies_after(int(step) if step.isdecimal() else 0, die):
        await apply_edits(journal, files, lambda: NOW)


async def main(url: str, root: Path, step: str) -> None:
    database = Database(url)
    await live(database, root, step, kill)
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3]))
