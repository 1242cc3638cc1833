"""What happens to people: leave, a new roster, somebody who left, an empty group, a blocked bot."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from liandong.county_files import Sheets, read_sheets
from liandong.month.cadres import Cadres
from liandong.month.chance import Chance
from liandong.month.clock import at_local
from liandong.month.hand import Hand, chat_of, group_of
from liandong.month.temperaments import Official, WorkingHours
from liandong.month.world import World
from liandong.settings import ROOT
from routing.county_tables import load_county
from services.messages import InboundKind
from storage.county_store import CountyStore

_BOUND = 0.13
"""Of all cadres: they have bound a chat."""
_GROUPS = 6
_LEAVES = 0.012
"""Of the cadres, on any day, who stay away for some days without a word."""
_ROSTER_EVERY = 5
"""Days between two imports of a new roster."""
_BLOCKS_A_DAY = 1.5


@dataclass(slots=True)
class Trouble:
    """Everything that keeps people from answering."""

    world: World
    cadres: Cadres
    hand: Hand
    messenger: bool
    _chance: Chance = field(init=False)
    _sample: Sheets = field(init=False)
    _days: int = 0

    def __post_init__(self) -> None:
        self._chance = Chance(self.world.seed, "trouble")
        self._sample = read_sheets(ROOT / "data" / "sample_county")

    async def bind_chats(self) -> None:
        """Some cadres bind a chat with a one-time code, some units a group."""
        if not self.messenger:
            return
        everybody = sorted(self.cadres.officials)
        chosen = self._chance.some_of(everybody, round(len(everybody) * _BOUND))
        for number, cadre in enumerate(chosen, 1):
            code = self._chance.word(8)
            async with self.world.core.units_of_work() as work:
                await work.issue_code(cadre, code, self.world.now + timedelta(days=1))
                await work.commit()
            await self.hand.bind(self.cadres.official(cadre), chat_of(number), code)
        units = [
            (cadre, unit.code)
            for cadre in chosen
            if (found := self.world.office.cadre(cadre)) is not None
            and (unit := self.world.office.county.org.unit(found.unit)) is not None
            and unit.level in ("linkage_group", "township_center")
        ]
        for number, (cadre, unit_code) in enumerate(units[:_GROUPS], 1):
            if unit_code not in self.cadres.work.groups:
                group = group_of(number)
                await self.hand.bind_group(self.cadres.official(cadre), group)
                self.cadres.work.groups[unit_code] = group

    def plan_day(self, day: date, since: datetime, until: datetime) -> None:
        """What goes wrong on a local day, as far as it lies between the two moments."""
        self._days += 1
        morning = at_local(day, time(8, 10))
        if not since <= morning <= until:
            return
        for cadre in sorted(self.cadres.officials):
            if self._chance.happens(_LEAVES):
                back = morning + timedelta(days=self._chance.whole(1, 5))
                self.cadres.go_on_leave(cadre, back)
        if self._days % _ROSTER_EVERY == 2:
            self.world.agenda.plan(morning, self._new_roster)
        if self.messenger:
            bound = [o for o in self.cadres.officials.values() if o.chat is not None]
            for _ in range(self._chance.count(_BLOCKS_A_DAY)):
                self._plan_block(self._chance.one_of(bound), morning)

    # the bot is blocked

    def _plan_block(self, official: Official, morning: datetime) -> None:
        """Half tell at once (the messenger does), half are found out at the next card."""
        chat, chance = official.chat, self._chance
        if chat is None:
            return
        tells = chance.happens(0.5)

        async def block() -> None:
            if self.world.exchange.is_blocked(chat):
                return
            self.world.exchange.block(chat)
            if tells:
                self.world.exchange.told_of_block(chat)
                await self.world.deliver(self.world.inbound(chat, InboundKind.BLOCKED))

        async def unblock() -> None:
            if self.world.exchange.is_blocked(chat):
                self.world.exchange.unblock(chat)
                await self.world.deliver(self.world.inbound(chat, InboundKind.UNBLOCKED))
                await self.hand.today(official)

        at = morning + chance.after(300)
        self.world.agenda.plan(at, block)
        if chance.happens(0.7):
            self.world.agenda.plan(at + timedelta(days=chance.between(0.5, 4)), unblock)

    # a new roster

    async def _new_roster(self) -> None:
        """Some shifts are given to colleagues; now and then somebody left, or a group is empty."""
        sheets = copy.deepcopy(self._sample)
        groups = [row["code"] for row in sheets["units"] if row["level"] == "linkage_group"]
        for row in sheets["duty"]:
            colleagues = [
                c["id"]
                for c in sheets["cadres"]
                if c["unit"] == row["unit"] and c["id"] != row["cadre"]
            ]
            if colleagues and self._chance.happens(0.04):
                row["cadre"] = colleagues[0]
        self._leave_for_good(sheets, self._chance.one_of(groups))
        self._empty(sheets, self._chance.one_of(groups))
        await self._import(sheets, "值班表.xlsx")

    def _leave_for_good(self, sheets: Sheets, unit: str) -> None:
        """The first cadre of a unit is no cadre of the county any more."""
        staff = [row["id"] for row in sheets["cadres"] if row["unit"] == unit]
        if len(staff) < 2:
            return
        gone, stays = staff[0], staff[1]
        sheets["cadres"] = [row for row in sheets["cadres"] if row["id"] != gone]
        for row in (*sheets["duty"], *sheets["grids"], *sheets["organisations"]):
            for column in ("cadre", "leader", "contact"):
                if row.get(column) == gone:
                    row[column] = stays

    def _empty(self, sheets: Sheets, unit: str) -> None:
        """A group has nobody: its people went elsewhere, its shifts are not filled."""
        center = f"township:{unit.split(':')[1]}"
        for row in sheets["cadres"]:
            if row["unit"] == unit:
                row["unit"] = center
        sheets["duty"] = [row for row in sheets["duty"] if row["unit"] != unit]

    async def restore(self) -> None:
        """The county as it was at the beginning."""
        await self._import(self._sample, "sample")

    async def _import(self, sheets: Sheets, source: str) -> None:
        county = load_county(sheets)
        await CountyStore(self.world.core.database).replace(sheets, source, self.world.now)
        await self.world.core.renew_county()
        await self.world.core.escalation.wake_gone()
        self.cadres.hours = WorkingHours.of(
            post for posts in county.roster.by_unit.values() for post in posts
        )
        await self.world.settle()
