"""The console alone, on the twin, with one account for every role."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx
from argon2 import PasswordHasher
from fastapi import FastAPI

from console.desk.account_pages import AccountPages
from console.desk.console import Console
from console.desk.log_page import LogPage
from console.desk.router import open_console
from services.account_desk import AccountDesk
from services.console_policy import ConsoleRole
from storage.memory_accounts import MemoryAccountBook, MemoryConsoleLog
from storage.passwords import Argon2Passwords
from tests.console.stand_ins import NOW, cadre, office

PASSWORD = "river-stone-42"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class DeskOffice:
    """The console with the people who use it."""

    now: datetime = NOW
    log: MemoryConsoleLog = field(default_factory=MemoryConsoleLog)
    console: Console = field(init=False)
    demo: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        center = {each.id for each in office().county.org.staff("county")}
        self.accounts = AccountDesk(
            MemoryAccountBook(self.log),
            Argon2Passwords(QUICK),
            self.log,
            lambda: self.now,
            lambda one: one in center,
        )
        self.console = open_console(
            self.accounts,
            self.log,
            office=office,
            clock=lambda: self.now,
            secret="only for tests",
            demo_accounts=self.demo,
        )
        AccountPages(self.console).add_to_console()
        LogPage(self.console).add_to_console()

    async def people(self) -> None:
        """An account for every role, named for it."""
        for role in ConsoleRole:
            acts_as = cadre("county") if role is ConsoleRole.DISPATCHER else None
            await self.accounts.add("cli", role, f"{role}示例", [role], acts_as, PASSWORD)

    def app(self) -> FastAPI:
        app = FastAPI()
        app.include_router(self.console.router)
        return app

    def wait(self, length: timedelta) -> None:
        self.now += length

    def actions(self) -> list[str]:
        """What the log holds, oldest first, without the opening of the accounts."""
        return [e.action for e in self.log.entries if e.account != "cli"]


@asynccontextmanager
async def browser(office: DeskOffice) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(office.app())
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
        yield client


async def sign_in(web: httpx.AsyncClient, name: str, password: str = PASSWORD) -> httpx.Response:
    return await web.post("/console/sign-in", data={"name": name, "password": password})


async def csrf_of(web: httpx.AsyncClient) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', (await web.get("/console")).text)
    assert found is not None
    return found[1]
