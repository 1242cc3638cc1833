"""Who writes when, and of what: a day of a county's residents."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from liandong.month.chance import Chance
from liandong.month.clock import at_local, local
from liandong.month.mouth import Mouth, Resident
from liandong.month.phones import MESSENGER
from liandong.month.phrases import Composed, Home, Phrases
from liandong.month.seasons import HOURS, busyness, mix, shared_mix
from liandong.month.world import World
from routing.catalogue import Catalogue
from routing.divisions import Division
from services.messages import Address, BotName, InboundKind, Location

_KNOWN_RESIDENT = 0.25
_ON_MESSENGER = 0.2
_QUESTIONS = 0.09
"""Questions about services for each matter."""
_TALK = {"greeting": 3.0, "thanks": 2.0, "chitchat": 1.0, "out_of_scope": 3.0, "abuse": 0.5}
_SMALL_TALK = 0.06
_HUMAN = 0.01
_SEVERAL = 0.05
_SHARED_EVENT = 0.35
"""Of a day, that a village has something which several households write about."""
_BLOCKS = 0.03
_MIDDLE = (36.15, 112.25)
"""Latitude and longitude somewhere in the middle of the sample county."""


@dataclass(slots=True)
class Residents:
    """All who have written, and the plan of each day."""

    world: World
    phrases: Phrases
    mouth: Mouth
    per_day: float
    """Matters on an average day."""
    messenger: bool
    """Whether somebody uses the messenger at all."""
    known: dict[str, Resident] = field(default_factory=dict)
    """By the key of the chat."""
    shared: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Chat → (matter, village) of the event that they wrote about with their neighbours."""
    chance: Chance = field(init=False)
    _people: list[Resident] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = Chance(self.world.seed, "residents")

    def plan_day(self, day: date, since: datetime, until: datetime) -> None:
        """What will be written on a local day, as far as it lies between the two moments."""
        matters = self.chance.count(self.per_day * busyness(day))
        plans: list[tuple[float, Callable[[], Awaitable[object]]]] = [
            (1.0, self._new_matter),
            (_QUESTIONS, self._question),
            (_SMALL_TALK, self._small_talk),
            (_HUMAN, self._human),
        ]
        for share, act in plans:
            count = matters if share == 1.0 else self.chance.count(matters * share)
            for _ in range(count):
                self._plan(self._moment(day), since, until, act)
        if self.chance.happens(_SHARED_EVENT):
            self._plan_shared(day, since, until)

    def _plan(
        self,
        at: datetime,
        since: datetime,
        until: datetime,
        act: Callable[[], Awaitable[object]],
    ) -> None:
        async def done() -> None:
            await act()

        if since <= at <= until:
            self.world.agenda.plan(at, done)

    def _moment(self, day: date) -> datetime:
        hour = self.chance.weighted(HOURS)
        seconds = self.chance.whole(0, 3599)
        return at_local(day, time(hour)) + timedelta(seconds=seconds)

    # people

    def _somebody(self, village: Division | None = None) -> Resident:
        if village is None and self._people and self.chance.happens(_KNOWN_RESIDENT):
            return self.chance.one_of(self._people)
        number = len(self._people) + 1
        own = Chance(self.world.seed, f"resident/{number}")
        on_messenger = self.messenger and own.happens(_ON_MESSENGER)
        channel, chat = (
            (MESSENGER, f"{5_000_000 + number}") if on_messenger else ("web", own.word())
        )
        address = Address(channel, BotName.RESIDENTS, chat)
        resident = Resident(address, self._home(own, village), own)
        self._people.append(resident)
        self.known[address.key] = resident
        if on_messenger and own.happens(_BLOCKS):
            self._plan_block(resident)
        return resident

    def _home(self, own: Chance, village: Division | None) -> Home:
        county = self.world.office.county
        township = county.tree.get(village.parent_code) if village else None
        if village is None or township is None:
            township = own.one_of(county.tree.townships)
            village = own.one_of(county.tree.children(township.code))
        numbers = sorted(
            {n for grid in county.grids.of_village(village.code) for n in grid.groups if n <= 6}
        )
        group = own.one_of(numbers) if numbers and own.happens(0.6) else None
        return Home(village, township, group)

    def _plan_block(self, resident: Resident) -> None:
        address, chance = resident.address, resident.chance

        async def back() -> None:
            self.world.exchange.unblock(address)
            await self.mouth.membership(resident, InboundKind.UNBLOCKED)

        async def block() -> None:
            self.world.exchange.block(address)
            if chance.happens(0.5):
                self.world.exchange.told_of_block(address)
                await self.mouth.membership(resident, InboundKind.BLOCKED)
            if chance.happens(0.5):
                self.world.agenda.plan(self.world.now + chance.after(2 * 1440), back)

        self.world.agenda.plan(self.world.now + chance.after(1440), block)

    # what they do first

    @property
    def _catalogue(self) -> Catalogue:
        return self.world.office.county.catalogue

    def _drawn_matter(self) -> str:
        month = local(self.world.now).month
        return self.chance.weighted(mix(self.phrases.matters, month))

    async def _new_matter(self) -> None:
        resident = self._somebody()
        chance, matter = resident.chance, self._drawn_matter()
        if chance.happens(_SEVERAL):
            said = self.phrases.several(chance, [matter, self._drawn_matter()], resident.home)
        else:
            said = self.phrases.matter(chance, matter, resident.home)
        await self._before_words(resident)
        await self._write(resident, said, matter)

    async def _before_words(self, resident: Resident) -> None:
        """A poster's code, a photo, a point, or a voice message in place of words."""
        drawn = resident.chance.between(0, 1)
        if drawn < 0.06:
            grids = self.world.office.county.grids.of_village(resident.home.village.code)
            code = resident.chance.one_of(grids).code if grids else ""
            await self.mouth.start(resident, code)
        elif drawn < 0.09:
            await self.mouth.send_photo(resident)
        elif drawn < 0.11:
            latitude = _MIDDLE[0] + resident.chance.between(-0.2, 0.2)
            longitude = _MIDDLE[1] + resident.chance.between(-0.2, 0.2)
            await self.mouth.send_point(resident, Location(latitude, longitude))
        elif drawn < 0.12:
            await self.mouth.send_voice(resident)

    async def _write(self, resident: Resident, said: Composed, matter: str) -> None:
        row = self._catalogue.get(matter)
        shows = row is not None and "photo" in row.evidence
        photo = resident.chance.happens(0.3 if shows else 0.05)
        inbound = await self.mouth.write(resident, said, photo=photo, new=True)
        if resident.on_messenger and resident.chance.happens(0.04) and not said.meaning.parts:

            async def corrected() -> None:
                changed = Composed(
                    f"{said.text}，请快点", said.meaning, names_place=said.names_place
                )
                await self.mouth.edit(resident, inbound, changed)

            self.world.agenda.plan(self.world.now + resident.chance.after(3), corrected)

    async def _question(self) -> None:
        resident = self._somebody()
        await self.mouth.write(resident, self.phrases.question(resident.chance), new=True)

    async def _small_talk(self) -> None:
        resident = self._somebody()
        kind = resident.chance.weighted(_TALK)
        await self.mouth.write(resident, self.phrases.plain(resident.chance, kind))

    async def _human(self) -> None:
        resident = self._somebody()
        await self.mouth.write(resident, self.phrases.plain(resident.chance, "human"), new=True)

    # what a village writes about together

    def _plan_shared(self, day: date, since: datetime, until: datetime) -> None:
        tree, chance = self.world.office.county.tree, self.chance
        village = chance.one_of([v for t in tree.townships for v in tree.children(t.code)])
        matter = chance.weighted(shared_mix(self.phrases.matters, day.month))
        at = self._moment(day)

        async def write() -> None:
            resident = self._somebody(village)
            said = self.phrases.matter(resident.chance, matter, resident.home)
            if not said.names_place:
                text = f"{resident.home.words}，{said.text}"
                said = Composed(text, said.meaning, names_place=True)
            self.shared[resident.address.key] = (matter, village.code)
            await self._write(resident, said, matter)

        for _ in range(chance.whole(3, 8)):
            self._plan(at, since, until, write)
            at += chance.after(25)
