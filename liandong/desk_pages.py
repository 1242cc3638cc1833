"""The pages of the console, in the order of its navigation."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter

from console.desk.account_pages import AccountPages
from console.desk.log_page import LogPage
from console.desk.router import open_console
from liandong.bootstrap import Core


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
    AccountPages(console).add_to_console()
    LogPage(console).add_to_console()
    return console.router
