"""Which running model reads what, by the row and by what each of them can do now. Pure."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from services.learning.models import Serving


@dataclass(frozen=True, slots=True)
class Roles:
    """Names of models; empty: none, the word lists read."""

    active: str = ""
    canary: str = ""
    shadow: str = ""

    @property
    def names(self) -> frozenset[str]:
        """Those that have a part."""
        return frozenset({self.active, self.canary, self.shadow} - {""})


def roles(serving: Serving, usable: Set[str], hopeless: Set[str], now: Roles = Roles()) -> Roles:
    """Who reads what.

    `usable` models answered their smoke test; `hopeless` ones cannot be started, or have been away
    for long. Until the wanted model is usable the one that reads goes on; only where the wanted
    one is hopeless and none reads does the previous one step in. While one still starts, the word
    lists read: which model answers never depends on which of two starts sooner.
    """
    return Roles(
        _active(serving, usable, hopeless, now.active),
        serving.canary if serving.canary in usable else "",
        serving.shadow if serving.shadow in usable else "",
    )


def _active(serving: Serving, usable: Set[str], hopeless: Set[str], now: str) -> str:
    if serving.active in usable:
        return serving.active
    if now in usable:
        return now
    stepped_in = serving.active in hopeless and serving.previous in usable
    return serving.previous if stepped_in else ""


def to_bring_up(serving: Serving, settled: Set[str], starting: Set[str]) -> tuple[str, ...]:
    """Which models to start now, the one that all wait for first.

    The others one after the other: a machine that starts four models at once starts none soon.
    """
    if serving.active and serving.active not in settled | starting:
        return (serving.active,)
    if starting:
        return ()
    for name in (serving.previous, serving.canary, serving.shadow):
        if name and name not in settled:
            return (name,)
    return ()
