"""What the database keeps in place of a password: argon2id, off the event loop.

One hash takes 64 MiB and some ten milliseconds of four lanes (the library's profile, RFC 9106's
second recommendation): only a few are made at once, and where too many wait, the next is refused.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from routing.errors import LiandongError

AT_ONCE = 2
MOST_WAITING = 32
_NOBODYS = "nobody has this password"

T = TypeVar("T")


class TooManySignIns(LiandongError):
    """现在登录的人太多，请过一分钟再试。"""


class Argon2Passwords:
    """`services.accounts.Passwords`."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        """`hasher` with other parameters than the library's own."""
        self._hasher = hasher or PasswordHasher()
        self._free = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0
        self._nobodys: str | None = None

    async def hash(self, password: str) -> str:
        """A new hash."""
        return await self._aside(lambda: self._hasher.hash(password))

    async def fits(self, kept: str | None, password: str) -> bool:
        """Whether the password has this hash; without one False, after the same time."""
        if self._nobodys is None:
            self._nobodys = await self.hash(_NOBODYS)
        against = kept or self._nobodys
        return await self._aside(lambda: self._verified(against, password)) and kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Whether it was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(kept)

    def _verified(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _aside(self, work: Callable[[], T]) -> T:
        if self._waiting >= MOST_WAITING:
            raise TooManySignIns
        self._waiting += 1
        try:
            async with self._free:
                return await asyncio.to_thread(work)
        finally:
            self._waiting -= 1
