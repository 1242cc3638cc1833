"""Which intents a label may name."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from services.learning.label_errors import UnknownIntent


class IntentStanding(StrEnum):
    """What a label on an intent becomes."""

    LIVE = "live"
    """An example at once, when it is reviewed."""
    DRAFT = "draft"
    """It waits until the intent goes live."""
    UNKNOWN = "unknown"
    """Never heard of, deleted, or merged into another: refused."""


class KnownIntents(Protocol):
    """The present vocabulary: matters and kinds."""

    async def standing(self, code: str) -> IntentStanding:
        """What a label on `code` would become."""
        ...

    async def current(self, code: str) -> str:
        """The code that an intent has now: a label may have been proposed under an older one."""
        ...


async def must_be_known(intents: KnownIntents, code: str) -> IntentStanding:
    """The standing of an intent; raises `UnknownIntent` where a label may not name it."""
    standing = await intents.standing(code)
    if standing is IntentStanding.UNKNOWN:
        raise UnknownIntent
    return standing
