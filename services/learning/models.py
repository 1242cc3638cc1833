"""A trained model as an artefact, and which of them serve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """One archive in the models' folder, `<name>.tar.gz`, with what is known of it.

    Beside it may lie `<name>.thresholds.yml`: how certain its matters must be to go alone.
    """

    name: str
    """`nlu-` and the fingerprint of everything that it was made from."""
    sha256: str
    size: int
    """Bytes."""
    rasa: str
    author: str
    created_at: datetime
    examples: int
    intents: tuple[str, ...]
    report: str
    """JSON of its figures and of what the gate found; empty before the examination."""
    passed: bool | None
    removed_at: datetime | None = None


class Switch(StrEnum):
    """What is done to what serves."""

    ACTIVATE = "activate"
    ROLLBACK = "rollback"
    SHADOW = "shadow"
    CANARY = "canary"
    STOP = "stop"
    """Neither shadow nor canary any more."""


@dataclass(frozen=True, slots=True)
class Serving:
    """Which models work; empty names: none (of `active`: the model of the shipped sentences)."""

    version: int = 0
    active: str = ""
    previous: str = ""
    """Kept warm, for going back at once."""
    shadow: str = ""
    """Reads along, changes nothing."""
    canary: str = ""
    townships: tuple[str, ...] = ()
    """Codes of the townships whose messages the canary reads."""
    since: datetime | None = None

    @property
    def names(self) -> frozenset[str]:
        """Every model that has a part."""
        return frozenset({self.active, self.previous, self.shadow, self.canary} - {""})
