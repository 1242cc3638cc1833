"""The shipped project with fewer sentences: every intent, trained in half a minute."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.nlu.project import ROOT

_EXAM = 16
_FOLDERS = ("data", "golden", "keywords")
_FILES = ("config.yml", "gate.yml", "thresholds.yml")


def project_of(root: Path, sentences: int | None) -> Path:
    """A copy below `root` with at most so many sentences an intent; None: the whole project."""
    for folder in _FOLDERS:
        shutil.copytree(ROOT / "nlu" / folder, root / "nlu" / folder)
    for file in _FILES:
        shutil.copy(ROOT / "nlu" / file, root / "nlu" / file)
    shutil.copy(ROOT / "domain.yml", root / "domain.yml")
    if sentences is not None:
        _shorten(root / "nlu" / "data", sentences)
        _shorten(root / "nlu" / "golden", _EXAM)
    return root


def _shorten(folder: Path, most: int) -> None:
    """Keep the first sentences of each block, so that no kind of block is lost."""
    for file in folder.glob("*.yml"):
        lines = file.read_text(encoding="utf-8").splitlines()
        blocks = sum(line.startswith("- ") for line in lines)
        each = -(-most // blocks)
        kept: list[str] = []
        count = 0
        for line in lines:
            count = 0 if line.startswith("- ") else count + line.startswith("    - ")
            if count <= each or not line.startswith("    - "):
                kept.append(line)
        file.write_text("\n".join(kept) + "\n", encoding="utf-8")
