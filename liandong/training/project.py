"""The files of a project that a model is made and examined from, and a copy that nobody edits."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from liandong.settings import ROOT
from routing.errors import LiandongError

_FILES = ("domain.yml", "nlu/config.yml", "nlu/thresholds.yml", "nlu/gate.yml")
_FOLDERS = ("nlu/data", "nlu/golden", "nlu/keywords")
_TRIES = 5


class NoProject(LiandongError):
    """项目文件夹里要有 domain.yml、nlu/config.yml 和 nlu/data(见设置 LIANDONG_PROJECT_DIR)。"""


class ProjectBusy(LiandongError):
    """例句文件一直有人在改，没法留一份底稿；过一会儿再训练。"""


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with `domain.yml` and `nlu/`; what it lacks is taken from what is shipped."""

    root: Path

    @property
    def data(self) -> Path:
        """The sentences to learn from."""
        return self.root / "nlu" / "data"

    @property
    def golden(self) -> Path:
        """The exam."""
        return self._own("nlu/golden")

    @property
    def keywords(self) -> Path:
        """The word lists."""
        return self._own("nlu/keywords")

    @property
    def thresholds(self) -> Path:
        """How certain matters must be, where a model has no thresholds of its own."""
        return self._own("nlu/thresholds.yml")

    @property
    def gate(self) -> Path:
        """What the gate demands."""
        return self._own("nlu/gate.yml")

    def _own(self, name: str) -> Path:
        own = self.root / name
        return own if own.exists() else ROOT / name


def project_at(root: Path) -> Project:
    """Raises `NoProject` when what a model is made of is not there."""
    needed = ("domain.yml", "nlu/config.yml", "nlu/data")
    missing = [name for name in needed if not (root / name).exists()]
    if missing:
        raise NoProject(f"{root} 里没有 {'、'.join(missing)}。{NoProject.__doc__}")
    return Project(root)


def snapshot(source: Project, target: Path) -> Project:
    """Copy the project to `target`, unless it is there whole; nobody edits the copy.

    A file that is changed meanwhile makes it begin again, so that an edit of several files is in
    it as a whole or not at all. Raises `ProjectBusy`.
    """
    if target.is_dir():
        return Project(target)
    half = target.with_name(f"{target.name}.part")
    for _ in range(_TRIES):
        shutil.rmtree(half, ignore_errors=True)
        before = _stamps(source.root)
        _copy(source, half)
        if _stamps(source.root) == before:
            os.replace(half, target)
            return Project(target)
    raise ProjectBusy


def _copy(source: Project, target: Path) -> None:
    target.mkdir(parents=True)
    for folder in _FOLDERS:
        if (source.root / folder).is_dir():
            shutil.copytree(source.root / folder, target / folder)
    for name in _FILES:
        if (source.root / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source.root / name, target / name)


def _stamps(root: Path) -> dict[Path, tuple[int, int]]:
    """Of every file its moment and size."""
    files = [root / name for name in _FILES]
    files += [file for folder in _FOLDERS for file in sorted((root / folder).rglob("*"))]
    stamps = {}
    for file in files:
        try:
            found = file.stat()
        except FileNotFoundError:
            continue
        stamps[file] = (found.st_mtime_ns, found.st_size)
    return stamps
