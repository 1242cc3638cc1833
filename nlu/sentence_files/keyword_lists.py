"""Renames, merges and removes labels of the keyword lists."""

from __future__ import annotations

import textwrap

import yaml

from nlu.sentence_files.lines import inserted
from nlu.sentence_files.yaml_spans import Tree, end_of, tree_of, value_of

Words = dict[str, list[str]]
"""`strong` and `weak` with their words, as they are written."""
_WIDTH = 100


def words_under(text: str, name: str, label: str) -> Words:
    """The words that speak for a label in one file."""
    tree = tree_of(text, name)
    found = value_of(tree.root, label)
    if not isinstance(found, yaml.MappingNode):
        return {}
    return {
        str(strength.value): [tree.source(word) for word in words.value]
        for strength, words in found.value
        if isinstance(words, yaml.SequenceNode)
    }


def with_words(text: str, name: str, label: str, words: Words) -> str:
    """The file with words that a label does not have yet, on lines of their own.

    A label that the file does not have is put at its end.
    """
    tree = tree_of(text, name)
    if value_of(tree.root, label) is None:
        made = [f"{label}:", *(_listed(strength, of) for strength, of in words.items() if of)]
        lines = [line for part in made for line in part.splitlines()]
        return inserted(tree.lines, len(tree.lines), lines) if len(made) > 1 else text
    known = {word for of in words_under(text, name, label).values() for word in of}
    for strength, of in words.items():
        fresh = [word for word in dict.fromkeys(of) if word not in known]
        if fresh:
            text = _with(tree_of(text, name), label, strength, fresh)
    return text


def _with(tree: Tree, label: str, strength: str, words: list[str]) -> str:
    found = value_of(tree.root, label, strength)
    if isinstance(found, yaml.SequenceNode) and found.value:
        last = found.value[-1]
        if found.flow_style:
            at = tree.offset(last.end_mark)
            return tree.cut(at, at, ",\n" + _wrapped(", ".join(words), "    "))
        dash = tree.lines[last.start_mark.line][: last.start_mark.column]
        lines = [dash + word for word in words]
        return inserted(tree.lines, end_of(last, tree.lines), lines)
    if found is not None:
        return tree.replaced(found, f"[{', '.join(words)}]")
    end = end_of(value_of(tree.root, label) or yaml.ScalarNode("", ""), tree.lines)
    return inserted(tree.lines, end, _listed(strength, words).splitlines())


def _listed(strength: str, words: list[str]) -> str:
    return _wrapped(f"{strength}: [{', '.join(words)}]", "  ", "    ")


def _wrapped(text: str, first: str, other: str = "    ") -> str:
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=other,
        break_long_words=False,
        break_on_hyphens=False,
    )
