"""The pages of the console, in the order of its navigation."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter

from console.desk.account_pages import AccountPages
from console.desk.log_page import LogPage
from console.desk.router import open_console
from console.desk.ticket_pages import Cases, TicketPages
from console.desk.triage_choices import Opinion
from console.desk.triage_pages import TriagePages
from console.press import Press
from liandong.bootstrap import Core
from liandong.learning_pages import add_learning_pages
from liandong.settings import ROOT
from nlu.keywords import KeywordClassifier
from services.understanding import Guess
from storage.case_files import SqlCaseFiles


def desk_router(core: Core, secret: str, demo_accounts: Sequence[tuple[str, str]]) -> APIRouter:
    """Everything below `/console`; a page is added here, and nowhere else."""
    console = open_console(
        core.accounts,
        core.accounts.log,
        office=core.office,
        clock=core.clock,
        secret=secret,
        demo_accounts=demo_accounts,
    )
    cases = Cases(console, core.desk, SqlCaseFiles(core.database))
    press = Press(core.receive, core.coordination.wakeups, core.media, core.office, core.clock)
    TriagePages(console, cases, press, core.mailbox, _keywords(core)).add_to_console()
    TicketPages(console, cases, core.media).add_to_console()
    add_learning_pages(console, core)
    AccountPages(console).add_to_console()
    LogPage(console).add_to_console()
    return console.router


def _keywords(core: Core) -> Opinion:
    """What the keywords make of a text, beside what the model made of it."""
    matters = core.office().county.catalogue.by_matter
    classifier = KeywordClassifier.load(ROOT / "nlu" / "keywords", matters)

    def opinion(text: str) -> tuple[Guess, ...]:
        return classifier.classify(text).ranking

    return opinion
