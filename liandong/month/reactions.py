"""What residents do with what arrives in their chats, and what they do while they wait."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, time, timedelta

from liandong.month.clock import at_local, local
from liandong.month.mouth import Mouth, Resident
from liandong.month.phones import Arrival, buttons_of
from liandong.month.phrases import Phrases
from liandong.month.residents import Residents
from liandong.month.world import Step, World
from tickets.events import EventName
from tickets.states import ANSWERED, State
from tickets.ticket import Ticket

_RATINGS = {"5": 4.0, "4": 3.0, "3": 1.5, "2": 0.6, "1": 0.4}
_AWAKE = (time(6, 30), time(22, 0))
_ANSWERS = (
    "就在村口大槐树底下那一段",
    "有三四天了，天天都这样",
    "我家里白天都有人，随时来",
    "电话打我手机就行，13800000001",
    "就我们这一排七八户",
)
"""What somebody says who is asked for more."""


def awake(at: datetime) -> datetime:
    """The moment itself, or the next morning: nobody writes in their sleep."""
    here = local(at)
    if here.time() < _AWAKE[0]:
        return at_local(here.date(), _AWAKE[0]) + timedelta(minutes=here.minute)
    if here.time() >= _AWAKE[1]:
        return at_local(here.date() + timedelta(days=1), _AWAKE[0]) + timedelta(minutes=here.minute)
    return at


class Reactions:
    """`liandong.month.world.Onlooker`: plays every resident's answers."""

    def __init__(self, world: World, residents: Residents, phrases: Phrases, mouth: Mouth) -> None:
        self._world = world
        self._residents = residents
        self._phrases = phrases
        self._mouth = mouth

    def see(self, step: Step) -> None:
        """Plan what the people concerned will do."""
        for arrival in step.arrived:
            resident = self._residents.known.get(arrival.key)
            if resident is not None:
                self._hear(resident, arrival)
        for happened in step.happened:
            ticket = step.touched[happened.ticket]
            resident = self._residents.known.get(ticket.reporter)
            if resident is None:
                continue
            if happened.event.name is EventName.RECEIVED:
                self._worry(resident, ticket)
            elif happened.event.name is EventName.INFO_ASKED:
                self._asked_by_cadre(resident, ticket, step)

    def _plan(self, resident: Resident, median: float, act: Callable[[], Awaitable[None]]) -> None:
        at = awake(self._world.now + resident.chance.after(median))
        self._world.agenda.plan(at, act)

    # what arrives

    def _hear(self, resident: Resident, arrival: Arrival) -> None:
        buttons = {data: label for label, data in buttons_of(arrival.message)}
        if not buttons:
            return
        first = next(iter(buttons))
        if first.startswith("q:"):
            self._question(resident, buttons)
        elif first.startswith("k:"):
            if resident.chance.happens(0.6):
                good = resident.chance.happens(0.75)
                self._press(resident, list(buttons)[0 if good else 1], 4)
        elif first.startswith("t:"):
            self._card(resident, arrival, buttons)
        elif resident.chance.happens(0.5):
            # Something new that the service offers: people press what they see.
            self._press(resident, resident.chance.one_of(list(buttons)), 5)

    def _press(self, resident: Resident, data: str, median: float) -> None:
        async def act() -> None:
            await self._mouth.press(resident, data)

        self._plan(resident, median, act)

    def _question(self, resident: Resident, buttons: Mapping[str, str]) -> None:
        """Answered with a button, in words, late, or never."""
        say, chance = self._world.office.wording.say, resident.chance
        labels = {label: data for data, label in buttons.items()}
        late = 45.0 if chance.happens(0.12) else 4.0
        if say("button_place_unknown") in labels:
            self._place(resident, labels, late)
        elif (apart := labels.get(say("button_split"))) is not None:
            self._split(resident, apart, labels[say("button_split_not")], late)
        elif (new := labels.get(say("button_new_matter"))) is not None:
            others = [data for data in buttons if data != new]
            right = resident.meant_new == chance.happens(0.9)
            if chance.happens(0.85):
                self._press(resident, new if right else chance.one_of(others), late)
        elif (same := labels.get(say("button_me_too"))) is not None:
            other = labels[say("button_another")]
            if chance.happens(0.85):
                shared = resident.address.key in self._residents.shared
                self._press(resident, same if shared or chance.happens(0.5) else other, late)
        elif chance.happens(0.8):
            self._press(resident, chance.one_of(list(buttons)), late)

    def _place(self, resident: Resident, labels: Mapping[str, str], late: float) -> None:
        home, chance = resident.home, resident.chance
        named = [d for label, d in labels.items() if home.village.spoken_name in label]
        named = named or [d for label, d in labels.items() if home.township.spoken_name in label]
        drawn = chance.between(0, 1)
        if drawn < 0.6:
            unknown = labels[self._world.office.wording.say("button_place_unknown")]
            self._press(resident, named[0] if named else unknown, late)
        elif drawn < 0.82:

            async def act() -> None:
                await self._mouth.say(resident, home.words)

            self._plan(resident, late, act)

    def _split(self, resident: Resident, apart: str, together: str, late: float) -> None:
        drawn = resident.chance.between(0, 1)
        if drawn < 0.6:
            self._press(resident, apart, late)
        elif drawn < 0.75:
            self._press(resident, together, late)
        elif drawn < 0.85:

            async def act() -> None:
                await self._mouth.say(resident, "分开办")

            self._plan(resident, late, act)

    def _card(self, resident: Resident, arrival: Arrival, buttons: Mapping[str, str]) -> None:
        """News with buttons, and the card of what was declined; other cards are only read."""
        verbs = {data.rpartition(":")[2]: data for data in buttons}
        chance, number = resident.chance, arrival.message.ticket or ""
        if "appeal" in verbs:
            if number not in resident.appealed and chance.happens(0.35):
                resident.appealed.add(number)
                self._press(resident, verbs["appeal"], 90)
            return
        if arrival.message.slot is not None:
            return
        if "withdraw_yes" in verbs:
            self._press(
                resident, verbs["withdraw_yes" if chance.happens(0.8) else "withdraw_no"], 2
            )
        elif "solved" in verbs:
            self._verdict(resident, verbs, number)
        elif "rate5" in verbs and chance.happens(0.75):
            self._press(resident, verbs[f"rate{chance.weighted(_RATINGS)}"], 6)
        elif any(verb.startswith("why_") for verb in verbs) and chance.happens(0.6):
            self._press(resident, chance.one_of(list(verbs.values())), 5)

    def _verdict(self, resident: Resident, verbs: Mapping[str, str], number: str) -> None:
        """Solved or not: by button, in words, or silence."""
        chance = resident.chance
        drawn = chance.between(0, 1)
        if drawn < 0.4:
            self._press(resident, verbs["solved"], 150)
        elif drawn < 0.46:
            self._press(resident, verbs["unsolved"], 200)
        elif drawn < 0.5:
            self._in_words(resident, number, chance.one_of(("not_solved", "rating")), 240)
        elif drawn < 0.55:
            self._in_words(resident, number, "thanks", 60)

    def _in_words(self, resident: Resident, number: str, kind: str, median: float) -> None:
        """A training sentence as a reply to the ticket's newest message."""

        async def act() -> None:
            said = self._phrases.plain(resident.chance, kind)
            reply_to = self._newest(resident, number) if resident.chance.happens(0.6) else None
            await self._mouth.write(resident, said, reply_to=reply_to)

        self._plan(resident, median, act)

    def _newest(self, resident: Resident, number: str) -> str | None:
        asked = self._world.phones[resident.address.key].asked
        return asked.get((number, "card")) or asked.get((number, "say"))

    def _asked_by_cadre(self, resident: Resident, ticket: Ticket, step: Step) -> None:
        """请群众补充: most answer the question itself, some never."""
        asked = [
            arrival.id
            for arrival in step.arrived
            if arrival.key == ticket.reporter
            and arrival.message.ticket == ticket.number
            and arrival.message.slot is None
        ]
        if not asked or not resident.chance.happens(0.7):
            return

        async def act() -> None:
            text = resident.chance.one_of(_ANSWERS)
            said = self._phrases.own_words(text, "supplement")
            photo = resident.chance.happens(0.2)
            await self._mouth.write(resident, said, reply_to=asked[-1], photo=photo)

        self._plan(resident, 100, act)

    # while they wait

    def _worry(self, resident: Resident, ticket: Ticket) -> None:
        """A nudge, a look at how far it is, something more to say, second thoughts."""
        chance, number = resident.chance, ticket.number
        if chance.happens(0.1):
            self._in_words_if_open(resident, number, "supplement", 50)
        if chance.happens(0.16):
            self._while_unanswered(resident, number, 1.2 * 1440, self._nudge)
        if chance.happens(0.12):
            self._while_unanswered(resident, number, 1440, self._ask_progress)
        if chance.happens(0.025):
            self._while_unanswered(resident, number, 400, self._take_back)

    def _waits(self, number: str) -> bool:
        ticket = self._world.tickets[number]
        return ticket.is_open and ticket.state not in ANSWERED

    def _in_words_if_open(self, resident: Resident, number: str, kind: str, median: float) -> None:
        async def act() -> None:
            if self._waits(number):
                said = self._phrases.plain(resident.chance, kind)
                photo = resident.chance.happens(0.25)
                reply_to = self._newest(resident, number) if resident.chance.happens(0.5) else None
                await self._mouth.write(resident, said, reply_to=reply_to, photo=photo)

        self._plan(resident, median, act)

    def _while_unanswered(
        self,
        resident: Resident,
        number: str,
        median: float,
        then: Callable[[Resident, str], Awaitable[None]],
    ) -> None:
        async def act() -> None:
            if self._waits(number):
                await then(resident, number)

        self._plan(resident, median, act)

    async def _nudge(self, resident: Resident, number: str) -> None:
        ticket = self._world.tickets[number]
        data = f"t:{number}:nudge"
        buttons = self._world.phones[resident.address.key].buttons
        if data in buttons and resident.chance.happens(0.6):
            await self._mouth.press(resident, data)
        elif ticket.state is not State.NEED_INFO:
            said = self._phrases.plain(resident.chance, "nudge")
            await self._mouth.write(resident, said, reply_to=self._newest(resident, number))
        if resident.chance.happens(0.5):
            self._while_unanswered(resident, number, 240, self._nudge)

    async def _ask_progress(self, resident: Resident, number: str) -> None:
        if resident.chance.happens(0.5):
            await self._mouth.ask_progress(resident)
        else:
            said = self._phrases.plain(resident.chance, "status_query")
            await self._mouth.write(resident, said)

    async def _take_back(self, resident: Resident, number: str) -> None:
        data = f"t:{number}:withdraw"
        if data in self._world.phones[resident.address.key].buttons:
            await self._mouth.press(resident, data)
        else:
            said = self._phrases.plain(resident.chance, "withdraw")
            await self._mouth.write(resident, said, reply_to=self._newest(resident, number))
