"""The world around a use case: time, a reader of texts, words, files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from services.messages import Attachment
from services.understanding import Understanding


class Clock(Protocol):
    """Reads the time; only the composition owns a real one."""

    def __call__(self) -> datetime:
        """Now, aware, UTC."""
        ...


class Understander(Protocol):
    """Classifies a text. Never raises: what it cannot do itself a fallback does, degraded."""

    async def understand(self, text: str, township: str | None = None) -> Understanding:
        """Kind, matter and signals of `text`.

        `township` is where it is from, as far as that is known: a model may be on trial there.
        """
        ...


class Wording(Protocol):
    """The words that people read, from domain.yml's `responses:`."""

    def say(self, key: str, slots: Mapping[str, str] | None = None) -> str:
        """The sentence for `utter_<key>` with its slots filled."""
        ...

    @property
    def keys(self) -> frozenset[str]:
        """All sentences that there are."""
        ...


class FileSource(Protocol):
    """Fetches a file that a channel keeps for us."""

    async def fetch(self, ref: str) -> tuple[bytes, str]:
        """The bytes and their type. Raises `RetryLater` or `BadMessage`."""
        ...


class MediaStore(Protocol):
    """Files that people sent, re-encoded when they are pictures."""

    async def put(self, data: bytes, mime: str, name: str) -> Attachment:
        """Keep a file. Raises `Refused` for what is too large or not what it says it is."""
        ...

    async def get(self, ref: str) -> tuple[bytes, str] | None:
        """The bytes and type of `media:<id>`."""
        ...

    async def fingerprint(self, ref: str) -> str | None:
        """The perceptual hash of a picture, as `tickets.pictures` compares it; None for none."""
        ...
