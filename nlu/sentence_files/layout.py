"""The blocks of a file of labelled sentences: which lines each has, and what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import yaml

from nlu.dataset import words_of
from nlu.dataset_checks import bare
from nlu.sentence_files.yaml_spans import Tree, end_of, literal_lines, tree_of, value_of
from services.learning.sentences import REAL, WRITTEN, Sentence

_OTHER_KINDS = ("regex", "lookup", "synonym")
_PLAIN_LITERAL = re.compile(r"\|[-+]?\s*(#.*)?$")
FLAGS = ("urgent", "confidential")


@dataclass(frozen=True, slots=True)
class Row:
    """One example's line; `line` counts from 0."""

    line: int
    source: str
    """`- …` with the marks of entities."""

    @property
    def words(self) -> str:
        """The sentence itself."""
        return words_of(self.source)


@dataclass(frozen=True, slots=True)
class Block:
    """All sentences that stand under one `- intent:`."""

    intent: str
    label: yaml.Node
    metadata: Mapping[str, object]
    """Only what means something: no flag that is 0, no `source: written`."""
    first: int
    end: int
    """The line after its last one."""
    rows: tuple[Row, ...]
    indent: str
    """Of its examples."""
    is_list: bool
    """Its examples stand one in a line under `examples: |`."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A file of labelled sentences."""

    tree: Tree
    blocks: tuple[Block, ...]
    column: str
    """The blanks before each `- intent:`."""
    end: int
    """Where a new block goes: a line's number from 0."""
    items: int
    """Blocks of every kind, patterns too; 0: `nlu: []`."""


@lru_cache(maxsize=1024)
def layout_of(text: str, name: str) -> Layout:
    """The blocks of a file. Raises `FilesBroken` where a human has to look first."""
    tree = tree_of(text, name)
    blocks = value_of(tree.root, "nlu")
    if not isinstance(blocks, yaml.SequenceNode):
        raise tree.broken(0, "最上面应有 nlu: 和一列意图")
    if blocks.flow_style and blocks.value:
        raise tree.broken(blocks.start_mark.line, "写在 [ ] 里的改不了，请写成一行一个意图")
    if not blocks.value:
        return Layout(tree, (), "", blocks.start_mark.line + 1, 0)
    last = blocks.value[-1]
    return Layout(
        tree,
        tuple(_blocks(tree, blocks)),
        tree.lines[_dash(tree, last)].split("-", 1)[0],
        end_of(last, tree.lines),
        len(blocks.value),
    )


def _blocks(tree: Tree, blocks: yaml.SequenceNode) -> Iterator[Block]:
    for node in blocks.value:
        if any(value_of(node, kind) is not None for kind in _OTHER_KINDS):
            continue
        label, listed = value_of(node, "intent"), value_of(node, "examples")
        if not isinstance(label, yaml.ScalarNode) or not isinstance(listed, yaml.ScalarNode):
            raise tree.broken(node.start_mark.line, "这一段应有 intent: 和 examples: |")
        found = literal_lines(listed, tree.lines) if listed.style == "|" else []
        header = tree.lines[listed.start_mark.line][listed.start_mark.column :].rstrip()
        yield Block(
            intent=label.value,
            label=label,
            metadata=_metadata(value_of(node, "metadata")),
            first=_dash(tree, node),
            end=end_of(node, tree.lines),
            rows=tuple(Row(at, source) for at, source in found),
            indent=tree.lines[found[0][0]].split("-", 1)[0] if found else "",
            is_list=bool(found) and bool(_PLAIN_LITERAL.match(header)),
        )


def _dash(tree: Tree, node: yaml.Node) -> int:
    """The line on which a block's `-` stands."""
    line = node.start_mark.line
    if tree.lines[line][: node.start_mark.column].strip() == "-":
        return int(line)
    return next(at for at in range(line, -1, -1) if tree.lines[at].lstrip().startswith("-"))


def _metadata(node: yaml.Node | None) -> Mapping[str, object]:
    found = yaml.SafeLoader("").construct_document(node) if node is not None else {}
    return meaning_of(found if isinstance(found, Mapping) else {})


def meaning_of(metadata: Mapping[str, object]) -> dict[str, object]:
    """A block's metadata without what is said by saying nothing, in a fixed order."""
    found: dict[str, object] = {}
    if kind := metadata.get("appeal_type"):
        found["appeal_type"] = str(kind)
    found |= {flag: 1 for flag in FLAGS if metadata.get(flag) in (1, True)}
    if metadata.get("source") not in (None, WRITTEN):
        found["source"] = metadata["source"]
    rest = {"appeal_type", "source", *FLAGS}
    return found | {key: metadata[key] for key in metadata if key not in rest}


def metadata_of(sentence: Sentence) -> dict[str, object]:
    """What the block of a sentence says of it."""
    return meaning_of(
        {
            "appeal_type": sentence.appeal_type,
            "urgent": sentence.urgent,
            "confidential": sentence.confidential,
            "source": REAL if sentence.source == REAL else None,
        }
    )


def key_of(text: str) -> str:
    """What counts as the same sentence: letters and digits, or all of a text without any."""
    return bare(text) or text
