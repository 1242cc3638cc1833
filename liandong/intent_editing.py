"""What changes intents and the sentence files, put together on one database and project."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from liandong.settings import Settings
from nlu.sentence_files.store import ProjectSentences
from services.learning.applying import apply_edits
from services.learning.bare import bare_digest
from services.learning.edits import SentenceFiles, SentenceJournal
from services.learning.intent_desk import Intents
from services.ports import Clock
from storage.database import Database
from storage.intent_book import SqlIntentBook
from storage.sentence_journal import SqlSentenceJournal


@dataclass(frozen=True, slots=True)
class IntentEditing:
    """The use cases and what they stand on."""

    intents: Intents
    files: SentenceFiles
    journal: SentenceJournal
    run_once: Callable[[], Awaitable[int]]
    """Brings recorded edits into the files; how many. The service runs it."""


def intent_editing(settings: Settings, database: Database, clock: Clock) -> IntentEditing:
    """On the project's folder of the settings."""
    files, journal = ProjectSentences(settings.project_dir), SqlSentenceJournal(database)

    async def run_once() -> int:
        return (await apply_edits(journal, files, clock)).applied

    intents = Intents(SqlIntentBook(database), files, journal, clock, bare_digest)
    return IntentEditing(intents, files, journal, run_once)
