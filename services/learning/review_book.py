"""What a review needs of the labels, as ports: those that wait, and how a ruling is written."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.learning.drafts import LabelDraft
from services.learning.edits import Edit
from services.learning.inbox_items import Answer
from services.learning.labels import Label, LabelState, Origin, Part
from services.learning.review_items import Twin


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a second person decided, with everything that it changes at once."""

    label: int
    reviewer: str
    state: LabelState
    said: Answer
    part: Part | None = None
    why: str = ""
    edits: tuple[Edit, ...] = ()
    """Of the sentence files, recorded in the same transaction."""
    outranked: tuple[int, ...] = ()
    """Other labels of the same sentence that do not stand any more."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A label that was reviewed, as far as figures need it."""

    author: str
    origin: Origin
    proposed: str
    """What its author had said."""
    stands: str
    """What it became; empty where it was rejected."""
    said: str
    """What the model had said."""
    said_by: str
    at: datetime

    @property
    def is_disagreement(self) -> bool:
        """The reviewer said something else; an origin that named no intent had said nothing."""
        return self.proposed not in ("", self.stands)


class LabelBook(Protocol):
    """The labels. Each call is a transaction of its own."""

    async def waiting(
        self, limit: int, after: int = 0, origin: Origin | None = None
    ) -> list[Label]:
        """Labels that wait for a second person, oldest first."""
        ...

    async def waiting_count(self, origin: Origin | None = None) -> int:
        """How many wait."""
        ...

    async def label(self, label_id: int) -> Label | None:
        """One label."""
        ...

    async def same_sentence(self, digests: Collection[str]) -> list[Label]:
        """Labels of these sentences that wait, are accepted or written, oldest first."""
        ...

    async def cadres_of(self, accounts: Collection[str]) -> Mapping[str, str]:
        """The cadres that accounts are bound to."""
        ...

    async def rule(self, ruling: Ruling, now: datetime) -> Label:
        """Write what was decided, and the edits of the files with it.

        Raises `OwnLabel` and `AlreadyReviewed`, both checked where it is written.
        """
        ...

    async def propose_all(self, drafts: Sequence[LabelDraft], now: datetime) -> int:
        """Write labels that wait for review, all or none; how many were new (by their keys)."""
        ...

    async def reviewed(self, since: datetime) -> Sequence[Reviewed]:
        """What was reviewed since then."""
        ...


class Examples(Protocol):
    """The sentences of the files, those to learn from and those of the exam."""

    async def twins(self, text: str) -> list[Twin]:
        """Where the same sentence, by its letters and digits, stands already."""
        ...
