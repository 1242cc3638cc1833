"""Where an open ticket belongs after a change of divisions: pure, one ticket at a time.

A place that was split and is not known more closely stays what it was: the ticket then still names
the ended division, and nobody's guess. Its owner is found all the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from routing.divisions import Division
from routing.unit_succession import present_unit
from routing.units import Unit, linkage_group_code, township_center_code, village_center_code
from services.office import Office
from tickets.states import UNSIGNED
from tickets.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Relocation:
    """A ticket's place and owner after the change, and the sentence that says so."""

    township: str | None
    village: str | None
    grid: str | None
    owner: str
    person: str | None
    reason: str
    units: Mapping[str, str]
    """Other ended units that the ticket names, and what took their place."""


class Relocator:
    """Looks at tickets of one county after its change."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._tree = office.county.tree
        self._forerunners = Counter(
            code for division in self._tree.ended for code in division.successors
        )

        grids = office.county.grids
        self._went_along = {
            (follower.leader, village_center_code(grid.village_code))
            for grid in grids.by_code.values()
            for follower in grids.present(grid.code)
            if follower.village_code != grid.village_code
        }
        """(leader, village centre) where the leader's grid lies in another village now."""

    def relocation(self, ticket: Ticket) -> Relocation | None:
        """Where the ticket goes; None when it stays just where it is."""
        township, village, grid = self._place(ticket)
        owner = self._owner(ticket, township, village)
        person = self._person(ticket, owner)
        units = self._units(ticket, township)
        now = (township, village, grid, owner, person)
        before = (ticket.township, ticket.village, ticket.grid, ticket.owner, ticket.person)
        if now == before and not units:
            return None
        say, unit = self._office.wording.say, self._office.unit_name(owner)
        if now == before:
            renamed = {"new": self._office.unit_name(next(iter(units.values()))), "unit": unit}
            return Relocation(*now, say("reason_recoded", renamed), units)
        if now[:4] == before[:4]:
            return Relocation(*now, say("reason_person_left", {"unit": unit}), units)
        return Relocation(*now, self._reason(ticket, township, village, owner), units)

    def _units(self, ticket: Ticket, township: str | None) -> dict[str, str]:
        """Who decides, who was told, who helps: they follow their divisions, too."""
        asked = ticket.request
        named = (
            *(ticket.reviewer, ticket.told_up),
            *((asked.unit, asked.from_unit) if asked else ()),
            *(code for task in ticket.subtasks for code in (task.unit, task.told_up)),
        )
        county = self._office.county
        ended = {code for code in named if code and county.org.unit(code) is None}
        found = {code: present_unit(county, code, township or "") for code in ended}
        return {code: (unit or county.org.county_center).code for code, unit in found.items()}

    def _place(self, ticket: Ticket) -> tuple[str | None, str | None, str | None]:
        grids = self._office.county.grids.present(ticket.grid) if ticket.grid else ()
        if len(grids) == 1:
            village: str | None = grids[0].village_code
            return self._township(ticket, village), village, grids[0].code
        village = self._only(ticket.village)
        return self._township(ticket, village), village, ticket.grid

    def _township(self, ticket: Ticket, village: str | None) -> str | None:
        inside = self._tree.get(village) if village else None
        if inside is not None and inside.is_present:
            return inside.parent_code
        return self._only(ticket.township)

    def _only(self, code: str | None) -> str | None:
        """The one division in place of `code`; `code` itself where there is not exactly one."""
        present = self._tree.present(code) if code else ()
        return present[0].code if len(present) == 1 else code

    def _owner(self, ticket: Ticket, township: str | None, village: str | None) -> str:
        org = self._office.county.org
        unit = org.unit(ticket.owner)
        if unit is None:
            near = village if ticket.owner.startswith("village:") else township
            found = present_unit(self._office.county, ticket.owner, near or "")
            return (found or org.county_center).code
        wanted = _beside(unit, ticket, township, village)
        if ticket.state not in UNSIGNED or ticket.waits_in_hand:
            # 首接负责: it stays with who signed, and goes along with them to the new unit.
            return wanted if self._belongs(ticket.person, wanted) else unit.code
        return wanted if org.unit(wanted) else unit.code

    def _person(self, ticket: Ticket, owner: str) -> str | None:
        if self._belongs(ticket.person, owner):
            return ticket.person
        if owner == ticket.owner and (ticket.person, owner) not in self._went_along:
            return ticket.person
        return self._office.in_charge(owner)

    def _belongs(self, person: str | None, unit: str) -> bool:
        """Whether somebody is one of a unit's people, or takes shifts there."""
        cadre = self._office.cadre(person)
        if cadre is None:
            return False
        posts = self._office.county.roster.of_unit(unit)
        return cadre.unit == unit or any(post.cadre == cadre.id for post in posts)

    def _reason(self, ticket: Ticket, township: str | None, village: str | None, owner: str) -> str:
        old, new = self._changed(ticket, township, village, owner)
        names = self._full(old), self._full(new)
        merged = new is not None and old is not None and self._took_in(new, old)
        key = "reason_merged" if merged else "reason_renamed"
        if names[0] == names[1]:
            key = "reason_recoded"
        slots = {"old": names[0], "new": names[1], "unit": self._office.unit_name(owner)}
        return self._office.wording.say(key, slots)

    def _changed(
        self, ticket: Ticket, township: str | None, village: str | None, owner: str
    ) -> tuple[Division | None, Division | None]:
        """The deepest division of the ticket that changed, before and after."""
        pairs = (
            (ticket.village, village),
            (ticket.township, township),
            (_division_of(ticket.owner), _division_of(owner)),
        )
        for old, new in pairs:
            if old and new and old != new:
                return self._tree.get(old), self._tree.get(new)
        code = village or township or ""
        return self._tree.get(code), self._tree.get(code)

    def _took_in(self, new: Division, old: Division) -> bool:
        """Whether `new` is more than `old` under another name."""
        began = new.valid_from
        was_there = began is None or (old.valid_to is not None and began < old.valid_to)
        return was_there or self._forerunners[new.code] > 1

    def _full(self, division: Division | None) -> str:
        """马必乡石槽村: a village's name alone is often that of another one too."""
        if division is None:
            return self._office.county.name
        township = self._tree.township_of(division.code)
        if township is None or township is division:
            return division.spoken_name
        return township.spoken_name + division.spoken_name


def _division_of(unit: str) -> str:
    """The division in the code of a unit."""
    return unit.partition(":")[2].partition(":")[0]


def _beside(unit: Unit, ticket: Ticket, township: str | None, village: str | None) -> str:
    """The same unit of the division that the ticket's place went to, while its own one stays."""
    if village and unit.code == village_center_code(ticket.village or ""):
        return village_center_code(village)
    if township and township != ticket.township and unit.township_code == ticket.township:
        if unit.level == "township_center":
            return township_center_code(township)
        if unit.level == "linkage_group":
            return linkage_group_code(township, unit.group)
    return unit.code
