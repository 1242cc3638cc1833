"""Where the parts of a YAML file stand, in lines and columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from nlu.sentence_files.lines import lines_of
from services.learning.edits import FilesBroken

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Tree:
    """A file's lines and the tree of its nodes."""

    name: str
    """For people: `data/road.yml`."""
    lines: tuple[str, ...]
    root: yaml.Node | None

    def offset(self, mark: yaml.Mark) -> int:
        """How many characters stand before a mark."""
        return sum(map(len, self.lines[: mark.line])) + mark.column

    def source(self, node: yaml.Node) -> str:
        """A node as it is written, quotes and all."""
        text = "".join(self.lines)
        return text[self.offset(node.start_mark) : self.offset(node.end_mark)]

    def replaced(self, node: yaml.Node, source: str) -> str:
        """The text with a node written differently."""
        return self.cut(self.offset(node.start_mark), self.offset(node.end_mark), source)

    def cut(self, start: int, end: int, instead: str = "") -> str:
        """The text with something else between two offsets."""
        text = "".join(self.lines)
        return text[:start] + instead + text[end:]

    def broken(self, line: int, what: str) -> FilesBroken:
        """Why the file cannot be changed; `line` counts from 0."""
        return FilesBroken(f"{self.name} 第{line + 1}行:{what}")


def tree_of(text: str, name: str) -> Tree:
    """The tree of a file. Raises `FilesBroken` with the line that is wrong."""
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        problem = getattr(exc, "problem", None) or "格式不对"
        line = mark.line + 1 if mark else 1
        raise FilesBroken(f"{name} 第{line}行:YAML 写坏了:{problem}") from exc
    return Tree(name, tuple(lines_of(text)), root)


def value_of(node: yaml.Node | None, *path: str) -> yaml.Node | None:
    """What stands under a key, or under a key of what stands under a key; in a list a number."""
    for key in path:
        if isinstance(node, yaml.SequenceNode):
            node = node.value[int(key)] if int(key) < len(node.value) else None
        else:
            entry = entry_of(node, key)
            node = entry[1] if entry else None
    return node


def entry_of(node: yaml.Node | None, key: str) -> tuple[yaml.Node, yaml.Node] | None:
    """A key with what stands under it."""
    entries = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((entry for entry in entries if entry[0].value == key), None)


def end_of(node: yaml.Node, lines: Sequence[str]) -> int:
    """The line after the last one of a node, without blank lines and comments that follow it."""
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return max((at for at, _ in literal_lines(node, lines)), default=node.start_mark.line) + 1
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        parts = node.value
        if isinstance(node, yaml.MappingNode):
            parts = [part for entry in node.value for part in entry]
        return max(end_of(part, lines) for part in parts)
    return int(node.end_mark.line) + 1


def literal_lines(node: yaml.ScalarNode, lines: Sequence[str]) -> list[tuple[int, str]]:
    """The lines of `key: |` that are not blank, with their numbers, without their indentation."""
    header = node.start_mark.line
    owner = indent_of(lines[header].replace("- ", "  ", 1))
    found: list[tuple[int, str]] = []
    indent = -1
    for at in range(header + 1, len(lines)):
        line = lines[at]
        if not line.strip():
            continue
        if indent < 0:
            indent = indent_of(line)
        if indent <= owner or indent_of(line) < indent:
            break
        found.append((at, line[indent:].rstrip()))
    return found


def indent_of(line: str) -> int:
    """How many blanks a line begins with."""
    return len(line) - len(line.lstrip(" "))
