"""Applies what the journal holds to the sentence files, in order, as often as it takes."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from services.learning.edits import EditRefused, FilesBroken, SentenceFiles, SentenceJournal
from services.ports import Clock

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Applied:
    """What a look at the journal did."""

    applied: int = 0
    refused: int = 0
    waiting: int = 0
    """Edits that wait for a human to mend a file."""
    problem: str = ""
    """Which file and line."""


async def apply_edits(journal: SentenceJournal, files: SentenceFiles, clock: Clock) -> Applied:
    """Do what is pending. One process does it, the others find it done.

    An edit is marked after the files say it: a crash in between does it again, which changes
    nothing. What cannot be done now holds up what comes after it, so that the order stays.
    """
    if not await journal.pending():
        return Applied()
    try:
        async with files.hold():
            return await _apply(journal, files, clock)
    except FilesBroken as exc:
        return Applied(waiting=len(await journal.pending()), problem=str(exc))


async def _apply(journal: SentenceJournal, files: SentenceFiles, clock: Clock) -> Applied:
    applied = refused = 0
    edits = await journal.pending()
    for at, each in enumerate(edits):
        try:
            await files.apply(each.edit)
        except EditRefused as exc:
            await journal.refused(each.id, str(exc), clock())
            log.warning("sentences.edit_refused", edit=each.id, kind=type(each.edit).__name__)
            refused += 1
        except FilesBroken as exc:
            if each.problem != str(exc):  # said once: it is looked at again every few seconds
                await journal.waiting(each.id, str(exc))
                log.warning("sentences.edit_waits", edit=each.id, kind=type(each.edit).__name__)
            return Applied(applied, refused, len(edits) - at, str(exc))
        else:
            await journal.applied(each.id, clock())
            applied += 1
    return Applied(applied, refused)
