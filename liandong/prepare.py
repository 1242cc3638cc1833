"""Brings the database up to date before anything uses it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from liandong.bootstrap import load_sample_county
from liandong.settings import Settings
from routing.errors import LiandongError
from storage.county_store import CountyStore
from storage.database import Database
from storage.migrate import upgrade


class NoCounty(LiandongError):
    """The database holds no county yet; `liandong run --demo` loads the sample county."""


async def prepare(settings: Settings, *, sample: bool) -> bool:
    """Migrate, and with `sample` fill an empty database with the sample county.

    Returns whether the sample was loaded. Raises `NoCounty` for an empty database without it.
    """
    if settings.database.startswith("sqlite"):
        Path(settings.database.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    await asyncio.to_thread(upgrade, settings.database)
    database = Database(settings.database)
    try:
        if not await CountyStore(database).is_empty():
            return False
        if not sample:
            raise NoCounty(NoCounty.__doc__)
        await load_sample_county(database)
        return True
    finally:
        await database.close()
