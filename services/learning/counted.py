"""How many examples each intent has, counted again only when a sentence file has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from services.learning.edits import Count
from services.learning.health import Counts


class CountedOnce:
    """`services.learning.health.Counts` over one that reads every file each time."""

    def __init__(self, files: Counts, stamp: Callable[[], object]) -> None:
        """`stamp` is another value after every change of the files, and quick."""
        self._files = files
        self._stamp = stamp
        self._known: tuple[object, Mapping[str, Count]] | None = None

    async def counts(self) -> Mapping[str, Count]:
        """As the files stand."""
        stamp = self._stamp()  # before reading: a change meanwhile makes it old
        if self._known is None or self._known[0] != stamp:
            self._known = (stamp, await self._files.counts())
        return self._known[1]
