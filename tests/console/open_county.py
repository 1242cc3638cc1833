"""The work page on a real port before the real services, with whoever is in charge at each unit."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI

from console import work_router
from storage.media import MediaFolder
from tests.console.forms_found import form_for
from tests.services.town import Town
from tests.webchat.stand_ins import picture
from tickets.events import Event
from tickets.ticket import Ticket

GROUP, TOWNSHIP = "group:141026100:infrastructure", "township:141026100"
POWER, HOUSING, CENTER = "unit:power", "unit:housing", "county"


@dataclass
class OpenCounty:
    """A town whose page is open."""

    town: Town
    url: str
    media: MediaFolder
    _clients: dict[str, httpx.AsyncClient] = field(default_factory=dict)

    def person(self, unit: str) -> str:
        found = self.town.office.in_charge(unit)
        assert found is not None
        return found

    async def client(self, unit: str, person: str = "") -> httpx.AsyncClient:
        """The browser of a cadre, signed in."""
        person = person or self.person(unit)
        if person not in self._clients:
            client = httpx.AsyncClient(base_url=self.url)
            answer = await client.post("/work/sign-in", data={"code": person})
            assert answer.status_code == 303, answer.text
            self._clients[person] = client
        return self._clients[person]

    async def page(self, unit: str, number: str = "", person: str = "") -> str:
        """What a cadre sees: the list, or one ticket."""
        client = await self.client(unit, person)
        answer = await client.get(f"/work/{number}" if number else "/work")
        assert answer.status_code == 200, answer.text
        return answer.text

    async def act(
        self,
        who: str,
        number: str,
        verb: str,
        /,
        *,
        alone: bool = False,
        person: str = "",
        photo: bytes | None = None,
        **values: str,
    ) -> str:
        """Fill in the form of an action as the page shows it, send it, and read what comes back."""
        client = await self.client(who, person)
        html = await self.page(who, number if alone else "", person)
        form = form_for(html, number, verb)
        data = form.filled(**values)
        files = {"photo": ("lamp.jpg", photo, "image/jpeg")} if photo else None
        if form.multipart and files is None:
            files = {"photo": ("", b"", "application/octet-stream")}
        answer = await client.post(form.action, data=data, files=files)
        assert answer.status_code == 303, answer.text
        back = await client.get(answer.headers["location"].split("#")[0])
        return back.text

    async def another_lamp(self) -> str:
        """Another resident's ticket at the same unit, in another village."""
        await self.town.say("府城镇孔村路灯坏了三天没人管", "bea")
        return (await self.town.ticket("bea")).number

    async def ticket(self, number: str) -> Ticket:
        async with self.town.store.units_of_work() as work:
            found = await work.ticket(number)
        assert found is not None
        return found

    async def events(self, number: str) -> list[Event]:
        async with self.town.store.units_of_work() as work:
            return await work.events(number)

    async def close(self) -> None:
        for client in self._clients.values():
            await client.aclose()


def app_of(town: Town, media: MediaFolder) -> FastAPI:
    """The page; a cadre's id is their one-time code."""

    async def redeem(code: str) -> str | None:
        return code if town.office.cadre(code) else None

    app = FastAPI()
    app.include_router(
        work_router(
            town.receive,
            town.store.desk,
            town.store.mailbox,
            town.store.wakeups,
            media,
            office=lambda: town.office,
            redeem=redeem,
            secret="only for tests",
            clock=lambda: town.now,
        )
    )
    return app


@asynccontextmanager
async def open_county(folder: Path) -> AsyncIterator[OpenCounty]:
    """Served on loopback by the test's own loop, as long as the block lasts."""
    town, media = Town(), MediaFolder(folder)
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app_of(town, media), log_level="error", access_log=False, lifespan="off"
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    county = OpenCounty(town, f"http://127.0.0.1:{listener.getsockname()[1]}", media)
    try:
        yield county
    finally:
        await county.close()
        server.should_exit = True
        await serving
        listener.close()


def photo() -> bytes:
    return picture(60, 40)
