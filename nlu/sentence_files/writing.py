"""Puts changed files in place: whole or not at all, one process at a time, and never over what
somebody wrote meanwhile."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from nlu.sentence_files.project import Move, Project, Write, said
from services.learning.edits import FilesBroken

_NEW = ".liandong-new"


class HandEdited(FilesBroken):
    """有人正在手工改例句文件；等一下会再试，手工改的内容都保留。"""


@contextmanager
def locked(root: Path) -> Iterator[bool]:
    """Hold the project's files against other processes that use this; False: another one does.

    The folder itself is locked, so that no lock file lies about in somebody's checkout.
    """
    try:
        folder = os.open(root / "nlu", os.O_RDONLY)
    except OSError as exc:
        raise FilesBroken(f"打不开 {root / 'nlu'}（{exc.strerror}）") from exc
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(folder)


def carry_out(root: Path, project: Project) -> None:
    """Write what an edit wants, file by file.

    Raises `HandEdited` when a file is no longer what was read: read again, and do it again. Raises
    `FilesBroken` when the disk does not take it; what was written stays, and doing it again ends
    at the same.
    """
    try:
        for change in project.writes():
            _write(root, change)
        for move in project.moves:
            _move(root, move)
    except OSError as exc:
        raise FilesBroken(f"例句文件写不进去（{exc.strerror}）：看看权限和磁盘") from exc


def tidy(root: Path) -> None:
    """Remove what a killed process left half-written; only while the lock is held."""
    for left in _left_over(root):
        left.unlink(missing_ok=True)


def _left_over(root: Path) -> Iterable[Path]:
    yield from root.glob(f".*{_NEW}")
    yield from (root / "nlu").rglob(f".*{_NEW}")


def _write(root: Path, change: Write) -> None:
    target = (root / change.name).resolve()
    if change.after is None:
        _compare(target, change)
        target.unlink(missing_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    waiting = target.with_name(f".{target.name}{_NEW}")
    try:
        with waiting.open("wb") as file:
            file.write(change.after)
            file.flush()
            os.fsync(file.fileno())
        if change.before is not None:
            waiting.chmod(target.stat().st_mode)
        _compare(target, change)
        os.replace(waiting, target)
    finally:
        waiting.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _compare(target: Path, change: Write) -> None:
    now = target.read_bytes() if target.is_file() else None
    if now != change.before:
        raise HandEdited(f"{said(change.name)} 刚被人改过，重新读了再改")


def _move(root: Path, move: Move) -> None:
    source, target = root / move.name, root / move.to
    if source.is_file() and not target.exists():
        os.rename(source, target)
        _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
