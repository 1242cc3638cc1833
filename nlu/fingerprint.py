"""Names a model by what it was made from: same data, same name, no second training."""

from __future__ import annotations

import hashlib
from pathlib import Path

import yaml

CODE = Path(__file__).resolve().parent.parent
"""Where the package `nlu` lies: components are always those of the running code."""
_CODE_FILES = ("normalise.py", "simplified.py")
_LENGTH = 16


def fingerprint(root: Path) -> str:
    """16 hex digits over pipeline, data, components, and the domain's vocabulary.

    `root` is a project: `domain.yml`, `nlu/config.yml`, `nlu/data`. The domain's responses do not
    count: changing a word that the bots say trains nothing.
    """
    digest = hashlib.sha256()
    for name, file in training_files(root):
        digest.update(f"{name}\0".encode())
        digest.update(file.read_bytes() + b"\0")
    domain = yaml.safe_load((root / "domain.yml").read_text(encoding="utf-8"))
    for part in ("intents", "entities"):
        digest.update(f"{part}:{domain.get(part) or []}\0".encode())
    return digest.hexdigest()[:_LENGTH]


def model_path(root: Path, folder: Path) -> Path:
    """Where the model for a project's present data lies, or will lie."""
    return folder / f"nlu-{fingerprint(root)}.tar.gz"


def training_files(root: Path) -> list[tuple[str, Path]]:
    """Every file whose content changes the model, with its name in a project, in a fixed order."""
    config = [("nlu/config.yml", root / "nlu" / "config.yml")]
    code = [(f"nlu/{name}", CODE / "nlu" / name) for name in _CODE_FILES]
    return [
        *config,
        *code,
        *_below(root, "nlu/data", "*.yml"),
        *_below(CODE, "nlu/components", "*.py"),
    ]


def _below(root: Path, folder: str, pattern: str) -> list[tuple[str, Path]]:
    return [
        (file.relative_to(root).as_posix(), file) for file in sorted((root / folder).rglob(pattern))
    ]
