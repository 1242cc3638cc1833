"""What an edit of one sentence makes of the files. Done twice it is done once."""

from __future__ import annotations

from pathlib import Path

from nlu.dataset import MARK, Example, words_of
from nlu.dataset_checks import faults_of_example
from nlu.sentence_files.blocks import find, with_examples, without_example
from nlu.sentence_files.layout import key_of, layout_of, meaning_of, metadata_of
from nlu.sentence_files.project import DOMAIN, Project, said
from nlu.sentence_files.written_form import written_form
from nlu.sentence_files.yaml_lists import listed
from services.learning.edits import AddSentence, EditRefused, RemoveSentence, ReplaceSentence
from services.learning.labels import Part
from services.learning.sentences import Sentence

_SHORTEST = 4
"""Letters from which a sentence of the exam must not be learnt; 着火了 may."""


def add_sentence(project: Project, edit: AddSentence) -> None:
    """One more example. Raises `EditRefused` where the files contradict it or have it already."""
    project.refuse_broken()
    text = _checked(project, edit.sentence)
    if not _stands(project, edit.sentence, text, edit.part):
        _write(project, edit.sentence, text, edit.part)


def remove_sentence(project: Project, edit: RemoveSentence) -> None:
    """One example less; nothing where it is gone already."""
    project.refuse_broken()
    _remove(project, edit.text, edit.intent, edit.part)


def replace_sentence(project: Project, edit: ReplaceSentence) -> None:
    """An example under another intent, with other metadata, or in the other part."""
    project.refuse_broken()
    text = _checked(project, edit.by)
    source = _source(project, edit.text, edit.intent, edit.part)
    if source is not None and key_of(edit.text) == key_of(text):
        text = source
    leaving = (edit.part, edit.intent, key_of(edit.text))
    stands = _stands(project, edit.by, text, edit.to, leaving)
    same = (edit.to, edit.by.intent, key_of(text)) == leaving
    if same:
        # Only what is said of it changes: out first, or it would be found where it was.
        if not stands:
            _remove(project, edit.text, edit.intent, edit.part)
            _write(project, edit.by, text, edit.to)
        return
    if not stands:
        _write(project, edit.by, text, edit.to)
    _remove(project, edit.text, edit.intent, edit.part)


def _checked(project: Project, sentence: Sentence) -> str:
    """The sentence as it is written. Raises `EditRefused` for what may not become an example."""
    text = written_form(sentence.text)
    domain = project.get(DOMAIN) or ""
    if sentence.intent not in listed(domain, DOMAIN, ("intents",)):
        raise EditRefused(f"domain.yml 里没有意图 {sentence.intent}，这一句不能写进去")
    example = Example(text, sentence.intent, Path(), 0, metadata_of(sentence))
    for fault in faults_of_example(example):
        raise EditRefused(fault.text)
    return text


def _stands(
    project: Project,
    sentence: Sentence,
    text: str,
    part: Part,
    leaving: tuple[Part, str, str] | None = None,
) -> bool:
    """Whether the example is there already, exactly so. Raises `EditRefused` with the place where
    the same sentence stands otherwise; `leaving` is one that goes."""
    words = words_of(MARK + text)
    for where, twin in project.twins(words):
        at = f"{said(twin.file.as_posix())} 第{twin.line}行"
        meant = twin.text == words and meaning_of(twin.metadata) == metadata_of(sentence)
        if (where, twin.intent) == (part, sentence.intent) and meant:
            return True
        if (where, twin.intent, key_of(twin.text)) == leaving:
            continue
        if twin.intent != sentence.intent:
            raise EditRefused(f"同一句话在 {at} 是 {twin.intent}，这里要写成 {sentence.intent}")
        if where is part:
            raise EditRefused(f"和 {at} 重复")
        if len(text) >= _SHORTEST:
            why = "是考题，不能拿来训练" if where is Part.GOLDEN else "已经学过，不能拿来考"
            raise EditRefused(f"这句在 {at}，{why}")
    return False


def _write(project: Project, sentence: Sentence, source: str, part: Part) -> None:
    name = f"nlu/{part.value}/{sentence.intent}.yml"
    written = with_examples(
        project.get(name), said(name), sentence.intent, metadata_of(sentence), source
    )
    project.put(name, written)


def _remove(project: Project, text: str, intent: str, part: Part) -> None:
    for name in project.names(f"nlu/{part.value}"):
        before = project.get(name)
        if before is not None and find(layout_of(before, said(name)), intent, text):
            project.put(name, without_example(before, said(name), intent, text))
            return


def _source(project: Project, text: str, intent: str, part: Part) -> str | None:
    """An example as it is written, with its marks of entities."""
    for name in project.names(f"nlu/{part.value}"):
        before = project.get(name)
        found = find(layout_of(before, said(name)), intent, text) if before else None
        if found:
            return found[1].source.removeprefix(MARK).strip()
    return None
