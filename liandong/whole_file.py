"""Files that appear only when they are complete: half of one is never taken for the result."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from routing.errors import LiandongError


class CannotWrite(LiandongError):
    """文件写不进去：看看文件夹在不在、有没有权限、磁盘满了没有。"""


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Opens a file beside `path` that takes its place at the end, or vanishes on any error.

    It is opened first, so that a long piece of work does not end at a closed door. Raises
    `CannotWrite`, also for what is no ordinary file: a device would be replaced by ours.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise CannotWrite(f"{path} 不是普通文件，换一个文件名。")
    waiting = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with waiting.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(target)
    except OSError as exc:
        raise CannotWrite(f"{path} 写不进去（{exc.strerror}）。{CannotWrite.__doc__}") from exc
    finally:
        _remove(waiting)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        # Where it could not be made, there is nothing to remove; the reason is on its way already.
        return
