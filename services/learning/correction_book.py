"""What the inbox of corrections keeps, as a port: messages taken up, grouped, labelled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.learning.drafts import LabelDraft
from services.learning.labels import Label
from services.learning.worth import Candidate
from services.understanding import Understanding


@dataclass(frozen=True, slots=True)
class RawMessage:
    """A resident's message that nobody has taken up yet, in their own words."""

    inbox_id: int
    at: datetime
    text: str
    understanding: Understanding
    desk: str
    """The matter that a person gave the ticket which it opened; empty where nobody did."""
    sealed: bool
    """It is a report for the discipline channel: nobody here may read it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A message as it stands in the inbox of corrections."""

    inbox_id: int
    head: int
    """The message that it is shown with; itself, when nothing like it came before."""
    at: datetime
    text: str
    """Masked; empty for what is left out."""
    shape: str
    best: str
    second: str
    margin: float
    keywords: str
    desk: str
    model: str
    degraded: bool
    urgent: bool
    lot: float
    count: int = 1
    """Of a head: open messages of its group."""
    label: int | None = None
    """The label that settled it."""
    left_out: bool = False

    @property
    def candidate(self) -> Candidate:
        """It, as `services.learning.worth` weighs it."""
        return Candidate(
            key=str(self.inbox_id),
            best=self.best,
            second=self.second,
            margin=self.margin,
            keywords=self.keywords,
            desk=self.desk,
            alike=self.count,
            degraded=self.degraded,
        )


@dataclass(frozen=True, slots=True)
class Detail:
    """A head with everything that a person wants to see of it."""

    entry: Entry
    understanding: Understanding
    """The newest reading of the message."""
    ticket: str | None
    desk: str
    """The matter of its ticket now."""
    sealed: bool
    alike: tuple[tuple[int, str], ...]
    """(inbox id, masked text) of some of the others."""


Weigh = Callable[[Entry], float]


class CorrectionBook(Protocol):
    """The inbox of corrections. Each call is a transaction of its own."""

    async def unread(self, since: datetime, limit: int) -> list[RawMessage]:
        """Messages of residents since then that were not taken up and have no label, oldest
        first."""
        ...

    async def likely(self, bands: Sequence[int], since: datetime) -> list[tuple[int, Entry]]:
        """(band, head) of groups since then that share one of the bands."""
        ...

    async def take_up(
        self, entries: Sequence[Entry], bands: Sequence[tuple[int, int]], weigh: Weigh
    ) -> int:
        """Keep messages, and (band, head) of new groups; the groups they join are counted and
        weighed anew. How many were new: another process may have taken them up."""
        ...

    async def forget(self, before: datetime) -> int:
        """Groups whose newest message is older go, as far as nobody labelled them."""
        ...

    async def worthiest(
        self, account: str, now: datetime, since: datetime, by_worth: int, by_lot: int
    ) -> list[Entry]:
        """Open heads that nobody else holds and this account did not skip: the worthiest, and
        those with the lowest lots."""
        ...

    async def open_counts(self, since: datetime) -> tuple[int, int]:
        """(groups, messages) that wait."""
        ...

    async def details(self, heads: Sequence[int], most_alike: int) -> list[Detail]:
        """These heads, in the order asked for; what is settled is left away."""
        ...

    async def leave_out(self, inbox_ids: Sequence[int]) -> None:
        """Their groups are not shown any more: a report among them was sealed since."""
        ...

    async def hold(self, heads: Sequence[int], account: str, until: datetime) -> None:
        """Show others something else until then."""
        ...

    async def settle(self, head: int, draft: LabelDraft, now: datetime) -> Label:
        """Write the label and mark everything of the group with it. Raises `AlreadyLabelled`."""
        ...

    async def pass_over(self, head: int, draft: LabelDraft, now: datetime) -> Label:
        """Write that one account skipped it; it stays open for others."""
        ...

    async def part(self, inbox_ids: Sequence[int], weigh: Weigh) -> None:
        """Each of these becomes an item of its own."""
        ...

    async def undo(self, account: str) -> Label:
        """Withdraw the newest label of the inbox by this account. Raises `NothingToUndo`."""
        ...
