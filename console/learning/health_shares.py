"""How often reviewers disagreed, with what chance leaves open. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from console.learning.health_names import share_text
from services.learning.review_items import Share
from tickets.metrics.samples import wilson

FEWEST = 10
"""Labels below which a share is chance, and is not shown."""


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One line: how many of how many, and between which shares the truth lies."""

    name: str
    part: int
    whole: int
    rate: str
    """Empty where there are too few."""
    interval: str


def share_row(share: Share, name: str = "") -> ShareRow:
    """95 of 100 such intervals hold the true share."""
    if share.whole < FEWEST:
        return ShareRow(name, share.part, share.whole, "", "")
    low, high = wilson(share.part, share.whole)
    between = f"{share_text(low)}–{share_text(high)}"
    return ShareRow(name, share.part, share.whole, share_text(share.rate), between)


def share_rows(shares: Iterable[Share], name: Callable[[str], str]) -> tuple[ShareRow, ...]:
    """As they come, with those that say nothing behind."""
    rows = [share_row(share, name(share.name)) for share in shares]
    return tuple(sorted(rows, key=lambda row: not row.rate))


def people_rows(shares: Iterable[Share], name: Callable[[str], str]) -> tuple[ShareRow, ...]:
    """By name: the order must not be one of who is better."""
    rows = [share_row(share, name(share.name)) for share in shares]
    return tuple(sorted(rows, key=lambda row: row.name))
