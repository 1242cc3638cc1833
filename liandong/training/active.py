"""The model in use, as something to compare a new one with."""

from __future__ import annotations

from pathlib import Path

from liandong.settings import ROOT, Settings
from nlu.archive import SUFFIX, UnusableArchive, archive_path, read_archive
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
        read_archive(file)
    except UnusableArchive:
        return False
    return True


def name_of(file: Path) -> str:
    """A model's name by its archive."""
    return file.name.removesuffix(SUFFIX)
