"""The office for commands that look at a county and can do with the sample one."""

from __future__ import annotations

from liandong.bootstrap import load_office, sample_office, utc_now
from liandong.county_database import county_database, is_there
from liandong.settings import Settings
from services.office import Office
from storage.county_store import CountyStore


async def office_at_hand(settings: Settings) -> Office:
    """The county of the database; the shipped sample county where there is none yet.

    Raises `NoDatabase` for a database whose structure is too old.
    """
    if not is_there(settings):
        return sample_office(utc_now)
    async with county_database(settings) as database:
        if await CountyStore(database).is_empty():
            return sample_office(utc_now)
        return await load_office(database, utc_now)
