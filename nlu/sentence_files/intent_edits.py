"""What a new, renamed, merged or removed intent makes of the files, in every place that names it.

Besides the examples these are the domain's list, the pipeline's lists of urgent and confidential
intents (the model learns danger from them), the keyword lists, the thresholds, the tables of the
exam, and the words that an emergency is answered with. All of it may be done twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Concatenate, ParamSpec

import yaml

from nlu.dataset import MARK
from nlu.sentence_files.blocks import with_examples, with_intent_renamed, without_intent
from nlu.sentence_files.keyword_lists import Words, with_words, words_under
from nlu.sentence_files.layout import FLAGS, Block, key_of, layout_of, meaning_of
from nlu.sentence_files.project import CONFIG, DOMAIN, THRESHOLDS, Move, Project, said
from nlu.sentence_files.tables import with_label_renamed
from nlu.sentence_files.yaml_lists import (
    listed,
    with_entry,
    with_entry_renamed,
    with_key_renamed,
    without_entry,
    without_key,
)
from nlu.sentence_files.yaml_spans import tree_of, value_of
from routing.checks.rows import KINDS
from services.learning.edits import AddIntent, MergeIntent, RemoveIntent, RenameIntent
from services.learning.labels import Part

_P = ParamSpec("_P")
_INTENTS = ("intents",)
_THRESHOLDS = ("by_intent",)
_TABLES = ("nlu/golden", "nlu/dev")
_ADVICE = "utter_emergency_{}"
_PARTS = tuple(f"nlu/{part.value}" for part in Part)


def add_intent(project: Project, edit: AddIntent) -> None:
    """Into the domain's list behind the last matter, and into the urgent ones if it is."""
    project.refuse_broken()

    vocabulary = listed(project.get(DOMAIN) or "", DOMAIN, _INTENTS)
    matters = [each for each in vocabulary if each not in KINDS]
    last = matters[-1] if matters else ""
    _change(project, DOMAIN, with_entry, _INTENTS, edit.code, last, edit.name)
    if edit.urgent:
        _change(project, CONFIG, with_entry, _pipeline_list(project, "urgent"), edit.code)


def rename_intent(project: Project, edit: RenameIntent) -> None:
    """Every file that names the intent names it anew; its own files get its name."""
    project.refuse_broken()
    old, new, notes = edit.code, edit.new_code, (edit.name, edit.new_name)
    _change(project, DOMAIN, with_entry_renamed, _INTENTS, old, new, notes)
    if old == new:
        return
    for folder in _PARTS:
        for name in project.names(folder):
            _change(project, name, with_intent_renamed, old, new)
        _move(project, f"{folder}/{old}.yml", f"{folder}/{new}.yml")
    advice = _ADVICE.format(old), _ADVICE.format(new)
    _change(project, DOMAIN, with_key_renamed, ("responses",), *advice)
    for flag in FLAGS:
        _change(project, CONFIG, with_entry_renamed, _pipeline_list(project, flag), old, new)
    for name in project.names("nlu/keywords"):
        _change(project, name, with_key_renamed, (), old, new)
    _change(project, THRESHOLDS, with_key_renamed, _THRESHOLDS, old, new)
    _rename_in_tables(project, old, new)


def merge_intent(project: Project, edit: MergeIntent) -> None:
    """Examples and words of one intent become another's; what that one has already is dropped."""
    project.refuse_broken()
    marks = _marks(project, edit.code, edit.into)
    for folder in _PARTS:
        _move_examples(project, folder, edit, marks)
    _move_words(project, edit)
    _rename_in_tables(project, edit.code, edit.into)
    _forget(project, edit.code)


def remove_intent(project: Project, edit: RemoveIntent) -> None:
    """Examples, words and vocabulary of an intent go. The tables of the exam are left to humans."""
    project.refuse_broken()
    for folder in _PARTS:
        for name in project.names(folder):
            _drop(project, name, edit.code)
    for name in project.names("nlu/keywords"):
        _change(project, name, without_key, (), edit.code)
    _forget(project, edit.code)


def mentions(project: Project, code: str) -> Iterator[str]:
    """Where else than in its examples an intent is named, for a human to mend first."""
    for name in project.names("nlu/keywords"):
        if _words(project, name, code):
            yield f"{said(name)} 里有它的关键词"
    for folder in _TABLES:
        for name in project.names(folder, "*.csv"):
            before = project.get(name) or ""
            after = with_label_renamed(before, said(name), code, f"{code}?")
            pairs = zip(before.splitlines(), after.splitlines(), strict=True)
            for number, (line, other) in enumerate(pairs, 1):
                if line != other:
                    yield f"{said(name)} 第{number}行用到它"


def _move_examples(
    project: Project, folder: str, edit: MergeIntent, marks: dict[str, object]
) -> None:
    """Into the other intent's file first: a crash then leaves nothing out."""
    target = f"{folder}/{edit.into}.yml"
    known = {
        key_of(row.words)
        for name in project.names(folder)
        for block in _blocks(project, name, edit.into)
        for row in block.rows
    }
    names = project.names(folder)
    for name in names:
        for block in _blocks(project, name, edit.code):
            new = {key_of(row.words): row for row in block.rows if key_of(row.words) not in known}
            known |= new.keys()
            sources = [row.source.removeprefix(MARK).strip() for row in new.values()]
            said_of = meaning_of({**block.metadata, **marks})
            if sources:
                before = project.get(target)
                text = with_examples(before, said(target), edit.into, said_of, *sources)
                project.put(target, text)
    for name in names:
        _drop(project, name, edit.code)


def _marks(project: Project, code: str, into: str) -> dict[str, object]:
    """What the pipeline's lists say of the one intent and not of the other: its sentences go on
    saying it."""
    config = project.get(CONFIG) or ""
    found: dict[str, object] = {}
    for flag in FLAGS:
        marked = listed(config, said(CONFIG), _pipeline_list(project, flag))
        if code in marked and into not in marked:
            found[flag] = 1
    return found


def _move_words(project: Project, edit: MergeIntent) -> None:
    names = project.names("nlu/keywords")
    for name in names:
        if words := _words(project, name, edit.code):
            home = next((each for each in names if _words(project, each, edit.into)), name)
            _change(project, home, with_words, edit.into, words)
            _change(project, name, without_key, (), edit.code)


def _words(project: Project, name: str, label: str) -> Words:
    return words_under(project.get(name) or "", said(name), label)


def _forget(project: Project, code: str) -> None:
    """Out of the vocabulary, the pipeline's lists and the thresholds."""
    _change(project, DOMAIN, without_entry, _INTENTS, code)
    for flag in FLAGS:
        _change(project, CONFIG, without_entry, _pipeline_list(project, flag), code)
    _change(project, THRESHOLDS, without_key, _THRESHOLDS, code)


def _rename_in_tables(project: Project, old: str, new: str) -> None:
    for folder in _TABLES:
        for name in project.names(folder, "*.csv"):
            _change(project, name, with_label_renamed, old, new)


def _move(project: Project, name: str, to: str) -> None:
    if project.has_file(name) and not project.has_file(to):
        project.moves.append(Move(name, to))


def _blocks(project: Project, name: str, intent: str) -> list[Block]:
    text = project.get(name)
    found = layout_of(text, said(name)).blocks if text is not None else ()
    return [block for block in found if block.intent == intent]


def _drop(project: Project, name: str, intent: str) -> None:
    text = project.get(name)
    if text is not None and _blocks(project, name, intent):
        project.put(name, without_intent(text, said(name), intent))


def _change(
    project: Project,
    name: str,
    change: Callable[Concatenate[str, str, _P], str],
    *args: _P.args,
    **kwargs: _P.kwargs,
) -> None:
    """Change a file that may not be there."""
    text = project.get(name)
    if text is not None:
        project.put(name, change(text, said(name), *args, **kwargs))


def _pipeline_list(project: Project, flag: str) -> tuple[str, ...]:
    """The keys that lead to a list of our component in the pipeline, its place in it included."""
    pipeline = value_of(tree_of(project.get(CONFIG) or "", said(CONFIG)).root, "pipeline")
    steps = pipeline.value if isinstance(pipeline, yaml.SequenceNode) else []
    for at, step in enumerate(steps):
        if value_of(step, f"{flag}_intents") is not None:
            return ("pipeline", str(at), f"{flag}_intents")
    return ("pipeline", "0", f"{flag}_intents")
