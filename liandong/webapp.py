"""The web application of one process: residents' chat, cadres' page, console, webhooks, health."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from fastapi import FastAPI, Request, Response
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import JSONResponse

from bot.webchat.router import webchat_router
from bot.webhook import Hook, webhook_router
from console.router import work_router
from liandong.bootstrap import Core
from liandong.desk_pages import desk_router
from storage.database import StorageUnavailable

Health = Callable[[], Awaitable[dict[str, object]]]


def demo_cadres(core: Core) -> Sequence[tuple[str, str]]:
    """Sample cadres of every level, to look at the work page in a demonstration."""
    office = core.office()
    levels = ("linkage_group", "township_center", "county_unit", "county_center")
    units = [unit for unit in office.county.org.units.values() if unit.level in levels]
    units.sort(key=lambda unit: (levels.index(unit.level), unit.code))
    listed = []
    for unit in (*units, office.county.org.discipline_channel):
        cadre = office.cadre(office.in_charge(unit.code))
        if cadre is not None:
            listed.append((cadre.id, f"{unit.name} · {cadre.name}"))
    return listed


def create_web(
    core: Core,
    *,
    secret: str,
    hooks: Mapping[str, Hook],
    health: Health,
    demo: bool,
    demo_accounts: Sequence[tuple[str, str]] = (),
) -> FastAPI:
    """All addresses of the process; API documentation pages are off, they load from outside."""
    web = FastAPI(title="liandong", docs_url=None, redoc_url=None, openapi_url=None)
    wakeups = core.coordination.wakeups

    async def redeem(code: str) -> str | None:
        async with core.units_of_work() as work:
            cadre = await work.redeem_code(code, core.clock())
            await work.commit()
        return cadre

    web.include_router(
        webchat_router(
            core.receive,
            core.mailbox,
            wakeups,
            core.media,
            core.office().wording,
            clock=core.clock,
            county=core.office().county.name,
        )
    )
    web.include_router(
        work_router(
            core.receive,
            core.desk,
            core.mailbox,
            wakeups,
            core.media,
            office=core.office,
            redeem=redeem,
            secret=secret,
            clock=core.clock,
            demo_cadres=demo_cadres(core) if demo else None,
        )
    )
    web.include_router(desk_router(core, secret, demo_accounts if demo else ()))
    if hooks:
        web.include_router(webhook_router(hooks))

    web.add_middleware(GZipMiddleware, minimum_size=1000)

    @web.exception_handler(StorageUnavailable)
    async def away(_request: Request, _error: Exception) -> Response:
        words = "系统正在恢复，请过一会儿再试。"
        return Response(words, 503, {"Retry-After": "5"}, "text/plain; charset=utf-8")

    @web.get("/health/live")
    async def live() -> Response:
        return Response("ok")

    @web.get("/health/ready")
    async def ready() -> JSONResponse:
        state = await health()
        return JSONResponse(state, status_code=200 if state.get("database") else 503)

    return web
