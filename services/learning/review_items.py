"""What a second person sees of a proposed label, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass

from services.learning.labels import Label, Part


@dataclass(frozen=True, slots=True)
class Twin:
    """The same sentence, where it stands already."""

    text: str
    intent: str
    part: Part
    where: str
    """For people: a file and line, or a label's number."""


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A proposed label with what a reviewer has to know."""

    label: Label
    own: bool
    """The reviewer is its author, or the same cadre: somebody else has to look at it."""
    twins: tuple[Twin, ...]
    """The same sentence in the data, in the exam, or in another label that waits."""

    @property
    def contradicts(self) -> bool:
        """One of the twins says something else: which stands must be decided."""
        said = self.label.intent
        return any(twin.intent not in ("", said) for twin in self.twins) and said != ""


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Some labels that wait, oldest first, and how many there are."""

    items: tuple[ReviewItem, ...]
    waiting: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    name: str
    part: int
    whole: int

    @property
    def rate(self) -> float:
        """0 to 1; 0 for none of none."""
        return self.part / self.whole if self.whole else 0.0


@dataclass(frozen=True, slots=True)
class Disagreement:
    """How often reviewers changed or rejected what was proposed."""

    all: Share
    by_author: tuple[Share, ...]
    by_origin: tuple[Share, ...]
    by_intent: tuple[Share, ...]
    """By the intent that was proposed; the most disputed first."""
