"""Computes the figures of a period from the histories of its tickets, page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from routing.errors import LiandongError
from tickets.metrics import (
    WINDOW,
    Arrival,
    Facts,
    History,
    Metric,
    facts_of,
    metrics,
    repeated,
)
from tickets.working_time import OfficeHours

PAGE = 500
"""Histories that are in memory at a time."""
SEALED = "discipline"
"""The group whose tickets are in no figure and no list (domain.md §5, rule 7)."""


class BrokenHistory(LiandongError):
    """历史记录不完整，算不出指标；请运行 liandong check --history 看是哪里。"""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which tickets: those received from `since` up to `until`, which is not included."""

    since: datetime
    until: datetime
    township: str | None = None
    """Division code."""
    group: str | None = None
    """Linkage group."""
    unit: str | None = None
    """The code of a unit that has, or once had, the ticket: what climbed away counts, too."""


class Histories(Protocol):
    """Histories of tickets, read and never written; sealed ones are left out."""

    async def count(self, selection: Selection) -> int:
        """How many tickets there are."""
        ...

    def pages(self, selection: Selection, size: int) -> AsyncIterator[list[History]]:
        """Their histories in the order of the numbers, at most `size` at a time."""
        ...

    async def arrivals(self, since: datetime, until: datetime) -> list[Arrival]:
        """All tickets received from `since` up to `until`, wherever they are."""
        ...


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a selection, as they were at `now`."""

    selection: Selection
    now: datetime
    facts: tuple[Facts, ...]
    """In the order of the numbers."""
    metrics: tuple[Metric, ...]


async def measure(
    histories: Histories,
    selection: Selection,
    hours: OfficeHours,
    now: datetime,
    progress: Callable[[int], None] = lambda done: None,
    *,
    current: Callable[[str | None], str | None] = lambda matter: matter,
) -> Figures:
    """The figures of the selected tickets; times are in the county's `hours`.

    `progress` is told how many tickets are done since it was last told. `current` gives the code
    that a matter has now, so that a repeat is one across a new name. Raises `BrokenHistory`:
    figures over what somebody has changed would be no figures.
    """
    before = await histories.arrivals(selection.since - WINDOW, selection.until)
    repeats = repeated(replace(each, matter=current(each.matter)) for each in before)
    facts: list[Facts] = []
    async for page in histories.pages(selection, PAGE):
        facts += [_facts(history, hours, now, repeats) for history in page]
        progress(len(page))
    return Figures(selection, now, tuple(facts), metrics(facts))


def _facts(history: History, hours: OfficeHours, now: datetime, repeats: frozenset[str]) -> Facts:
    try:
        return facts_of(history, hours, now, repeats)
    except ValueError as exc:
        raise BrokenHistory(f"{history.number}：{BrokenHistory.__doc__}") from exc
