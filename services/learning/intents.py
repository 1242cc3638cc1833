"""The life of an intent: a draft that is labelled for, then live with a row of the catalogue; later
it may get another name, be merged, be split, or go. What was written with its code keeps it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from routing.errors import LiandongError
from services.learning.edits import Edit
from services.learning.labels import LabelState, Part
from services.learning.sentences import Sentence

Row = Mapping[str, str]
Sheets = Mapping[str, Sequence[Row]]


class IntentRefused(LiandongError):
    """这个改动不行，什么都没有改；请看说明。"""


class IntentChanged(LiandongError):
    """目录或事项刚被别人改过，这次没有改；请看一眼再试。"""


class IntentState(StrEnum):
    """How far an intent is. One that the console never touched is live and has no record."""

    DRAFT = "draft"
    """May be labelled for; no message is read as it yet."""
    LIVE = "live"
    SPLITTING = "splitting"
    """Works as before while its examples are sorted again; `became` names the new parts."""
    RENAMED = "renamed"
    """A code of old; `became` says of what."""
    MERGED = "merged"
    """Became part of `became`."""
    REMOVED = "removed"
    """Gone; its code is not given again."""


FORMER = frozenset({IntentState.RENAMED, IntentState.MERGED})


@dataclass(frozen=True, slots=True)
class KnownIntent:
    """What became of an intent that was made or changed in the console."""

    code: str
    name: str
    state: IntentState
    changed_by: str
    changed_at: datetime
    became: str = ""
    """Another code; of a split the codes of the new parts, joined with `|`."""
    row: Row = field(default_factory=dict)
    """The row of the catalogue that a draft will have."""

    @property
    def parts(self) -> tuple[str, ...]:
        """The drafts that this one is being split into."""
        is_split = self.state is IntentState.SPLITTING
        return tuple(self.became.split("|")) if is_split and self.became else ()


@dataclass(frozen=True, slots=True)
class StagedLabel:
    """A label that waits for its intent: to be reviewed, or for the intent to go live."""

    id: int
    sentence: Sentence
    part: Part
    state: LabelState
    is_sorting: bool
    """An old example of an intent that is being split."""


@dataclass(frozen=True, slots=True)
class ToSort:
    """An example of an intent that is being split."""

    sentence: Sentence
    bare: str
    """What counts as the same sentence, as labels keep it."""


@dataclass(frozen=True, slots=True)
class IntentChange:
    """All that a change of intents writes, at once or not at all."""

    since: int
    """The version of the county that was looked at."""
    seen: Sequence[KnownIntent]
    """What was known of all intents then."""
    action: str
    """For the console's log: `intent.rename`."""
    about: str
    """The code."""
    summary: str
    """For the county's versions: what changed."""
    intents: Sequence[KnownIntent] = ()
    sheets: Sheets = field(default_factory=dict)
    """Of the county, where they change."""
    edits: Sequence[Edit] = ()
    """Of the sentence files, recorded for whoever applies them."""
    written: Sequence[int] = ()
    """Numbers of accepted labels that are on their way into the files now."""
    to_sort: Sequence[ToSort] = ()
    """Old examples that get a label each, to be sorted again."""
    dropped: Sequence[int] = ()
    """Numbers of labels that are not to be sorted any more."""
    detail: Mapping[str, str] = field(default_factory=dict)
    """For the console's log."""


class IntentBook(Protocol):
    """What is known of intents, with the county that they belong to."""

    async def county(self) -> tuple[int, dict[str, list[dict[str, str]]]]:
        """The version and the sheets of the county."""
        ...

    async def known(self) -> list[KnownIntent]:
        """Every intent that the console ever touched, by code."""
        ...

    async def staged(self) -> list[StagedLabel]:
        """Every label that is proposed or accepted, those of splits aside, in order."""
        ...

    async def sorting(self, code: str) -> list[StagedLabel]:
        """The examples of an intent that is being split: sorted, not sorted yet, or rejected."""
        ...

    async def open_tickets(self, codes: Sequence[str]) -> int:
        """How many open tickets are of these matters."""
        ...

    async def change(self, change: IntentChange, account: str, now: datetime) -> None:
        """Write a change. Raises `IntentChanged` when it is no longer what was looked at."""
        ...


def became(known: Sequence[KnownIntent]) -> dict[str, str]:
    """Every code that is none any more, with the one that it is now: for what still says it, as
    the model that was trained before."""
    after = {each.code: each.became for each in known if each.state in FORMER}
    found: dict[str, str] = {}
    for code in after:
        at, seen = code, set[str]()
        while at in after and at not in seen:
            seen.add(at)
            at = after[at]
        found[code] = at
    return found
