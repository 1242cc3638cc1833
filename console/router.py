"""Puts the work page's addresses together for the composition."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fastapi import APIRouter
from limits.aio.strategies import RateLimiter

from console.duty import DutyPage
from console.handing import Receive
from console.listing import Listing
from console.pages import Pages
from console.press import Press
from console.session import Sessions
from console.sign_in import Redeem, SignIn, in_memory_limiter
from console.work import Work
from services.office import Office
from services.ports import Clock, Desk, Mailbox, MediaStore, Wakeups


def work_router(
    receive: Receive,
    desk: Desk,
    mailbox: Mailbox,
    wakeups: Wakeups,
    media: MediaStore,
    *,
    office: Callable[[], Office],
    redeem: Redeem,
    secret: str,
    clock: Clock,
    demo_cadres: Sequence[tuple[str, str]] | None = None,
    limiter: RateLimiter | None = None,
) -> APIRouter:
    """The cadres' page below `/work`.

    `office` gives the present reference data; `secret` signs the cookies; `demo_cadres` (id,
    label) opens the page to everybody as one of them and belongs into a demonstration only.
    """
    sessions, pages = Sessions(secret), Pages()
    door = SignIn(
        redeem, sessions, office, pages, demo_cadres or (), limiter or in_memory_limiter()
    )
    press = Press(receive, wakeups, media, office, clock)
    listing = Listing(desk, office, clock)
    work = Work(press, listing, mailbox, media, office, clock, sessions, pages)
    duty = DutyPage(receive, mailbox, wakeups, office, clock, sessions, pages)
    router = APIRouter(include_in_schema=False)
    router.add_route("/work", work.page, methods=["GET"])
    router.add_route("/work/sign-in", door.show, methods=["GET"])
    router.add_route("/work/sign-in", door.submit, methods=["POST"])
    router.add_route("/work/sign-out", door.leave, methods=["POST"])
    router.add_route("/work/cards", work.cards, methods=["GET"])
    router.add_route("/work/find", work.find, methods=["GET"])
    router.add_route("/work/assets/{name}", pages.asset, methods=["GET"])
    router.add_route("/work/duty", duty.page, methods=["GET"])
    router.add_route("/work/duty/{what}", duty.act, methods=["POST"])
    router.add_route("/work/{number}", work.one, methods=["GET"])
    router.add_route("/work/{number}/media/{media_id}", work.file, methods=["GET"])
    router.add_route("/work/{number}/{verb}", work.act, methods=["POST"])
    return router
