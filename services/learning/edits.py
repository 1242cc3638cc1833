"""Changes of the sentence files, recorded with their reason before anything is written.

A label that a second person accepted, an intent that an admin renamed: the change goes into the
journal in the same transaction, is applied to the files afterwards, and is applied again when a
crash came between. Each says how the files shall be, so that doing it twice does it once.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from routing.errors import LiandongError
from services.learning.labels import Part
from services.learning.sentences import Sentence


class EditRefused(LiandongError):
    """例句文件里已有的内容和这次改动冲突，没有改；请先看一下说的那一行。"""


class FilesBroken(LiandongError):
    """例句文件现在改不了（写坏了，或者正有人在改）；改动先记着，文件好了会接着改。"""


@dataclass(frozen=True, slots=True)
class AddSentence:
    """One more example, to learn from or to be examined with."""

    sentence: Sentence
    part: Part = Part.DATA


@dataclass(frozen=True, slots=True)
class RemoveSentence:
    """An example that shall go; `text` counts by its letters and digits."""

    text: str
    intent: str
    part: Part = Part.DATA


@dataclass(frozen=True, slots=True)
class ReplaceSentence:
    """An example that becomes another one: sorted again, or moved between the two parts."""

    text: str
    intent: str
    part: Part
    by: Sentence
    to: Part


@dataclass(frozen=True, slots=True)
class AddIntent:
    """A matter that goes live: into the domain's list, and into the urgent ones if it is."""

    code: str
    name: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class RenameIntent:
    """Every file says `new_code` and `new_name` where it said `code` and `name`."""

    code: str
    new_code: str
    name: str
    new_name: str


@dataclass(frozen=True, slots=True)
class MergeIntent:
    """The examples and words of `code` become those of `into`."""

    code: str
    into: str


@dataclass(frozen=True, slots=True)
class RemoveIntent:
    """Examples, words and vocabulary of a matter go."""

    code: str


Edit = (
    AddSentence
    | RemoveSentence
    | ReplaceSentence
    | AddIntent
    | RenameIntent
    | MergeIntent
    | RemoveIntent
)


class EditState(StrEnum):
    """How far an edit is."""

    PENDING = "pending"
    """Recorded; not in the files yet, or nobody wrote down that it is."""
    APPLIED = "applied"
    REFUSED = "refused"
    """The files say otherwise, and a human has to look: `problem` names the place."""


@dataclass(frozen=True, slots=True)
class RecordedEdit:
    """An edit in the journal."""

    id: int
    at: datetime
    account: str
    edit: Edit
    state: EditState
    problem: str = ""
    """Why it waits, or was refused; a sentence that names file and line."""
    applied_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """An example, and where it stands."""

    sentence: Sentence
    part: Part
    file: str
    """`data/road.yml`."""
    line: int
    """From 1."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many examples an intent has: to learn from and to be examined with, made up and real."""

    data_written: int = 0
    data_real: int = 0
    golden_written: int = 0
    golden_real: int = 0

    @property
    def data(self) -> int:
        """To learn from."""
        return self.data_written + self.data_real

    @property
    def golden(self) -> int:
        """To be examined with."""
        return self.golden_written + self.golden_real


class SentenceFiles(Protocol):
    """The files that Rasa learns from. Every call reads what they say now."""

    def hold(self) -> AbstractAsyncContextManager[None]:
        """Nobody else changes the files through this port meanwhile, in whichever process.

        Raises `FilesBroken` when they are held for too long.
        """
        ...

    async def apply(self, edit: Edit) -> None:
        """Make the files say what an edit wants; nothing where they say it already.

        Raises `EditRefused` when they contradict it, `FilesBroken` when a human has to mend a file
        first; nothing was changed then.
        """
        ...

    async def refusal(self, edit: Edit) -> str:
        """Why an edit would be refused now, with file and line; empty when it would not.

        An example that is there already is a reason.
        """
        ...

    async def refusals(self, edits: Sequence[Edit]) -> list[str]:
        """The same for several edits, each after those before it. Raises `FilesBroken`."""
        ...

    async def vocabulary(self) -> frozenset[str]:
        """The intents that `domain.yml` lists."""
        ...

    async def worded(self) -> frozenset[str]:
        """The labels that the keyword lists have words for."""
        ...

    async def mentions(self, code: str) -> list[str]:
        """Where else than in its examples an intent is named: keyword lists, tables of the exam."""
        ...

    async def sentences(self, intent: str | None = None) -> list[Placed]:
        """The examples of an intent, or of all, with the places where they stand."""
        ...

    async def counts(self) -> dict[str, Count]:
        """How many examples each intent has."""
        ...


class SentenceJournal(Protocol):
    """What is to be done to the sentence files, in order; storage records it with its reason."""

    async def record(self, edits: Sequence[Edit], account: str, now: datetime) -> tuple[int, ...]:
        """Write edits down, in a transaction of their own; their numbers.

        Who has a transaction already records in it with `storage.sentence_journal.record_edits`.
        """
        ...

    async def pending(self) -> list[RecordedEdit]:
        """What is not in the files yet, the oldest first."""
        ...

    async def applied(self, number: int, now: datetime) -> None:
        """The files say what this edit wants."""
        ...

    async def refused(self, number: int, problem: str, now: datetime) -> None:
        """The files contradict this edit; nothing was changed."""
        ...

    async def waiting(self, number: int, problem: str) -> None:
        """A file cannot be changed now; it stays pending, and says why."""
        ...

    async def recent(self, limit: int) -> list[RecordedEdit]:
        """The newest edits, newest first."""
        ...
