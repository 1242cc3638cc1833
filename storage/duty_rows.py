"""Leaves, swaps and told gaps as rows, and the one way to read those that still matter."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from routing.duty import CHINA_TIME, Absence, Gap, LiveDuty, Swap, SwapState
from storage.tables import DUTY_ABSENCES as ABSENCES
from storage.tables import DUTY_SWAPS as SWAPS
from storage.tables import DUTY_VERSION


async def duty_version(connection: AsyncConnection) -> int:
    """Rises with every leave and swap; 0 before the first."""
    return int(await connection.scalar(select(DUTY_VERSION.c.version)) or 0)


async def read_duty(connection: AsyncConnection, since: datetime) -> LiveDuty:
    """Leaves that end after `since`, and swaps of shifts of that local day or later."""
    absences = await connection.execute(
        select(ABSENCES)
        .where(ABSENCES.c.ends_at > since)
        .order_by(ABSENCES.c.noted_at, ABSENCES.c.id)
    )
    swaps = await connection.execute(
        select(SWAPS)
        .where(SWAPS.c.day >= since.astimezone(CHINA_TIME).date())
        .order_by(SWAPS.c.asked_at, SWAPS.c.id)
    )
    return LiveDuty.of(
        [_absence(row) for row in absences.mappings()], [_swap(row) for row in swaps.mappings()]
    )


def gap_of(row: RowMapping) -> Gap:
    """A gap that was told of."""
    return Gap(row["unit"], row["starts_at"], row["ends_at"], row["why"])


def _absence(row: RowMapping) -> Absence:
    return Absence(
        id=row["id"],
        cadre=row["cadre"],
        start=row["starts_at"],
        end=row["ends_at"],
        deputy=row["deputy"],
        contact=row["contact"],
        back_at=row["back_at"],
    )


def _swap(row: RowMapping) -> Swap:
    return Swap(
        id=row["id"],
        day=row["day"],
        start=row["start"],
        giver=row["giver"],
        taker=row["taker"],
        asked_at=row["asked_at"],
        state=SwapState(row["state"]),
        answered_at=row["answered_at"],
    )
