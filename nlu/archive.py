"""What a model archive says of itself, and why one cannot serve here."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import tarfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from routing.errors import LiandongError
from services.learning.models import TrainedModel

SUFFIX = ".tar.gz"
_CHUNK = 1 << 20
_METADATA = "metadata.json"
_WORDS = "model.json"
_VERSION = "rasa_open_source_version"


class UnusableArchive(LiandongError):
    """模型文件不能用。"""


@dataclass(frozen=True, slots=True)
class Archive:
    """One archive, read to its end."""

    name: str
    sha256: str
    size: int
    """Bytes."""
    rasa: str
    """The Rasa version that trained it."""
    intents: tuple[str, ...]
    """What it can answer; empty for a pipeline of stock components."""


def archive_path(folder: Path, name: str) -> Path:
    """Where the archive of a model lies."""
    return folder / f"{name}{SUFFIX}"


def thresholds_path(folder: Path, name: str) -> Path:
    """Where its own thresholds lie, if it has any."""
    return folder / f"{name}.thresholds.yml"


def read_archive(file: Path) -> Archive:
    """All of it is read, so a file cut short is found out; raises `UnusableArchive`."""
    name = file.name.removesuffix(SUFFIX)
    try:
        said = _jsons(file)
        version = str(said[_METADATA][_VERSION])
        intents = said.get(_WORDS, {}).get("intents")
        labels = tuple(map(str, intents)) if isinstance(intents, list) else ()
        return Archive(name, sha256_of(file), file.stat().st_size, version, labels)
    except FileNotFoundError as exc:
        raise UnusableArchive(f"模型文件 {file.name} 不在了。") from exc
    except (OSError, EOFError, tarfile.TarError, zlib.error, ValueError, KeyError) as exc:
        raise UnusableArchive(f"模型文件 {file.name} 不完整或者已损坏。") from exc


def sha256_of(file: Path) -> str:
    """Digest of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with file.open("rb") as content:
        for chunk in iter(partial(content.read, _CHUNK), b""):
            digest.update(chunk)
    return digest.hexdigest()


def refuse_other_rasa(name: str, trained_with: str, runs: str) -> None:
    """Raise `UnusableArchive` for a model of another Rasa version; an empty one is not known."""
    if runs and trained_with != runs:
        raise UnusableArchive(
            f"模型 {name} 是 Rasa {trained_with} 训练的，这里装的是 {runs}，不能用；请重新训练。"
        )


def rasa_version(python: Path) -> str:
    """The version of Rasa in an environment, without starting it; empty where there is none."""
    found = sorted(python.parent.parent.glob("lib/python3.*/site-packages/rasa-*.dist-info"))
    return found[-1].name.removeprefix("rasa-").removesuffix(".dist-info") if found else ""


class ArchiveFolder:
    """`services.learning.serving.ModelFiles` on the models' folder."""

    def __init__(self, folder: Path, rasa: str) -> None:
        """`rasa` is the version that runs here; empty when that is not known."""
        self._folder = folder
        self._rasa = rasa

    async def problem(self, model: TrainedModel) -> str | None:
        """Why this archive cannot serve here, in Chinese."""
        return await asyncio.to_thread(self._problem, model)

    async def delete(self, name: str, before: datetime) -> bool:
        """Delete a model's files unless they are younger: then it was trained anew."""
        return await asyncio.to_thread(self._deleted, name, before)

    def _deleted(self, name: str, before: datetime) -> bool:
        file = archive_path(self._folder, name)
        if not file.is_file() or file.stat().st_mtime > before.timestamp():
            return False
        for beside in self._folder.glob(f"{name}.*"):
            if beside != file:
                beside.unlink()
        file.unlink()  # the last: as long as it is there, the next pass comes back
        return True

    def _problem(self, model: TrainedModel) -> str | None:
        """The digest of what was registered says everything: unpacking 20 MB beside the live
        messages would take turns with them for a second."""
        file = archive_path(self._folder, model.name)
        try:
            refuse_other_rasa(model.name, model.rasa, self._rasa)
            if file.is_file() and sha256_of(file) == model.sha256:
                return None
            read_archive(file)
        except UnusableArchive as exc:
            return str(exc)
        return f"模型文件 {file.name} 和登记时的不一样了，不能用；请重新训练或者放回原来的文件。"


def _jsons(file: Path) -> Mapping[str, Mapping[str, object]]:
    """The small JSON files inside, by name; everything else is read over."""
    found: dict[str, Mapping[str, object]] = {}
    with gzip.open(file) as plain:
        with tarfile.open(fileobj=plain, mode="r|") as members:
            for member in members:
                name = Path(member.name).name
                content = members.extractfile(member)
                if content is not None and name in (_METADATA, _WORDS):
                    found[name] = json.load(content)
        for _chunk in iter(partial(plain.read, _CHUNK), b""):
            pass  # to the checksum at its end
    return found
