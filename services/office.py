"""What every use case needs to know of the county it serves, in one value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from routing.areas import Located
from routing.county import County
from routing.datum import NoPosition, Wgs84
from routing.duty import NO_CHANGES, LiveDuty, Presence, person_in_charge, presence
from routing.places import PlaceFinder
from routing.unit_succession import present_unit
from routing.units import Cadre
from services.messages import Location
from services.ports import Clock, Wording
from tickets.deadlines import Limits
from tickets.states import STATE_NAMES
from tickets.ticket import Ticket
from tickets.working_time import OfficeHours


@dataclass(frozen=True, slots=True)
class Office:
    """The county, its words and its limits. Replaced as a whole when reference data change."""

    county: County
    finder: PlaceFinder
    wording: Wording
    clock: Clock
    new_id: Callable[[], str]
    """Makes short random ids that cannot be guessed, at most 16 characters."""
    limits: Limits = field(default_factory=Limits)
    """With the office hours of the county as a whole."""
    unit_hours: Mapping[str, OfficeHours] = field(default_factory=dict)
    """Of the units that have others, by their code."""
    live: LiveDuty = NO_CHANGES
    """Leaves and swaps as they are now."""

    def hours_of(self, unit: str) -> OfficeHours:
        """The office hours of a unit: the county's, unless it or its level has its own.

        For the unit of an ended division those of its successor; for an unknown one the county's.
        """
        present = present_unit(self.county, unit)
        code = present.code if present else unit
        return self.unit_hours.get(code, self.limits.hours)

    def near(self, location: Location) -> Located | None:
        """Where a point that somebody sent lies; None for one that is no position."""
        try:
            return self.county.areas.locate(Wgs84(location.longitude, location.latitude))
        except NoPosition:
            return None

    def area_words(self, located: Located) -> str:
        """What the map says of a point, for whoever has the ticket: and how sure that is."""
        if located.inside_county is False:
            return self.wording.say("area_outside")
        if located.code is None:
            return ""
        grid = self.county.grids.get(located.code)
        division = self.county.tree.get(located.code)
        name = grid.name if grid else division.spoken_name if division else ""
        if located.how == "polygon":
            return self.wording.say("area_inside", {"place": name})
        kilometres = f"{(located.distance_metres or 0) / 1000:.1f}"
        return self.wording.say("area_near", {"place": name, "kilometres": kilometres})

    def in_charge(self, unit: str) -> str | None:
        """The cadre id of whoever answers for a unit now."""
        cadre = person_in_charge(self.county, unit, self.clock(), self.live)
        return cadre.id if cadre else None

    def limits_at(self, unit: str) -> Limits:
        """The time limits in the office hours of a unit."""
        return self.limits.at_unit(self.hours_of(unit))

    def close_days(self, ticket: Ticket) -> int:
        """Working days in which a ticket has to be closed; a matter may have its own."""
        return self.limits.close_in(ticket.urgency, ticket.appeal_type, self.own_days(ticket))

    def own_days(self, ticket: Ticket) -> int | None:
        """The working days that the catalogue sets for this matter and type, if it does."""
        row = self.county.catalogue.get(ticket.matter)
        return row.limits.get(ticket.appeal_type) if row else None

    def presence(self, unit: str) -> Presence:
        """Who answers for a unit now, how, where to call, and until when."""
        return presence(self.county, self.live, unit, self.clock())

    def cadre(self, cadre_id: str | None) -> Cadre | None:
        """A cadre by id."""
        return self.county.org.cadre(cadre_id) if cadre_id else None

    def cadre_name(self, cadre_id: str | None) -> str:
        """A cadre's name for people."""
        cadre = self.cadre(cadre_id)
        return cadre.name if cadre else self.wording.say("word_nobody")

    def unit_name(self, code: str | None) -> str:
        """A unit's name for people; for the unit of an ended division that of its successor."""
        unit = present_unit(self.county, code) if code else None
        return unit.name if unit else self.county.org.county_center.name

    def state_name(self, ticket: Ticket) -> str:
        """A ticket's state for people."""
        return STATE_NAMES[ticket.state]

    def matter_name(self, ticket: Ticket) -> str:
        """What a ticket is about, for people."""
        row = self.county.catalogue.get(ticket.matter)
        name = row.name if row else ticket.matter_name
        return name or self.wording.say("word_matter_unknown")

    def place_name(self, ticket: Ticket) -> str:
        """Where a matter is, as deep as it is known: 府城镇高壁村第三网格."""
        tree = self.county.tree
        parts = [
            division.spoken_name
            for code in (ticket.township, ticket.village)
            if code and (division := tree.get(code))
        ]
        grid = self.county.grids.get(ticket.grid) if ticket.grid else None
        if ticket.villager_group is not None:
            parts.append(f"{ticket.villager_group}组")
        elif grid is not None:
            parts.append(f"第{grid.number}网格")
        if not parts and ticket.location_level == "county":
            parts.append(self.county.name)
        return "".join(parts) or self.wording.say("word_place_unknown")
