"""Random lives of tickets through the real desk: whoever may do something does it, time goes by."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import timedelta

from services.case_choices import choices
from services.case_entries import Entry, Field, Words
from services.case_menu import Seat, menu
from services.case_verbs import VERBS
from tests.services.town import Town
from tickets.states import ANSWERED
from tickets.ticket import Ticket

SAID = (
    "府城镇高壁村三组路灯坏了三天没人管",
    "高壁村的垃圾没人拉",
    "高壁村停水两天了",
    "府城镇高壁村着火了",
    "我家的事保密，高壁村低保没给我办",
    "不知道该找谁，帮帮我",
    "高壁村支书贪了修路的钱",
    "全县的公交车太少",
)
BESIDE = ("county", "township:141026100", "group:141026100:infrastructure", "unit:power")
WORDS = "今天去看过了，明天接着办"


@dataclass
class Walk:
    """One town with a ticket that is followed and another one that it may be merged into."""

    choice: random.Random
    town: Town = field(default_factory=Town)
    number: str = ""
    main: str = ""

    async def begin(self) -> None:
        self.main = (await self.town.open_lamp("bea")).number
        await self.town.say(self.choice.choice(SAID))
        if not await self.town.tickets():
            await self.town.say("另一件")  # no +1: the walk wants a ticket of its own
        self.number = (await self.town.ticket()).number

    async def ticket(self) -> Ticket:
        async with self.town.store.units_of_work() as work:
            found = await work.ticket(self.number)
        assert found is not None
        return found

    async def history(self) -> int:
        async with self.town.store.units_of_work() as work:
            return len(await work.events(self.number))

    def somebody(self, ticket: Ticket) -> Seat:
        """A cadre of a unit that has something to do with the ticket, or of any other."""
        org = self.town.office.county.org
        near = [ticket.owner, ticket.reviewer, ticket.told_up, *ticket.co_units]
        unit = self.choice.choice([code for code in near if code] * 3 + list(BESIDE))
        people = [cadre.id for cadre in org.staff(unit)]
        if unit == ticket.owner and ticket.person and self.choice.random() < 0.7:
            people = [ticket.person]
        person = self.choice.choice(people)
        found = org.cadre(person)
        assert found is not None
        return Seat(found.unit, person)

    def menu(self, seat: Seat, ticket: Ticket) -> tuple[Entry, ...]:
        return menu(self.town.office, seat, ticket, self.town.now)

    def input_for(self, entry: Entry, seat: Seat, ticket: Ticket) -> str | None:
        """What a careful person sends with it; None when there is nothing to choose from."""
        chosen = ""
        if entry.field is Field.MAIN:
            chosen = self.main
        elif entry.field is Field.DATE:
            day = self.town.now + timedelta(days=self.choice.randint(2, 20))
            chosen = f"{day.month}月{day.day}日复查"
        elif entry.field is not None:
            groups = choices(self.town.office, seat, ticket, entry)
            listed = [option.value for group in groups for option in group.options]
            if not listed:
                return None
            chosen = self.choice.choice(listed)
        words = "" if entry.words is Words.NONE else WORDS
        return f"{chosen} {words}".strip()

    def others(self, offered: tuple[Entry, ...]) -> list[str]:
        """Verbs that are not offered."""
        return sorted(set(VERBS) - {entry.verb for entry in offered})

    async def resident(self) -> None:
        """The resident says something, or presses something."""
        ticket = await self.ticket()
        verbs = ["nudge", "withdraw_yes"] if self.choice.random() < 0.15 else ["nudge"]
        if ticket.state in ANSWERED:
            verbs = ["solved", "unsolved", "rate2"]
        await self.town.press(f"t:{self.number}:{self.choice.choice(verbs)}")

    async def time(self) -> None:
        hours = self.choice.choice([0.1, 1, 3, 9, 25, 80])
        self.town.now += timedelta(hours=hours)
        await self.town.escalation.run_once()
