"""重复诉求: the same person, the same matter, the same village, soon again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

WINDOW = timedelta(days=30)
"""An earlier ticket counts for this long, whatever became of it."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What two tickets are compared by."""

    number: str
    reporter: str
    matter: str | None
    village: str | None
    received_at: datetime


def repeated(arrivals: Iterable[Arrival]) -> frozenset[str]:
    """The numbers of those that came within `WINDOW` after one that is alike.

    Where the matter or the village is not known nothing is compared. What came at one moment was
    parted from one message and is no repetition.
    """
    seen: dict[tuple[str, str, str], list[datetime]] = defaultdict(list)
    found: set[str] = set()
    for each in sorted(arrivals, key=lambda arrival: arrival.received_at):
        if each.matter is None or each.village is None:
            continue
        times = seen[each.reporter, each.matter, each.village]
        last = next((at for at in reversed(times) if at < each.received_at), None)
        if last is not None and each.received_at - last <= WINDOW:
            found.add(each.number)
        times.append(each.received_at)
    return frozenset(found)
