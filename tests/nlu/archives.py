"""Model archives for tests: small ones that no server could load, and copies of the real one."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Mapping
from pathlib import Path


def write_archive(
    file: Path, *, rasa: str = "3.6.21", intents: tuple[str, ...] = ("road", "thanks")
) -> Path:
    """An archive that says of itself what a trained one says."""
    return _written(
        file,
        {
            "components/MessageClassifier0/model.json": {"intents": list(intents)},
            "metadata.json": {"rasa_open_source_version": rasa},
        },
    )


def copy_as_of(original: Path, copy: Path, rasa: str) -> Path:
    """The real model under another name, as another Rasa version would have left it."""
    with tarfile.open(original) as read, tarfile.open(copy, "w:gz", compresslevel=1) as write:
        for member in read:
            content = read.extractfile(member)
            data = content.read() if content else b""
            if member.name == "metadata.json":
                said = json.loads(data) | {"rasa_open_source_version": rasa}
                data = json.dumps(said).encode()
                member.size = len(data)
            write.addfile(member, io.BytesIO(data) if content else None)
    return copy


def _written(file: Path, content: Mapping[str, object]) -> Path:
    with tarfile.open(file, "w:gz") as archive:
        for name, value in content.items():
            data = json.dumps(value).encode()
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return file
