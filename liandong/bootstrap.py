"""The one place where adapters meet use cases. Tests call it with their own parts."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from liandong.accounts import account_desk
from liandong.county_files import SAMPLE_COUNTY, read_sheets, read_wording
from liandong.intent_editing import IntentEditing, intent_editing
from liandong.labelling import Labelling, labelling
from liandong.model_desk import ModelDesk, model_desk
from liandong.present_office import PresentOffice, Speak
from liandong.secret import session_secret
from liandong.settings import ROOT, Settings
from routing.county import County
from routing.county_tables import load_county
from routing.duty import STILL_MATTERS
from routing.places import PlaceFinder
from services.account_desk import AccountDesk
from services.closing_watch import ClosingWatch
from services.duty_watch import DutyWatch
from services.escalate import Escalation
from services.files import Files
from services.hot_watch import HotWatch
from services.learning.canary import Whereabouts
from services.learning.shadow import Along, ReadsAlong
from services.office import Office
from services.ports import (
    Clock,
    Desk,
    FileSource,
    Inbox,
    Locks,
    Mailbox,
    MediaStore,
    Outbox,
    RateLimit,
    Sender,
    Understander,
    UnitOfWorkFactory,
    Wakeups,
)
from services.process import Processor
from services.receive import Receiver
from services.relay import Relay
from services.reparse import Reparse
from services.working_hours import county_hours, unit_hours
from storage.county_store import CountyStore
from storage.database import Database
from storage.desk import SqlDesk
from storage.duty_book import SqlDutyBook
from storage.inbox import SqlInbox
from storage.mailbox import SqlMailbox
from storage.media import MediaFolder
from storage.memory_coordination import MemoryLocks, MemoryRateLimit, MemoryWakeups
from storage.outbox import SqlOutbox
from storage.remembered_places import SqlRememberedPlaces
from storage.unit_of_work import SqlUnitOfWorkFactory
from tickets.deadlines import Limits


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


def short_id() -> str:
    """96 random bits in 16 characters."""
    return secrets.token_urlsafe(12)


@dataclass(slots=True)
class Coordination:
    """What processes tell each other; may be lost at any moment."""

    locks: Locks
    wakeups: Wakeups
    rate_limit: RateLimit
    close: Callable[[], Awaitable[None]] | None = None
    """Gives connections back, where there are any."""


async def coordination_of(settings: Settings) -> Coordination:
    """Redis when it is configured, memory otherwise."""
    if settings.redis_url:
        from storage.redis_coordination import connect_redis  # imported only where it is used

        redis = await connect_redis(settings.redis_url)
        return Coordination(redis.locks, redis.wakeups, redis.rate_limit, redis.close)
    return Coordination(MemoryLocks(), MemoryWakeups(), MemoryRateLimit())


@dataclass(slots=True)
class Core:
    """Everything but the channels."""

    settings: Settings
    database: Database
    coordination: Coordination
    office: Callable[[], Office]
    inbox: Inbox
    outbox: Outbox
    units_of_work: UnitOfWorkFactory
    understander: Understander
    media: MediaStore
    mailbox: Mailbox
    desk: Desk
    processor: Processor
    receive: Receiver
    escalation: Escalation
    hot_watch: HotWatch
    closing_watch: ClosingWatch
    reparse: Reparse
    duty_watch: DutyWatch
    accounts: AccountDesk
    models: ModelDesk
    labelling: Labelling
    editing: IntentEditing
    reads_along: ReadsAlong
    clock: Clock
    renew_county: Callable[[], Awaitable[int]]
    """Takes up a changed county; says whether there was one."""

    def relay(self, senders: Mapping[tuple[str, str], Sender]) -> Relay:
        """A relay that delivers through `senders`, keyed by (channel, bot)."""
        return Relay(
            self.outbox,
            senders,
            self.coordination.wakeups,
            self.clock,
            self.coordination.rate_limit,
            lease_seconds=self.settings.lease_seconds,
        )

    def files(self, sources: Mapping[tuple[str, str], FileSource]) -> Files:
        """The fetcher of photos and voice messages, keyed by (channel, bot)."""
        return Files(self.units_of_work, sources, self.media, self.office)

    async def close(self) -> None:
        """Finish what runs and let go of the database."""
        await self.processor.settle()
        if self.coordination.close is not None:
            await self.coordination.close()
        await self.database.close()


async def load_office(database: Database, clock: Clock) -> Office:
    """The county that the database holds, with who is on leave and the words of domain.yml."""
    office = office_of(load_county(await CountyStore(database).read()), clock)
    _version, live = await SqlDutyBook(database).live(clock() - STILL_MATTERS)
    return replace(office, live=live)


def office_of(county: County, clock: Clock, new_id: Callable[[], str] = short_id) -> Office:
    """A county with the words of domain.yml, its calendar and its office hours."""
    wording = read_wording(ROOT / "domain.yml", county)
    hours = county_hours(county)
    return Office(
        county,
        PlaceFinder.of(county),
        wording,
        clock,
        new_id,
        Limits(hours=hours),
        unit_hours(county, hours),
    )


async def load_sample_county(database: Database) -> None:
    """Put the shipped sample county into an empty database."""
    sheets = read_sheets(SAMPLE_COUNTY)
    load_county(sheets)  # refuse a broken sample before anything is written
    await CountyStore(database).replace(sheets, "sample", utc_now())


async def bootstrap(
    settings: Settings,
    understander: Understander,
    *,
    clock: Clock = utc_now,
    coordination: Coordination | None = None,
    database: Database | None = None,
    new_id: Callable[[], str] | None = None,
    trial: Callable[[], Collection[str]] = tuple,
    shadow: Callable[[], Along | None] = lambda: None,
    speak: Speak | None = None,
) -> Core:
    """Put the core together on a migrated database that holds a county.

    `database` in place of the settings' own; `new_id` makes the ids of questions and files;
    `trial` are the townships in which a model is on trial, `shadow` is the one that reads along,
    `speak` gets whoever reads ready for the words of a county.
    """
    database = database or Database(settings.database)
    coordination = coordination or await coordination_of(settings)
    make = partial(office_of, new_id=new_id or short_id)
    office = PresentOffice(database, make, clock, speak)
    await office.renew()
    inbox = SqlInbox(database)
    units_of_work = SqlUnitOfWorkFactory(database, coordination.wakeups, office.duty_changed)
    media = MediaFolder(settings.data_dir / "media", new_id)
    models = model_desk(settings, database, lambda: office().county, clock, coordination.wakeups)
    reads_along = ReadsAlong(shadow, models.shadow, clock)
    processor = Processor(
        inbox,
        units_of_work,
        coordination.locks,
        understander,
        office,
        township_of=Whereabouts(trial, office, SqlRememberedPlaces(database)).township,
        read_along=reads_along.note,
    )
    return Core(
        settings=settings,
        database=database,
        coordination=coordination,
        office=office,
        inbox=inbox,
        outbox=SqlOutbox(database),
        units_of_work=units_of_work,
        understander=understander,
        media=media,
        mailbox=SqlMailbox(database),
        desk=SqlDesk(database),
        processor=processor,
        receive=Receiver(inbox, clock, processor.submit),
        escalation=Escalation(units_of_work, office),
        hot_watch=HotWatch(units_of_work, office),
        closing_watch=ClosingWatch(units_of_work, media, office, session_secret(settings)),
        reparse=Reparse(units_of_work, understander, office),
        duty_watch=DutyWatch(units_of_work, office),
        accounts=account_desk(database, office, clock),
        models=models,
        labelling=labelling(settings, database, office, clock),
        editing=intent_editing(settings, database, clock),
        reads_along=reads_along,
        clock=clock,
        renew_county=office.renew,
    )


def sample_office(clock: Clock) -> Office:
    """The shipped sample county without any database, for commands that only read texts."""
    return office_of(load_county(read_sheets(SAMPLE_COUNTY)), clock)
