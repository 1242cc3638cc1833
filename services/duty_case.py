"""One message of a cadre about duty: what is known of it, and how it is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from routing.duty import CHINA_TIME, STILL_MATTERS, LiveDuty, colleagues
from routing.units import Cadre
from services.duty_days import Days, NoSuchDay, read_days
from services.duty_tell import tell_person
from services.errors import Refused
from services.messages import Button, Inbound, Outbound
from services.office import Office
from services.ports import UnitOfWork

Buttons = tuple[tuple[Button, ...], ...]
_MOST_BYTES = 64
_WEB = "web"


@dataclass(frozen=True, slots=True)
class DutyCase:
    """Everything that a step needs."""

    work: UnitOfWork
    office: Office
    inbound: Inbound
    cadre: Cadre
    now: datetime

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.astimezone(CHINA_TIME).date()

    @property
    def colleagues(self) -> tuple[Cadre, ...]:
        """Who may stand in for this cadre."""
        return colleagues(self.office.county, self.cadre)

    async def live(self) -> LiveDuty:
        """What has changed against the roster; nobody else changes it until the commit."""
        return await self.work.live_duty(self.now - STILL_MATTERS)

    def days(self, text: str) -> Days | None:
        """The days that a text names, from today on. Raises `Refused`."""
        try:
            found = read_days(text, self.today)
        except NoSuchDay as exc:
            raise Refused("duty_no_such_day", words=exc.words) from exc
        if found is not None:
            self.refuse_days(found)
        return found

    def refuse_days(self, days: Days) -> None:
        """Raise `Refused` for days that are past, too far away or the wrong way round."""
        if days.last < days.first:
            raise Refused("duty_days_turned")
        if days.first < self.today:
            raise Refused("duty_past", day=f"{days.first.month}月{days.first.day}日")
        if (days.last - self.today).days > 366:
            raise Refused("duty_too_far")

    def colleague(self, cadre_id: str) -> Cadre:
        """A colleague by the number that a button carries. Raises `Refused`."""
        found = next((each for each in self.colleagues if each.id == cadre_id), None)
        if found is None:
            raise Refused("duty_button_old")
        return found

    async def say(
        self,
        key: str,
        slots: Mapping[str, str] | None = None,
        buttons: Buttons = (),
        *,
        purpose: str = "say",
        card: str | None = None,
    ) -> None:
        """Answer whoever wrote, with a sentence of domain.yml."""
        words = self.office.wording.say(key, slots)
        await self.answer(words, buttons, purpose=purpose, card=card)

    async def answer(
        self, words: str, buttons: Buttons = (), *, purpose: str = "say", card: str | None = None
    ) -> None:
        """Answer whoever wrote; in a group without buttons, which anybody could press.

        `card` names a card that this replaces in place; the work page shows its own.
        """
        slot = None if self.inbound.address.channel == _WEB else card
        quoted = None if slot else self.inbound.message_id
        shown = () if self.inbound.in_group else buttons
        message = Outbound(words, shown, slot, quoted, purpose=purpose)
        await self.work.send(self.inbound.address, message, self.now)

    async def tell_cadre(
        self,
        person: str,
        key: str,
        slots: Mapping[str, str] | None = None,
        buttons: Buttons = (),
        *,
        card: str | None = None,
    ) -> bool:
        """A sentence to another cadre; False when only their work page has it."""
        message = Outbound(self.office.wording.say(key, slots), buttons, card)
        return await tell_person(self.work, person, message, self.now)

    async def close_card(self, card: str, key: str, slots: Mapping[str, str]) -> None:
        """Take the buttons from a card in every other chat that holds it."""
        words = self.office.wording.say(key, slots)
        for address in await self.work.card_holders(card):
            if address != self.inbound.address:
                await self.work.send(address, Outbound(words, slot=card), self.now)


def duty_button(label: str, data: str) -> Button | None:
    """A button, None when its data are longer than a channel takes."""
    return Button(label, data) if len(data.encode()) <= _MOST_BYTES else None


def in_rows(buttons: list[Button | None], width: int) -> Buttons:
    """The buttons that there are, so many to a row."""
    there = [button for button in buttons if button is not None]
    return tuple(tuple(there[at : at + width]) for at in range(0, len(there), width))


def listed(people: tuple[Cadre, ...], most: int = 8) -> str:
    """Names for a sentence."""
    more = "等" if len(people) > most else ""
    return "、".join(each.name for each in people[:most]) + more
