"""What cadres do with a ticket that they look at, by what it needs and by what they are like."""

from __future__ import annotations

from dataclasses import dataclass, field

from liandong.month import cadre_words as words
from liandong.month.hand import Hand
from liandong.month.stand_in import StandIn
from liandong.month.temperaments import Official
from liandong.month.world import World
from routing.catalogue import CatalogueRow
from routing.units import Unit
from services.messages import Address
from tickets.states import State
from tickets.ticket import Ticket

PHOTO = "photo"


@dataclass(slots=True)
class Work:
    """Every act gets the cadre and the ticket as it is now."""

    world: World
    hand: Hand
    stand_in: StandIn
    shared: dict[str, tuple[str, str]]
    """Chat → the event that its neighbours wrote about, too."""
    groups: dict[str, Address] = field(default_factory=dict)
    """The group chats of units that have one."""
    _mains: dict[tuple[str, str], str] = field(default_factory=dict)

    # 受理, 签收, 退单

    async def take_up(self, official: Official, ticket: Ticket) -> None:
        """The first look at what nobody has signed for."""
        if await self._merged(official, ticket):
            return
        if ticket.state is State.PENDING_INTAKE:
            await self._triage(official, ticket)
            return
        chance = official.chance
        right = self._right_unit(ticket)
        if right is not None and right.code != ticket.owner and chance.happens(0.6):
            await self.hand.act(official, ticket.number, "return", f"这件归{right.name}管")
        elif chance.happens(official.temperament.passes_on):
            await self._pass_on(official, ticket)
        else:
            await self._sign(official, ticket)

    async def _sign(self, official: Official, ticket: Ticket) -> None:
        chance, number = official.chance, ticket.number
        colleagues = [
            c.id for c in self.world.office.county.org.staff(ticket.owner) if c.id != official.id
        ]
        drawn = chance.between(0, 1)
        if drawn < 0.03 and colleagues:
            other = Official(
                colleagues[0], official.temperament, chance, _page(official, colleagues[0])
            )
            await self.hand.together(official, other, number, "sign")
        elif drawn < 0.72:
            group = self.groups.get(ticket.owner)
            if group is None or not await self.hand.sign_in_group(official, group, number):
                await self.hand.act(official, number, "sign")
        elif drawn < 0.88:
            await self.hand.act(official, number, "reply", chance.one_of(words.REPLIES))
        elif drawn < 0.96:
            await self.hand.act(official, number, "called", chance.one_of(words.CALLED))
        else:
            await self._resolve(official, ticket)

    async def _pass_on(self, official: Official, ticket: Ticket) -> None:
        others = [
            unit
            for unit in self.world.office.county.org.units.values()
            if unit.level in ("linkage_group", "county_unit")
            and unit.code != ticket.owner
            and unit.township_code in ("", ticket.township)
        ]
        unit = official.chance.one_of(others)
        await self.hand.act(official, ticket.number, "return", f"不归我们，应该是{unit.name}的事")

    async def _triage(self, official: Official, ticket: Ticket) -> None:
        chance, number = official.chance, ticket.number
        meaning = self.stand_in.meaning(ticket.text)
        matter = meaning.matter if meaning else None
        drawn = chance.between(0, 1)
        if matter is None or meaning is None or meaning.kind != "appeal":
            if drawn < 0.35 and not ticket.urgent:
                await self.hand.act(official, number, "decline", chance.one_of(words.DECLINES))
            elif drawn < 0.7:
                await self.hand.act(official, number, "sign")
            else:
                await self.hand.act(official, number, "reply", chance.one_of(words.REPLIES))
        elif drawn < 0.75:
            await self.hand.act(official, number, "accept", matter)
        elif drawn < 0.88 and (right := self._right_unit(ticket)) is not None:
            await self.hand.act(official, number, "dispatch", f"{right.code} 请接着办")
        elif drawn < 0.95:
            await self.hand.act(official, number, "sign")
        elif not ticket.urgent:
            await self.hand.act(official, number, "decline", chance.one_of(words.DECLINES))

    async def rule(self, official: Official, ticket: Ticket) -> None:
        """裁定."""
        chance, number = official.chance, ticket.number
        right = self._right_unit(ticket)
        drawn = chance.between(0, 1)
        if drawn < 0.15 and right is not None:
            await self.hand.act(official, number, "rule", f"{right.code} 按目录办理")
        elif right is not None and ticket.request and ticket.request.unit == right.code:
            await self.hand.act(official, number, "rule_agree", chance.one_of(words.RULINGS))
        elif drawn < 0.8:
            await self.hand.act(official, number, "rule_refuse", chance.one_of(words.REFUSALS))
        else:
            await self.hand.act(official, number, "rule_agree", chance.one_of(words.RULINGS))

    async def _merged(self, official: Official, ticket: Ticket) -> bool:
        """What neighbours wrote about as well becomes one ticket (并单)."""
        event = self.shared.get(ticket.reporter)
        if event is None or ticket.confidential or ticket.main:
            return False
        main = self._mains.setdefault(event, ticket.number)
        known = self.world.tickets[main]
        if main == ticket.number or not known.is_open or known.confidential:
            self._mains[event] = ticket.number
            return False
        if not official.chance.happens(0.7):
            return False
        text = f"{main} {official.chance.one_of(words.MERGED)}"
        await self.hand.act(official, ticket.number, "merge", text)
        return True

    # 处置

    async def contact(self, official: Official, ticket: Ticket) -> None:
        """The first word to the resident, or somebody who helps, or a question."""
        chance, number = official.chance, ticket.number
        drawn = chance.between(0, 1)
        if drawn < 0.5:
            await self.hand.act(official, number, "reply", chance.one_of(words.REPLIES))
        elif drawn < 0.75:
            await self.hand.act(official, number, "called", chance.one_of(words.CALLED))
        elif drawn < 0.85:
            await self.hand.act(official, number, "ask", chance.one_of(words.ASKS))
        elif drawn < 0.91:
            await self._ask_help(official, ticket)
        else:
            await self._resolve(official, ticket)

    async def finish(self, official: Official, ticket: Ticket) -> None:
        """The result, or what keeps it from coming."""
        chance, number = official.chance, ticket.number
        drawn = chance.between(0, 1)
        if ticket.co_units:
            await self.hand.act(official, number, "note", chance.one_of(words.NOTES))
        elif drawn < 0.05 and not ticket.extensions:
            await self.hand.act(official, number, "extend", chance.one_of(words.EXTENSIONS))
        elif drawn < 0.07:
            await self.hand.act(official, number, "shelve", chance.one_of(words.SHELVINGS))
            await self._shelve_above(official, ticket)
        elif drawn < 0.10 and not ticket.subtasks:
            await self._ask_help(official, ticket)
        elif drawn < 0.14:
            await self.hand.act(official, number, "note", chance.one_of(words.NOTES))
            await self.hand.act(official, number, "reply", chance.one_of(words.REPLIES))
            await self._resolve(official, ticket)
        else:
            await self._resolve(official, ticket)

    async def _resolve(self, official: Official, ticket: Ticket) -> None:
        row = self._row(ticket)
        needed = row is not None and PHOTO in row.evidence
        photo = official.chance.happens(0.75 if needed else 0.04)
        text = official.chance.one_of(words.DONE)
        await self.hand.act(official, ticket.number, "resolve", text, photo=photo)

    async def _ask_help(self, official: Official, ticket: Ticket) -> None:
        row, chance = self._row(ticket), official.chance
        asked = chance.one_of(words.TOGETHER)
        if row is not None and row.co_units and chance.happens(0.7):
            await self.hand.act(official, ticket.number, "joint", asked)
            return
        units = [u for u in self.world.office.county.org.units.values() if u.level == "county_unit"]
        unit = chance.one_of(units)
        await self.hand.act(official, ticket.number, "join", f"{unit.code} {asked}")

    async def _shelve_above(self, official: Official, ticket: Ticket) -> None:
        """挂账 is signed by the level above: the township centre of the owner."""
        center = self.world.office.county.org.township_center(ticket.township or "")
        above = self.world.office.in_charge(center.code) if center else None
        if above is None or center is None or center.code == ticket.owner:
            return
        leader = Official(above, official.temperament, official.chance, _page(official, above))
        text = official.chance.one_of(words.SHELVINGS)
        await self.hand.act(leader, ticket.number, "shelve", text)

    async def do_part(self, official: Official, ticket: Ticket) -> None:
        """协办答复."""
        text = official.chance.one_of(words.PARTS)
        await self.hand.act(official, ticket.number, "part", text)

    async def drop(self, official: Official, ticket: Ticket) -> None:
        """撤销协办."""
        if ticket.co_units:
            text = f"{ticket.co_units[0]} {official.chance.one_of(words.DROPS)}"
            await self.hand.act(official, ticket.number, "drop", text)

    async def decide_extension(self, official: Official, ticket: Ticket) -> None:
        """延期批复."""
        if official.chance.happens(0.75):
            await self.hand.act(official, ticket.number, "grant")
        else:
            text = official.chance.one_of(words.DENIALS)
            await self.hand.act(official, ticket.number, "deny", text)

    async def unshelve(self, official: Official, ticket: Ticket) -> None:
        """销账."""
        text = official.chance.one_of(words.UNSHELVINGS)
        await self.hand.act(official, ticket.number, "unshelve", text)

    async def go_on(self, official: Official, ticket: Ticket) -> None:
        """Work goes on without the resident's answer."""
        await self.hand.act(official, ticket.number, "go_on", "先按现有情况办")

    async def step_in(self, official: Official, ticket: Ticket) -> None:
        """The level above: 督办, or 改派 where nothing helps."""
        chance = official.chance
        right = self._right_unit(ticket)
        if chance.happens(0.7) or right is None or right.code == ticket.owner:
            text = chance.one_of(words.SUPERVISED)
            await self.hand.act(official, ticket.number, "supervise", text)
        else:
            text = f"{right.code} {chance.one_of(words.REASSIGNED)}"
            await self.hand.act(official, ticket.number, "dispatch", text)

    # 审核, 回访, 剔除, 撤销并单

    async def supply_evidence(self, official: Official, ticket: Ticket) -> None:
        """What the closing lacks: a photo, a word with the resident."""
        missing = ticket.request.missing if ticket.request else ()
        if PHOTO in missing:
            text = official.chance.one_of(words.NOTES)
            await self.hand.act(official, ticket.number, "note", text, photo=True)
        if PHOTO not in missing or len(missing) > 1:
            text = official.chance.one_of(words.CALLED)
            await self.hand.act(official, ticket.number, "called", text)

    async def review(self, official: Official, ticket: Ticket) -> None:
        """审核."""
        if official.chance.happens(0.7):
            await self.hand.act(official, ticket.number, "approve")
        else:
            text = official.chance.one_of(words.SENT_BACK)
            await self.hand.act(official, ticket.number, "send_back", text)

    async def call_back(self, official: Official, ticket: Ticket) -> None:
        """电话回访."""
        if official.chance.happens(0.85):
            await self.hand.act(official, ticket.number, "solved")
        else:
            text = official.chance.one_of(words.UNSOLVED)
            await self.hand.act(official, ticket.number, "unsolved", text)

    async def exclude(self, official: Official, ticket: Ticket) -> None:
        """申请剔除."""
        text = official.chance.one_of(words.EXCLUDED)
        await self.hand.act(official, ticket.number, "exclude", text)

    async def confirm_exclusion(self, official: Official, ticket: Ticket) -> None:
        """剔除."""
        await self.hand.act(official, ticket.number, "exclude_yes")

    async def unmerge(self, official: Official, ticket: Ticket) -> None:
        """撤销并单."""
        text = official.chance.one_of(words.UNMERGED)
        await self.hand.act(official, ticket.number, "unmerge", text)

    # whose it really is

    def _row(self, ticket: Ticket) -> CatalogueRow | None:
        return self.world.office.county.catalogue.get(ticket.matter)

    def _right_unit(self, ticket: Ticket) -> Unit | None:
        """The unit whose the matter is in truth, as the catalogue says."""
        county = self.world.office.county
        meaning = self.stand_in.meaning(ticket.text)
        row = county.catalogue.get(meaning.matter) if meaning else None
        if row is None or row.group == "discipline":
            return None
        if row.min_level == "county" or ticket.township is None:
            return county.org.county_unit(row.lead_unit)
        if ticket.urgent:
            return county.org.linkage_group(ticket.township, "emergency")
        return county.org.linkage_group(ticket.township, row.group)


def _page(official: Official, cadre: str) -> Address:
    return Address(official.page.channel, official.page.bot, cadre)
