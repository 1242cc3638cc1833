"""Adds and removes examples of one file, line by line. Pure: from text to text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import yaml

from nlu.sentence_files.layout import Block, Layout, Row, key_of, layout_of
from nlu.sentence_files.lines import dropped, inserted, lines_of

HEADER = 'version: "3.1"\nnlu:\n'
"""What a new file begins with."""
_KEY = "nlu:"
_NOTHING = " []"


def with_examples(
    text: str | None, name: str, intent: str, metadata: Mapping[str, object], *sources: str
) -> str:
    """The file with more examples: at the end of the last block of their intent that says the
    same of its sentences, else in a new block at the end.

    `sources` are the sentences as they are written, without `- `; None for `text`: there is no
    file yet.
    """
    if text is None:
        return HEADER + "".join(f"{line}\n" for line in _new_block("", intent, metadata, sources))
    layout = layout_of(text, name)
    home = next((each for each in reversed(layout.blocks) if _fits(each, intent, metadata)), None)
    if home is not None:
        rows = [f"{home.indent}- {source}" for source in sources]
        return inserted(layout.tree.lines, home.rows[-1].line + 1, rows)
    block = _new_block(layout.column, intent, metadata, sources)
    return inserted(_open_list(layout), layout.end, block)


def without_example(text: str, name: str, intent: str, words: str) -> str | None:
    """The file without an example, and without its block when that was the last one of it.

    None: nothing is left, the file goes. A file that does not have the example stays as it is.
    """
    layout = layout_of(text, name)
    found = find(layout, intent, words)
    if found is None:
        return text
    block, row = found
    if not block.is_list:
        raise layout.tree.broken(block.first, f"这里的例句不是一行一句，“{words[:20]}”请手工改")
    if len(block.rows) > 1:
        return dropped(layout.tree.lines, row.line, row.line + 1)
    return _without_block(layout, block)


def without_intent(text: str, name: str, intent: str) -> str | None:
    """The file without the blocks of an intent; None: nothing is left, the file goes."""
    left: str | None = text
    while left is not None:
        layout = layout_of(left, name)
        block = next((each for each in layout.blocks if each.intent == intent), None)
        if block is None:
            break
        left = _without_block(layout, block)
    return left


def find(layout: Layout, intent: str, words: str) -> tuple[Block, Row] | None:
    """Where an example stands: the very same text before one of the same letters."""
    key = key_of(words)
    rows = [(block, row) for block in layout.blocks if block.intent == intent for row in block.rows]
    exact = (each for each in rows if each[1].words == words)
    alike = (each for each in rows if key_of(each[1].words) == key)
    return next(exact, None) or next(alike, None)


def with_intent_renamed(text: str, name: str, old: str, new: str) -> str:
    """The file with every block of `old` under the name `new`."""
    while True:
        layout = layout_of(text, name)
        block = next((each for each in layout.blocks if each.intent == old), None)
        if block is None:
            return text
        source = layout.tree.source(block.label)
        text = layout.tree.replaced(block.label, source.replace(old, new, 1))


def _fits(block: Block, intent: str, metadata: Mapping[str, object]) -> bool:
    return block.is_list and block.intent == intent and block.metadata == metadata


def _without_block(layout: Layout, block: Block) -> str | None:
    left = dropped(layout.tree.lines, block.first, block.end)
    return _without_last_block(left) if layout.items == 1 else left


def _new_block(
    column: str, intent: str, metadata: Mapping[str, object], sources: Sequence[str]
) -> list[str]:
    said = [f"    {key}: {_written(value)}" for key, value in metadata.items()]
    lines = [
        f"- intent: {intent}",
        *(["  metadata:", *said] if said else []),
        "  examples: |",
        *(f"    - {source}" for source in sources),
    ]
    return [column + line for line in lines]


def _written(value: object) -> str:
    dumped = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=10_000)
    return dumped.removesuffix("...\n").strip()


def _open_list(layout: Layout) -> tuple[str, ...]:
    """The lines of a file, with `nlu: []` made ready for a first block."""
    if layout.items:
        return layout.tree.lines
    lines = list(layout.tree.lines)
    lines[layout.end - 1] = lines[layout.end - 1].replace(_NOTHING, "", 1)
    return tuple(lines)


def _without_last_block(text: str) -> str | None:
    """A list without blocks is written `nlu: []`: nothing at all would be no list."""
    if text == HEADER:
        return None
    lines = lines_of(text)
    at = next(number for number, line in enumerate(lines) if line.startswith(_KEY))
    lines[at] = lines[at].replace(_KEY, _KEY + _NOTHING, 1)
    return "".join(lines)
