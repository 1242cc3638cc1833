"""Who looks at which case of the triage queue, and how one's own day went: read off the console's
log, which has every look and every act. A look is a soft lease; it holds nothing back in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.console_log import Logged

LEASE = timedelta(minutes=5)
"""So long a case that somebody opened is theirs, unless they act on it or go on."""
LATER = timedelta(minutes=15)
"""So long a case that somebody passed over comes last for them."""
READ, SKIP = "triage.read", "triage.skip"
DONE = frozenset({"triage.accept", "triage.dispatch", "triage.decline", "triage.ask"})
SECONDS, OUTCOME, OK = "seconds", "outcome", "done"


@dataclass(frozen=True, slots=True)
class Shift:
    """One's own day in the queue; for nobody else to see."""

    cases: int
    seconds: int
    """From the first look to the act, all cases together."""

    @property
    def per_case(self) -> int:
        """Seconds for one case, rounded."""
        return round(self.seconds / self.cases) if self.cases else 0


def holder(entries: Iterable[Logged], now: datetime) -> str | None:
    """Who has a case, of the log's newest entries about it (newest first): of several who opened it
    whoever was first."""
    newest: dict[str, Logged] = {}
    for each in entries:
        newest.setdefault(each.entry.account, each)
    looking = [
        each
        for each in newest.values()
        if each.entry.action == READ and now - each.entry.at < LEASE
    ]
    return min(looking, key=lambda each: each.id).entry.account if looking else None


def looked_since(entries: Iterable[Logged], account: str) -> datetime | None:
    """When somebody opened a case that they have not acted on since."""
    for each in entries:
        if each.entry.account == account:
            return each.entry.at if each.entry.action == READ else None
    return None


def passed_over(entries: Iterable[Logged], now: datetime) -> frozenset[str]:
    """What somebody's own newest entries say was passed over a moment ago: `ticket:LD…`."""
    skipped = (e.entry for e in entries if e.entry.action == SKIP and now - e.entry.at < LATER)
    return frozenset(entry.about for entry in skipped)


def shift_of(entries: Iterable[Logged]) -> Shift:
    """The figures of somebody's own entries of a day."""
    acts = [each.entry for each in entries if each.entry.action in DONE]
    done = [entry for entry in acts if entry.detail.get(OUTCOME) == OK]
    return Shift(len(done), sum(int(entry.detail.get(SECONDS, "0")) for entry in done))
