"""Adds, renames and removes entries of YAML lists and mappings, whichever way they are written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import yaml

from nlu.sentence_files.lines import dropped, inserted
from nlu.sentence_files.yaml_spans import end_of, entry_of, tree_of, value_of

Path = Sequence[str]


@lru_cache(maxsize=16)
def listed(text: str, name: str, path: tuple[str, ...]) -> tuple[str, ...]:
    """The entries of the list under a path of keys; none where there is no such list."""
    return tuple(_label(each) for each in _items(value_of(tree_of(text, name).root, *path)))


def with_entry(
    text: str, name: str, path: Path, entry: str, after: str = "", note: str = ""
) -> str:
    """The list with one more entry: after another one, else at its end.

    `note` becomes a comment behind it, where entries stand on lines of their own.
    """
    tree = tree_of(text, name)
    found = value_of(tree.root, *path)
    if not isinstance(found, yaml.SequenceNode):
        raise tree.broken(0, f"这里应有一列 {'.'.join(path)}:")
    items = found.value
    if entry in map(_label, items):
        return text
    if not items:
        return tree.replaced(found, f"[{entry}]")
    before = next((each for each in items if _label(each) == after), items[-1])
    if found.flow_style:
        at = tree.offset(before.end_mark)
        return tree.cut(at, at, f", {entry}")
    dash = tree.lines[before.start_mark.line][: before.start_mark.column]
    line = f"{dash}{entry}  # {note}" if note else dash + entry
    return inserted(tree.lines, end_of(before, tree.lines), [line])


def without_entry(text: str, name: str, path: Path, entry: str) -> str:
    """The list without an entry, and without the line that it stood on."""
    tree = tree_of(text, name)
    found = value_of(tree.root, *path)
    items = _items(found)
    at = next((number for number, each in enumerate(items) if _label(each) == entry), None)
    if at is None or not isinstance(found, yaml.SequenceNode):
        return text
    if len(items) == 1:
        if not found.flow_style:
            raise tree.broken(found.start_mark.line, "这一列只剩一个，不能再去掉")
        return tree.replaced(found, "[]")
    if not found.flow_style:
        first = items[at].start_mark.line
        return dropped(tree.lines, first, end_of(items[at], tree.lines))
    if at == 0:
        return tree.cut(tree.offset(items[0].start_mark), tree.offset(items[1].start_mark))
    return tree.cut(tree.offset(items[at - 1].end_mark), tree.offset(items[at].end_mark))


def with_entry_renamed(
    text: str, name: str, path: Path, old: str, new: str, notes: tuple[str, str] = ("", "")
) -> str:
    """The list with an entry under another name; the comment behind it follows where it said the
    first of `notes`."""
    tree = tree_of(text, name)
    items = _items(value_of(tree.root, *path))
    if new != old and new in map(_label, items):
        return without_entry(text, name, path, old)
    item = next((each for each in items if _label(each) == old), None)
    if item is None:
        return text
    node = item if isinstance(item, yaml.ScalarNode) else item.value[0][0]
    line = tree.lines[node.end_mark.line]
    tail = line[node.end_mark.column :]
    start, end = tree.offset(node.start_mark), tree.offset(node.end_mark)
    said = tree.source(node).replace(old, new, 1)
    was, becomes = notes
    if was and tail.strip().removeprefix("#").strip() == was:
        return tree.cut(start, end + len(tail), said + tail.replace(was, becomes, 1))
    return tree.cut(start, end, said)


def with_key_renamed(text: str, name: str, path: Path, old: str, new: str) -> str:
    """The mapping under a path with a key under another name; where the new one is there
    already, the old one goes."""
    tree = tree_of(text, name)
    mapping = value_of(tree.root, *path)
    entry = entry_of(mapping, old)
    if entry is None:
        return text
    if entry_of(mapping, new) is not None:
        return without_key(text, name, path, old)
    return tree.replaced(entry[0], tree.source(entry[0]).replace(old, new, 1))


def without_key(text: str, name: str, path: Path, key: str) -> str:
    """The mapping under a path without a key and what stands under it."""
    tree = tree_of(text, name)
    entry = entry_of(value_of(tree.root, *path), key)
    if entry is None:
        return text
    return dropped(tree.lines, entry[0].start_mark.line, end_of(entry[1], tree.lines))


def _items(node: yaml.Node | None) -> list[yaml.Node]:
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _label(node: yaml.Node) -> str:
    """An entry's name: domain files may say more of an intent, under its name."""
    if isinstance(node, yaml.MappingNode) and node.value:
        node = node.value[0][0]
    return str(node.value)
