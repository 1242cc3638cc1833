"""Puts the console's base together; the composition adds the pages to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fastapi import APIRouter
from limits.aio.strategies import RateLimiter

from console.desk.console import Console
from console.desk.own import Own
from console.desk.session import DeskSessions
from console.desk.sign_in import DeskDoor
from console.pages import Pages
from console.sign_in import in_memory_limiter
from services.account_desk import AccountDesk
from services.console_log import ConsoleLog
from services.office import Office
from services.ports import Clock


def open_console(
    accounts: AccountDesk,
    log: ConsoleLog,
    *,
    office: Callable[[], Office],
    clock: Clock,
    secret: str,
    demo_accounts: Sequence[tuple[str, str]] = (),
    limiter: RateLimiter | None = None,
) -> Console:
    """The door, the first page and one's own account; `.router` is what the web app includes.

    `secret` signs the cookies; `demo_accounts` (name, label) opens it to everybody as one of them
    and belongs into a demonstration only.
    """
    pages = Pages("/console")
    router = APIRouter(include_in_schema=False)
    console = Console(accounts, log, office, clock, DeskSessions(secret, clock), pages, router)
    limiter = limiter or in_memory_limiter()
    door, own = DeskDoor(console, limiter, demo_accounts), Own(console, limiter)
    router.add_route("/console/sign-in", door.show, methods=["GET"])
    router.add_route("/console/sign-in", door.submit, methods=["POST"])
    router.add_route("/console/assets/{name}", pages.asset, methods=["GET"])
    console.post("/console/sign-out", None, door.leave)
    console.get("/console", None, own.home)
    console.get("/console/me", None, own.me)
    console.post("/console/me/password", None, own.change_password)
    return console
