"""Who reads a message: one model from its first word to its last part.

The readers are replaced as a whole, by one assignment. A message takes a look at them once, when
it comes; whatever is switched meanwhile, it is answered by the model that it began with.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass

from nlu.model_server import ModelServer
from nlu.understand import ModelUnderstander
from services.understanding import Understanding


@dataclass(frozen=True, slots=True)
class Reader:
    """One model with the county's words."""

    name: str
    reading: ModelUnderstander
    server: ModelServer | None = None
    """Our own; None for the word lists and for somebody else's server."""

    async def read(self, text: str) -> Understanding:
        """Everything about one message."""
        with self.server.in_use() if self.server is not None else nullcontext():
            return await self.reading.understand(text)


@dataclass(frozen=True, slots=True)
class Readers:
    """Those of one moment."""

    active: Reader
    canary: Reader | None = None
    townships: frozenset[str] = frozenset()
    """Whose messages the canary reads."""
    shadow: Reader | None = None


class ReaderUnderstander:
    """`services.ports.Understander` on the readers of the moment."""

    def __init__(self, readers: Readers) -> None:
        self.readers = readers

    async def understand(self, text: str, township: str | None = None) -> Understanding:
        """By the canary where the message is from one of its townships, else by the active one.

        What the canary cannot answer the active model reads anew, all of it.
        """
        readers = self.readers
        if readers.canary is not None and township in readers.townships:
            found = await readers.canary.read(text)
            if not found.degraded:
                return found
        return await readers.active.read(text)

    @property
    def townships(self) -> frozenset[str]:
        """Where a message is from matters now only if it is from one of these."""
        readers = self.readers
        return readers.townships if readers.canary is not None else frozenset()
