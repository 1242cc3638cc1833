"""The console on a real port before the real services, with one account for every role."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from console.desk.account_pages import AccountPages
from console.desk.console import Console
from console.desk.log_page import LogPage
from console.desk.router import open_console
from console.desk.ticket_pages import Cases, TicketPages
from console.desk.triage_pages import TriagePages
from console.learning.router import add_health, add_intents
from console.press import Press
from services.account_desk import AccountDesk
from services.console_policy import ConsoleRole
from services.understanding import Guess
from storage.media import MediaFolder
from storage.memory_accounts import MemoryAccountBook, MemoryConsoleLog
from storage.passwords import Argon2Passwords
from tests.console.desk_office import PASSWORD, QUICK
from tests.console.learning.healths import Healths
from tests.console.learning.matters import Matters
from tests.services.town import Town
from tickets.ticket import Ticket

CENTER = "county"


@dataclass
class OpenDesk:
    """A town whose console is open."""

    town: Town
    console: Console
    log: MemoryConsoleLog
    media: MediaFolder
    app: FastAPI
    url: str = ""

    async def people(self) -> None:
        """An account for every role, and a second dispatcher."""
        for role in ConsoleRole:
            await self.account(role, role)
        await self.account("dispatcher2", ConsoleRole.DISPATCHER)

    async def account(self, name: str, role: ConsoleRole) -> None:
        center = self.town.office.county.org.staff(CENTER)
        acts_as = center[-1].id if name == "dispatcher2" else center[0].id
        cadre = acts_as if role is ConsoleRole.DISPATCHER else None
        await self.console.accounts.add("cli", name, f"{name}示例", [role], cadre, PASSWORD)

    async def unclear(self, who: str = "anna", text: str = "府城镇高壁村的机井没人修") -> Ticket:
        """What nobody understood: it waits for triage."""
        await self.town.say(text, who)
        return await self.town.ticket(who)

    async def read(self, number: str) -> Ticket:
        return await self.town.ticket_numbered(number)

    def wait(self, seconds: float) -> None:
        self.town.now += timedelta(seconds=seconds)

    def actions(self) -> list[str]:
        return [e.action for e in self.log.entries if e.account != "cli"]


def open_desk_app(folder: Path) -> OpenDesk:
    """The console over the twin; nothing is served yet."""
    town, media, log = Town(), MediaFolder(folder), MemoryConsoleLog()
    center = {each.id for each in town.office.county.org.staff(CENTER)}
    passwords, book = Argon2Passwords(QUICK), MemoryAccountBook(log)
    accounts = AccountDesk(book, passwords, log, lambda: town.now, lambda one: one in center)

    console = open_console(
        accounts,
        log,
        office=lambda: town.office,
        clock=lambda: town.now,
        secret="only for tests",
    )
    press = Press(town.receive, town.store.wakeups, media, lambda: town.office, lambda: town.now)
    cases = Cases(console, town.store.desk, town.store.case_files)

    def keywords(_text: str) -> tuple[Guess, ...]:
        return (Guess("water_supply", 0.4), Guess("greeting", 0.1))

    TriagePages(console, cases, press, town.store.mailbox, keywords).add_to_console()
    TicketPages(console, cases, media).add_to_console()
    add_health(console, Healths(), dict)
    add_intents(console, Matters().pages(console))
    AccountPages(console).add_to_console()
    LogPage(console).add_to_console()
    app = FastAPI()
    app.include_router(console.router)
    return OpenDesk(town, console, log, media, app)


@asynccontextmanager
async def open_desk(folder: Path) -> AsyncIterator[OpenDesk]:
    """Served on loopback by the test's own loop, as long as the block lasts."""
    desk = open_desk_app(folder)
    await desk.people()
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(desk.app, log_level="error", access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    desk.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    try:
        yield desk
    finally:
        server.should_exit = True
        await serving
        listener.close()
