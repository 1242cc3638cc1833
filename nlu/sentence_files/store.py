"""The sentence files of a project, for the use cases: `services.learning.edits.SentenceFiles`."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import yaml

from nlu.dataset import Example
from nlu.labels import worded_labels
from nlu.sentence_files.intent_edits import (
    add_intent,
    mentions,
    merge_intent,
    remove_intent,
    rename_intent,
)
from nlu.sentence_files.project import DOMAIN, Project, said
from nlu.sentence_files.sentence_edits import add_sentence, remove_sentence, replace_sentence
from nlu.sentence_files.writing import HandEdited, carry_out, locked, tidy
from nlu.sentence_files.yaml_lists import listed
from nlu.sentence_files.yaml_spans import tree_of
from services.learning.edits import (
    AddIntent,
    AddSentence,
    Count,
    Edit,
    EditRefused,
    FilesBroken,
    MergeIntent,
    Placed,
    RemoveIntent,
    RemoveSentence,
    RenameIntent,
    ReplaceSentence,
)
from services.learning.labels import Part
from services.learning.sentences import Sentence

_TRIES = 5
_LOOK_SECONDS = 0.05
_LOOKS = 600
"""Half a minute: an edit takes milliseconds."""


class ProjectSentences:
    """`domain.yml` and `nlu/` of one folder. Every call reads what the files say now."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @asynccontextmanager
    async def hold(self) -> AsyncIterator[None]:
        """Nobody else changes the files through this meanwhile. Raises `FilesBroken` when they
        are held for too long."""
        for _ in range(_LOOKS):
            with locked(self._root) as mine:
                if mine:
                    await asyncio.to_thread(tidy, self._root)
                    yield
                    return
            await asyncio.sleep(_LOOK_SECONDS)
        raise FilesBroken

    async def apply(self, edit: Edit) -> None:
        """Make the files say what an edit wants; nothing where they say it already.

        Raises `EditRefused` when they contradict it, `FilesBroken` when a human has to mend a file
        first; nothing was changed then.
        """
        await asyncio.to_thread(self._apply, edit)

    async def refusal(self, edit: Edit) -> str:
        """Why an edit would be refused now, with file and line; empty when it would not."""
        return await asyncio.to_thread(self._refusal, edit)

    async def refusals(self, edits: Sequence[Edit]) -> list[str]:
        """The same for several edits, each after those before it. Raises `FilesBroken`."""
        return await asyncio.to_thread(self._refusals, edits)

    async def vocabulary(self) -> frozenset[str]:
        """The intents that `domain.yml` lists."""
        return await asyncio.to_thread(self._vocabulary)

    async def worded(self) -> frozenset[str]:
        """The labels that the keyword lists have words for."""
        return await asyncio.to_thread(self._worded)

    async def mentions(self, code: str) -> list[str]:
        """Where else than in its examples an intent is named: keyword lists, tables of the exam."""
        return await asyncio.to_thread(lambda: list(mentions(Project(self._root), code)))

    async def sentences(self, intent: str | None = None) -> list[Placed]:
        """The examples of an intent, or of all, with the places where they stand."""
        return await asyncio.to_thread(lambda: list(self._sentences(intent)))

    async def counts(self) -> dict[str, Count]:
        """How many examples each intent has."""
        return await asyncio.to_thread(self._counts)

    def _apply(self, edit: Edit) -> None:
        for left in reversed(range(_TRIES)):
            project = Project(self._root)
            plan(project, edit)
            try:
                carry_out(self._root, project)
                return
            except HandEdited:
                if not left:
                    raise

    def _refusal(self, edit: Edit) -> str:
        project = Project(self._root)
        try:
            plan(project, edit)
        except (EditRefused, FilesBroken) as exc:
            return str(exc)
        if isinstance(edit, AddSentence) and not list(project.writes()):
            twin = next(twin for _, twin in project.twins(edit.sentence.text))
            return f"和 {said(twin.file.as_posix())} 第{twin.line}行 重复"
        return ""

    def _refusals(self, edits: Sequence[Edit]) -> list[str]:
        project = Project(self._root)
        project.refuse_broken()
        return [_said(project, edit) for edit in edits]

    def _vocabulary(self) -> frozenset[str]:
        return frozenset(listed(Project(self._root).get(DOMAIN) or "", DOMAIN, ("intents",)))

    def _worded(self) -> frozenset[str]:
        try:
            return worded_labels(self._root / "nlu" / "keywords")
        except yaml.YAMLError:
            project = Project(self._root)
            for name in project.names("nlu/keywords"):
                tree_of(project.get(name) or "", name)  # says which file, and the line
            raise

    def _sentences(self, intent: str | None) -> list[Placed]:
        project = Project(self._root)
        return [
            Placed(_sentence(each), part, said(name), each.line)
            for part in Part
            for name, data in project.sentences(part)
            for each in data.examples
            if intent in (None, each.intent)
        ]

    def _counts(self) -> dict[str, Count]:
        counted = Counter(
            (each.sentence.intent, each.part, each.sentence.source)
            for each in self._sentences(None)
        )
        intents = {intent for intent, _, _ in counted}
        return {
            intent: Count(
                *(counted[intent, part, source] for part in Part for source in ("written", "real"))
            )
            for intent in intents
        }


def plan(project: Project, edit: Edit) -> None:
    """Put into `project` what an edit wants."""
    match edit:
        case AddSentence():
            add_sentence(project, edit)
        case RemoveSentence():
            remove_sentence(project, edit)
        case ReplaceSentence():
            replace_sentence(project, edit)
        case AddIntent():
            add_intent(project, edit)
        case RenameIntent():
            rename_intent(project, edit)
        case MergeIntent():
            merge_intent(project, edit)
        case RemoveIntent():
            remove_intent(project, edit)


def _said(project: Project, edit: Edit) -> str:
    try:
        plan(project, edit)
    except EditRefused as exc:
        return str(exc)
    return ""


def _sentence(example: Example) -> Sentence:
    return Sentence(
        example.text,
        example.intent,
        example.appeal_type or "",
        example.flag("urgent"),
        example.flag("confidential"),
        example.source,
    )
