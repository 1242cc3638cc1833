"""Where a message is from, as far as that can be said before it is read.

Only a model on trial in some townships wants to know; while there is none, nothing is looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol

from routing.grids import is_grid_code, village_code_of_grid
from services.dialogue import cleaned
from services.messages import Address, Inbound
from services.office import Office


class RememberedPlaces(Protocol):
    """What is remembered of a chat, without a unit of work."""

    async def place_of(self, address: Address) -> str | None:
        """The code of the place that it confirmed last, else of the poster that it came by."""
        ...


class Whereabouts:
    """Says of which township a message speaks."""

    def __init__(
        self,
        wanted: Callable[[], Collection[str]],
        office: Callable[[], Office],
        remembered: RememberedPlaces,
    ) -> None:
        """`wanted` are the townships on trial now."""
        self._wanted = wanted
        self._office = office
        self._remembered = remembered

    async def township(self, inbound: Inbound) -> str | None:
        """What the words say, else what is remembered of the chat; None: not known, or no trial."""
        if not self._wanted():
            return None
        office = self._office()
        said = office.finder.find(cleaned(inbound.text)).township_code
        if said is not None:
            return said
        place = await self._remembered.place_of(inbound.address)
        return township_of(office, place) if place else None


def township_of(office: Office, code: str) -> str | None:
    """The township in which a grid, a village or a township lies."""
    division = office.county.tree.township_of(
        village_code_of_grid(code) if is_grid_code(code) else code
    )
    return division.code if division else None
