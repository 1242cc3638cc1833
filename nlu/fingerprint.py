"""Names a model by what it was made from: same data, same name, no second training."""

from __future__ import annotations

import hashlib
from pathlib import Path

import yaml

_FILES = ("config.yml", "normalise.py", "simplified.py")
_FOLDERS = (("data", "*.yml"), ("components", "*.py"))
_LENGTH = 16


def fingerprint(root: Path) -> str:
    """16 hex digits over pipeline, data, components, and the domain's vocabulary.

    The domain's responses do not count: changing a word that the bots say trains nothing.
    """
    digest = hashlib.sha256()
    for file in training_files(root):
        digest.update(f"{file.relative_to(root).as_posix()}\0".encode())
        digest.update(file.read_bytes() + b"\0")
    domain = yaml.safe_load((root / "domain.yml").read_text(encoding="utf-8"))
    for part in ("intents", "entities"):
        digest.update(f"{part}:{domain.get(part) or []}\0".encode())
    return digest.hexdigest()[:_LENGTH]


def model_path(root: Path, folder: Path) -> Path:
    """Where the model for the present data lies, or will lie."""
    return folder / f"nlu-{fingerprint(root)}.tar.gz"


def training_files(root: Path) -> list[Path]:
    """Every file whose content changes the model, in a fixed order."""
    nlu = root / "nlu"
    files = [nlu / name for name in _FILES]
    for folder, pattern in _FOLDERS:
        files += sorted((nlu / folder).rglob(pattern))
    return files
