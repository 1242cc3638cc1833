"""The files of a project that are edited here: what they say, and what they shall say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from nlu.dataset import Dataset, Example, read_text
from nlu.sentence_files.layout import key_of
from services.learning.edits import FilesBroken
from services.learning.labels import Part

DOMAIN = "domain.yml"
CONFIG = "nlu/config.yml"
THRESHOLDS = "nlu/thresholds.yml"
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Write:
    """A file that shall say something else; None: it is not there."""

    name: str
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True, slots=True)
class Move:
    """A file that shall have another name, after everything else."""

    name: str
    to: str


class Project:
    """One reading of the files, with the changes that an edit wants. Nothing is written here."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._read: dict[str, bytes | None] = {}
        self._texts: dict[str, str | None] = {}
        self._folders: dict[tuple[str, str], set[str]] = {}
        self._wanted: dict[str, str | None] = {}
        self.moves: list[Move] = []

    def names(self, folder: str, pattern: str = "*.yml") -> list[str]:
        """The files of a folder, in the order of their names; with those that shall be there."""
        found = self._listed(folder, pattern)
        wanted = {
            name
            for name in self._wanted
            if name.startswith(f"{folder}/") and Path(name).match(pattern)
        }
        gone = {name for name, text in self._wanted.items() if text is None}
        return sorted((found | wanted) - gone)

    def _listed(self, folder: str, pattern: str) -> set[str]:
        if (folder, pattern) not in self._folders:
            paths = (self._root / folder).rglob(pattern)
            names = {path.relative_to(self._root).as_posix() for path in paths if path.is_file()}
            self._folders[folder, pattern] = names
        return self._folders[folder, pattern]

    def get(self, name: str) -> str | None:
        """What a file shall say; None: it shall not be there. Raises `FilesBroken`."""
        if name in self._wanted:
            return self._wanted[name]
        if name not in self._texts:
            self._texts[name] = self._decoded(name)
        return self._texts[name]

    def _decoded(self, name: str) -> str | None:
        raw = self._bytes(name)
        try:
            return None if raw is None else raw.decode("utf-8").removeprefix(_BOM)
        except UnicodeDecodeError as exc:
            raise FilesBroken(f"{said(name)} 第1行:不是 UTF-8 文件(第 {exc.start} 个字节)") from exc

    def put(self, name: str, text: str | None) -> None:
        """What a file shall say from now on."""
        if text != self.get(name):
            self._wanted[name] = text

    def has_file(self, name: str) -> bool:
        """Whether there is such a file now."""
        return self._bytes(name) is not None

    def writes(self) -> Iterator[Write]:
        """The changes, in the order in which they were wanted."""
        for name, text in self._wanted.items():
            before = self._bytes(name)
            mark = _BOM if before is not None and before.startswith(_BOM.encode()) else ""
            after = None if text is None else (mark + text).encode()
            if after != before:
                yield Write(name, before, after)

    def _bytes(self, name: str) -> bytes | None:
        if name not in self._read:
            path = self._root / name
            self._read[name] = path.read_bytes() if path.is_file() else None
        return self._read[name]

    # the labelled sentences

    def sentences(self, part: Part) -> Iterator[tuple[str, Dataset]]:
        """Every file of a part with what it says."""
        for name in self.names(f"nlu/{part.value}"):
            text = self.get(name)
            if text is not None:
                yield name, _dataset(name, text)

    def refuse_broken(self) -> None:
        """Raise `FilesBroken` with the first line that cannot be read, in whichever file."""
        for part in Part:
            for name, data in self.sentences(part):
                for fault in data.faults:
                    raise FilesBroken(f"{said(name)} 第{fault.line}行:{fault.text}")

    def twins(self, text: str) -> Iterator[tuple[Part, Example]]:
        """Every example that counts as the same sentence, in whichever file and part."""
        key = key_of(text)
        for part in Part:
            for name in self.names(f"nlu/{part.value}"):
                written = self.get(name)
                for example in _keyed(name, written).get(key, ()) if written else ():
                    yield part, example


def said(name: str) -> str:
    """A file's name for people."""
    return name.removeprefix("nlu/")


@lru_cache(maxsize=2048)
def _dataset(name: str, text: str) -> Dataset:
    return read_text(Path(name), text)


@lru_cache(maxsize=2048)
def _keyed(name: str, text: str) -> Mapping[str, list[Example]]:
    found: dict[str, list[Example]] = {}
    for example in _dataset(name, text).examples:
        found.setdefault(key_of(example.text), []).append(example)
    return found
