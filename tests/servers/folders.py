"""Temporary folders that do not pile up when test runs are killed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = "liandong-test"


def _owner_lives(folder: Path) -> bool:
    try:
        os.kill(int(folder.name.split("-")[-2]), 0)
    except ProcessLookupError:
        return False
    except (ValueError, IndexError, PermissionError):
        return True
    return True


@contextmanager
def temporary_folder(kind: str) -> Iterator[Path]:
    """A folder that is gone at the end; first takes away those of runs that were killed."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}-*"):
        if not _owner_lives(left):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}-{kind}-{os.getpid()}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
