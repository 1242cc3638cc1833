"""The labelled sentences of `nlu/data` and `nlu/golden`, each with the file and line it stands on.

The files are Rasa's own NLU format. They are read here as well because Rasa names no line when
something is wrong in them, and trains on contradictions without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from services.learning.sentences import WRITTEN

ENTITY = re.compile(r"\[([^\]]+?)\](?:\([^:)]+?(?:\:[^)]+)?\)|\{[^}]+?\}|\[.*?\])")
"""Marked words of an example, as Rasa's own reader knows them (`entities_parser.ENTITY_REGEX`)."""
MARK = "- "
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's where PyYAML was built with it: five times as quick, the same nodes and lines."""


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled sentence; `line` counts from 1, `metadata` is its block's."""

    text: str
    intent: str
    file: Path
    line: int
    metadata: Mapping[str, object] = field(default_factory=dict)

    @property
    def appeal_type(self) -> str | None:
        """`help`, `complaint`, … where the block says it."""
        kind = self.metadata.get("appeal_type")
        return str(kind) if kind is not None else None

    @property
    def source(self) -> str:
        """`real` where a resident wrote it, else `written`: most blocks do not say."""
        return str(self.metadata.get("source") or WRITTEN)

    def flag(self, name: str) -> bool:
        """Whether the block's metadata sets `urgent` or `confidential`."""
        return self.metadata.get(name) in (1, True)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that must be mended before a training, and where."""

    file: Path
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file.name} 第{self.line}行:{self.text}"


@dataclass(frozen=True, slots=True)
class Dataset:
    """All sentences of a folder, and what could not be read."""

    examples: tuple[Example, ...]
    faults: tuple[Fault, ...]

    @property
    def intents(self) -> frozenset[str]:
        """Every label that occurs."""
        return frozenset(example.intent for example in self.examples)


def read_dataset(folder: Path) -> Dataset:
    """Every `*.yml` file of a folder, in the order of their names."""
    examples: list[Example] = []
    faults: list[Fault] = []
    for file in sorted(folder.glob("**/*.yml")):
        found = _read(file)
        examples += found.examples
        faults += found.faults
    return Dataset(tuple(examples), tuple(faults))


def _read(file: Path) -> Dataset:
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as exc:
        return Dataset((), (Fault(file, 1, f"不是 UTF-8 文件(第 {exc.start} 个字节)"),))
    return read_text(file, text)


def read_text(file: Path, text: str) -> Dataset:
    """What one file says; `file` only names it."""
    found = list(_found(file, text))
    return Dataset(
        tuple(each for each in found if isinstance(each, Example)),
        tuple(each for each in found if isinstance(each, Fault)),
    )


def _found(file: Path, text: str) -> Iterator[Example | Fault]:
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        problem = getattr(exc, "problem", None) or "格式不对"
        yield Fault(file, mark.line + 1 if mark else 1, f"YAML 写坏了:{problem}")
        return
    blocks = _value(root, "nlu")
    if not isinstance(blocks, yaml.SequenceNode):
        yield Fault(file, 1, "最上面应有 nlu: 和一列意图")
        return
    for block in blocks.value:
        yield from _block(file, block)


def _block(file: Path, block: yaml.Node) -> Iterator[Example | Fault]:
    line = block.start_mark.line + 1
    if any(_value(block, key) is not None for key in ("regex", "lookup", "synonym")):
        return
    intent = _value(block, "intent")
    listed = _value(block, "examples")
    if not isinstance(intent, yaml.ScalarNode) or not intent.value:
        yield Fault(file, line, "这一段没有 intent:")
        return
    if not isinstance(listed, yaml.ScalarNode):
        yield Fault(file, line, f"意图 {intent.value} 没有 examples: | 和例句")
        return
    noted = _value(block, "metadata")
    metadata = yaml.SafeLoader("").construct_document(noted) if noted is not None else {}
    if not isinstance(metadata, Mapping):
        yield Fault(file, line, "metadata: 下面应是 appeal_type: 这样的几行")
        return
    first = listed.start_mark.line + (2 if listed.style in ("|", ">") else 1)
    for number, row in enumerate(listed.value.splitlines(), first):
        words = words_of(row)
        if words:
            yield Example(words, intent.value, file, number, metadata)
        else:
            yield Fault(file, number, f"例句要写成“- 一句话”,这里是“{row[:20]}”")


def words_of(row: str) -> str:
    """The sentence of a line `- …`, without the marks of entities; empty for no such line."""
    return ENTITY.sub(r"\1", row.removeprefix(MARK).strip()) if row.startswith(MARK) else ""


def _value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)
