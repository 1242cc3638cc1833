"""The intents that somebody may choose now, for the console's search."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from console.kind_names import KIND_NAMES
from console.learning.intent_choices import IntentChoice, choice
from routing.county import County
from services.learning.intents import IntentBook, IntentState
from services.office import Office


class PresentChoices:
    """Matters of the catalogue, drafts of the console, kinds of messages.

    How a name sounds takes a while to find out, so matters are kept as long as the county is.
    """

    def __init__(self, office: Callable[[], Office], book: IntentBook) -> None:
        """Nothing is read yet."""
        self._office = office
        self._book = book
        self._kinds = [choice(code, name, matter=False) for code, name in KIND_NAMES.items()]
        self._matters: tuple[County, list[IntentChoice]] | None = None

    async def __call__(self) -> Sequence[IntentChoice]:
        """All of them, in no order."""
        known = await self._book.known()
        drafts = [
            choice(each.code, each.name, each.row.get("covers", ""), live=False)
            for each in known
            if each.state is IntentState.DRAFT
        ]
        return [*self._of(self._office().county), *drafts, *self._kinds]

    def _of(self, county: County) -> list[IntentChoice]:
        if self._matters is None or self._matters[0] is not county:
            rows = county.catalogue.rows
            self._matters = county, [choice(row.matter, row.name, row.covers) for row in rows]
        return self._matters[1]
