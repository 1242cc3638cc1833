"""The county and the names of its places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from routing.precedents import Precedent


class CountyWork(Protocol):
    """The reference data, changed as a whole."""

    async def county_version(self) -> int:
        """The version of the reference data; nobody else changes them until the commit."""
        ...

    async def replace_county(
        self,
        sheets: Mapping[str, Sequence[Mapping[str, str]]],
        source: str,
        now: datetime,
        summary: str,
    ) -> None:
        """Put validated sheets in place of the county, as a new version.

        `source` says where they came from, `summary` what changed.
        """
        ...

    async def add_precedent(self, ruling: Precedent, now: datetime) -> None:
        """Write a ruling of the county centre, as a new version of the county; a later one for
        the same matter and township takes its place."""
        ...


class AliasWork(Protocol):
    """Names of places that people use."""

    async def propose_alias(self, alias: str, code: str, now: datetime) -> None:
        """Count one more use of a name for the division `code`; decided ones stay as they are."""
        ...
