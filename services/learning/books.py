"""What the retraining loop keeps of models: the artefacts, which of them serve, who follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from routing.errors import LiandongError
from services.learning.models import Serving, Switch, TrainedModel
from services.learning.overrides import Override

MODELS_TOPIC = "models"
"""What `Wakeups` are told after a switch."""
SYSTEM = "system"
"""Who switched when nobody did: the shipped model at the first start."""


class NoSuchModel(LiandongError):
    """没有这个模型：用 liandong nlu list 看有哪些。"""


class ServingChanged(LiandongError):
    """在用的模型刚被别人换过，这次没有换；请看一眼现在的情况再决定。"""


@dataclass(frozen=True, slots=True)
class SwitchRecord:
    """One line of the history of what served."""

    at: datetime
    by: str
    """An account's name, a person's on the command line, or `system`."""
    what: Switch
    model: str
    """The model that it is about; for `stop` those that end, joined with `|`."""
    before: str
    """What was active (for shadow and canary: what had that part) before."""
    reason: str


@dataclass(frozen=True, slots=True)
class Follower:
    """One running process, and how far it has followed the row that says what serves."""

    name: str
    """Host and process."""
    seen_at: datetime
    version: int
    """Of the row that it has last looked at."""
    reads_with: str
    """The model that reads messages there now; `keywords` while none does."""
    canary: str
    shadow: str
    problem: str
    """Why it does not (yet) do what the row says, in Chinese; empty when it does."""
    behind: int = 0
    """Messages that the shadow could not keep up with."""


class ModelBook(Protocol):
    """The trained models. Each call is a transaction of its own."""

    async def register(self, model: TrainedModel) -> bool:
        """Keep a model; False when exactly these files are known under its name already.

        Other files under a known name, or files that had been removed, take its place, unexamined.
        """
        ...

    async def examined(self, name: str, report: str, passed: bool) -> None:
        """Keep the figures and what the gate said; raises `NoSuchModel`."""
        ...

    async def model(self, name: str) -> TrainedModel | None:
        """One of them."""
        ...

    async def models(self) -> list[TrainedModel]:
        """All that ever were, newest first."""
        ...

    async def remove(self, name: str, now: datetime) -> bool:
        """Write that its files go; False, and nothing is written, when it serves in any part."""
        ...


class ServingBook(Protocol):
    """The one row that says what serves, and its history."""

    async def serving(self) -> Serving:
        """As it is now; version 0 before the first switch."""
        ...

    async def switch(self, wanted: Serving, record: SwitchRecord) -> Serving:
        """Write `wanted` over the row of `wanted.version`, with its line of history.

        Returns the row with its new version. Raises `ServingChanged` when somebody else was
        quicker, and `NoSuchModel` when the files of a model that it names were removed; nothing
        is written then.
        """
        ...

    async def history(self, limit: int = 50) -> list[SwitchRecord]:
        """Newest first."""
        ...

    async def is_begun(self) -> bool:
        """Whether the loop is in use: a person switched, ordered a training, or edited sentences.

        Before that what serves is the model of the shipped files, whatever they become.
        """
        ...

    async def has_served(self, name: str) -> bool:
        """Whether all messages were ever read by this model."""
        ...


class Followers(Protocol):
    """Which processes run, and what they have taken up."""

    async def seen(self, follower: Follower) -> None:
        """A process says what it does; its earlier words are forgotten."""
        ...

    async def gone(self, name: str) -> None:
        """A process ends."""
        ...

    async def followers(self, since: datetime) -> Sequence[Follower]:
        """Those that spoke since then, by name."""
        ...


class Overrides(Protocol):
    """Models that the gate refused and two people let through all the same."""

    async def of(self, model: str) -> Override | None:
        """The one of a model."""
        ...
