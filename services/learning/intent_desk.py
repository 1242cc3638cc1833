"""Adds, renames, merges, splits and removes intents: in the catalogue first, then in the files.

Each act looks, decides, and writes everything at once: the county's sheets, what is known of the
intent, the edits of the sentence files, a line of the log. The files follow at once, or after a
crash at the next look: a row of the catalogue without an intent harms nobody meanwhile.
"""

from __future__ import annotations

from services.learning.intent_changes import IntentChanges
from services.learning.intent_listing import ListedIntent, listing
from services.learning.intents import IntentState, became


class Intents(IntentChanges):
    """What the console calls. Every refusal is an `IntentRefused` with a Chinese sentence, or an
    `IntentChanged` where somebody was quicker, or a `FilesBroken` that names the line to mend;
    nothing is changed then."""

    async def listed(self) -> list[ListedIntent]:
        """Every intent with its examples, its state, and what a draft still lacks."""
        view = await self._view()
        unsorted = {
            each.code: (await self._sorting(view, each.code)).unsorted
            for each in view.known
            if each.state is IntentState.SPLITTING
        }
        return listing(
            view,
            await self._files.counts(),
            await self._book.staged(),
            await self._files.worded(),
            unsorted,
        )

    async def open_tickets(self, code: str) -> int:
        """How many open tickets are of an intent, under any of its codes."""
        return await self._book.open_tickets((await self._view()).codes(code))

    async def became(self) -> dict[str, str]:
        """Every code of old with the code of now: a model that was trained before says the old."""
        return became(await self._book.known())
