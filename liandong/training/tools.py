"""What a training works with, put together for a process of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from liandong.bootstrap import utc_now
from liandong.county_database import county_database
from liandong.settings import Settings
from services.accounts import AccountBook
from services.learning.books import ModelBook, ServingBook
from services.learning.job_book import JobBook
from services.learning.overrides import OverrideBook
from services.learning.serving import Successors
from services.ports import Clock
from storage.accounts import SqlAccountBook
from storage.intent_successors import SqlIntentSuccessors
from storage.job_book import SqlJobBook
from storage.model_book import SqlModelBook
from storage.override_book import SqlOverrideBook
from storage.serving_book import SqlServingBook


@dataclass(frozen=True, slots=True)
class Tools:
    """The books, the settings, the clock."""

    settings: Settings
    jobs: JobBook
    models: ModelBook
    serving: ServingBook
    successors: Successors
    overrides: OverrideBook
    accounts: AccountBook
    clock: Clock


@asynccontextmanager
async def training_tools(settings: Settings) -> AsyncIterator[Tools]:
    """On the database as it is. Raises `NoDatabase`."""
    async with county_database(settings) as database:
        yield Tools(
            settings,
            SqlJobBook(database),
            SqlModelBook(database),
            SqlServingBook(database),
            SqlIntentSuccessors(database),
            SqlOverrideBook(database),
            SqlAccountBook(database),
            utc_now,
        )
