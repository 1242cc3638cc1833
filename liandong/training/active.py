"""The model in use, as something to compare a new one with."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from liandong.settings import ROOT, Settings
from nlu.archive import SUFFIX, Archive, UnusableArchive, archive_path, read_archive
from nlu.fingerprint import model_path
from services.learning.models import Serving


def active_archive(settings: Settings, serving: Serving) -> Path | None:
    """Its archive; None when there is none, or none that can be read to its end.

    Where nobody ever chose, the model of the shipped sentences serves.
    """
    shipped = model_path(ROOT, settings.models_dir)
    file = archive_path(settings.models_dir, serving.active) if serving.active else shipped
    return file if whole(file) else None


def whole(file: Path) -> bool:
    """Whether an archive can be read to its end."""
    try:
        known_archive(file)
    except UnusableArchive:
        return False
    return True


def known_archive(file: Path) -> Archive:
    """What `read_archive` says; a file that did not change is not read again.

    Raises `UnusableArchive`.
    """
    try:
        found = file.stat()
    except FileNotFoundError as exc:
        raise UnusableArchive(f"模型文件 {file.name} 不在了。") from exc
    return _read(file, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=8)
def _read(file: Path, _moment: int, _size: int) -> Archive:
    return read_archive(file)


def name_of(file: Path) -> str:
    """A model's name by its archive."""
    return file.name.removesuffix(SUFFIX)
