"""The console's pages of the retraining loop, put together on one running service."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from console.desk.console import Console
from console.learning.intent_choices import Choices
from console.learning.intents import IntentPages
from console.learning.models import Models
from console.learning.router import (
    add_health,
    add_inbox,
    add_intents,
    add_models,
    add_review,
    add_training,
)
from console.learning.shadow import Shadow
from liandong.bootstrap import Core
from liandong.present_choices import PresentChoices
from liandong.training.active import active_archive, name_of
from liandong.training.folder import log_tail
from liandong.training.names import intent_names
from liandong.training.report_pdf import report_pdf
from liandong.training.sentences import data_change, kept_sentences, taught
from nlu.dataset import read_dataset
from services.learning.gate_report import DataChange, GateReport
from storage.intent_book import SqlIntentBook
from storage.job_book import SqlJobBook
from storage.override_book import SqlOverrideBook
from storage.shown_messages import SqlShownMessages


def add_learning_pages(console: Console, core: Core) -> None:
    """What an admin, an annotator and a reviewer do, in the order of the navigation."""
    choices, desks = PresentChoices(core.office, SqlIntentBook(core.database)), core.labelling
    add_inbox(console, desks.inbox, choices)
    add_review(console, desks.review, choices)
    add_health(console, core.labelling.health, lambda: intent_names(core.office()))
    editing = core.editing
    add_intents(console, IntentPages(console, editing.intents, editing.files, editing.journal))
    _training(console, core)
    _models(console, core, choices)


def _training(console: Console, core: Core) -> None:
    settings = core.settings

    async def tail(job: int, lines: int) -> Sequence[str]:
        return await asyncio.to_thread(log_tail, settings.models_dir, job, lines)

    async def changes() -> DataChange:
        return await present_change(core)

    add_training(console, SqlJobBook(core.database), tail, changes)


def _models(console: Console, core: Core, choices: Choices) -> None:
    desk = core.models
    overrides = SqlOverrideBook(core.database)
    messages = SqlShownMessages(core.database, core.office().county.org.discipline_channel.code)

    async def pdf(report: GateReport) -> bytes:
        return await asyncio.to_thread(report_pdf, report, core.settings.poster_font)

    add_models(
        console,
        Models(
            console,
            desk.models,
            desk.serving,
            desk.followers,
            overrides,
            desk.switching,
            pdf,
        ),
        Shadow(console, desk.models, desk.shadow, messages.texts, choices),
    )


async def present_change(core: Core) -> DataChange:
    """What the sentence files hold now that the model in use has not learnt."""
    settings, names = core.settings, intent_names(core.office())
    serving = await core.models.serving.serving()

    def compared() -> DataChange:
        archive = active_archive(settings, serving)
        before = kept_sentences(settings, name_of(archive)) if archive else None
        return data_change(
            before, taught(read_dataset(settings.project_dir / "nlu" / "data")), names
        )

    return await asyncio.to_thread(compared)
