"""What each running process reads with, for the list of models."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.learning.books import Followers
from services.learning.models import Serving

_SILENT = timedelta(minutes=2)
"""Who has not spoken for so long is not running."""


@dataclass(frozen=True, slots=True)
class FollowerRow:
    """One process."""

    name: str
    reads_with: str
    follows: bool
    """It does what was decided."""
    problem: str
    behind: int


async def follower_rows(
    followers: Followers, serving: Serving, now: datetime
) -> tuple[FollowerRow, ...]:
    """Every process that runs."""
    return tuple(
        FollowerRow(
            each.name,
            "关键词" if each.reads_with == "keywords" else each.reads_with,
            each.version == serving.version and not each.problem,
            each.problem,
            each.behind,
        )
        for each in await followers.followers(now - _SILENT)
    )
