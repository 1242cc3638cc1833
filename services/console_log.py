"""What somebody changed, looked at or tried in the console: appended, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One thing that somebody did."""

    at: datetime
    account: str
    """Whose doing; for a failed sign-in the name that was typed, where it is somebody's."""
    action: str
    """`account.roles`, `ticket.read`, `sign_in.failed` …"""
    about: str
    """`account:li.na`, `ticket:LD…`, `intent:road`, `model:nlu-…`, `label:17`; may be empty."""
    detail: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    """What it was and what it became. No resident's words, no password."""


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry with its place in the log."""

    id: int
    entry: LogEntry


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which entries to show; empty: all."""

    account: str = ""
    action: str = ""
    """The whole action, or its first part: `account` finds `account.roles`."""
    about: str = ""
    since: datetime | None = None
    """Entries of that moment or later."""


ANYTHING = LogFilter()


class ConsoleLog(Protocol):
    """The log of the console. A change that has a port of its own writes its entry itself, in the
    same transaction; this is for what changes no row: a look, a refused try."""

    async def note(self, entry: LogEntry) -> None:
        """Append one entry."""
        ...

    async def page(
        self, wanted: LogFilter = ANYTHING, *, before: int | None = None, limit: int = 50
    ) -> list[Logged]:
        """The newest entries with an id below `before`, the newest first."""
        ...
