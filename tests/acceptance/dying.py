"""`python -m tests.acceptance.dying POINT run …`: the service, which kills itself at one point.

The points are wrapped around the real adapters, so that the product carries no hook for it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Any

POINTS = ("before_insert", "after_insert", "after_nlu", "before_commit", "after_commit", "mid_send")
SWITCH_POINTS = ("seen", "started", "serves", "tested", "swapped")
"""The steps of a switch to the model `SECOND`."""
SECOND = "nlu-second"


def die() -> None:
    """SIGKILL: nothing is flushed, nothing is closed."""
    os.kill(os.getpid(), signal.SIGKILL)


def _dying(method: Callable[..., Awaitable[Any]], *, before: bool) -> Callable[..., Awaitable[Any]]:
    async def dies(*args: Any, **kwargs: Any) -> Any:
        if before:
            die()
        result = await method(*args, **kwargs)
        die()
        return result

    return dies


def arm_switch(point: str) -> None:
    """Put the trap where a step of a switch to `SECOND` begins or ends."""
    from nlu.fleet import Fleet
    from nlu.rasa_server import RasaServer
    from nlu.smoke import Smoke

    def is_second(subject: Any) -> bool:
        return SECOND in (getattr(subject, "active", ""), getattr(subject, "model", ""))

    async def start(server: Any) -> None:
        await started(server)
        if server._model.name.startswith(SECOND):
            die()

    async def test(smoke: Any, parser: Any) -> None:
        if point == "serves" and is_second(parser):
            die()
        await tested(smoke, parser)
        if is_second(parser):
            die()

    def follow(fleet: Any, serving: Any) -> None:
        if point == "seen" and is_second(serving):
            die()
        followed(fleet, serving)
        if is_second(fleet.state.roles):
            die()

    started, tested, followed = RasaServer.start, Smoke.test, Fleet.follow
    if point == "started":
        RasaServer.start = start  # type: ignore[method-assign]
    elif point in ("serves", "tested"):
        Smoke.test = test  # type: ignore[method-assign]
    else:
        Fleet.follow = follow  # type: ignore[method-assign]


def arm(point: str) -> None:
    """Put the trap where `point` says."""
    if point in SWITCH_POINTS:
        arm_switch(point)
        return
    from bot.delivery import TelegramSender
    from nlu.understand import ModelUnderstander
    from storage.inbox import SqlInbox
    from storage.unit_of_work import SqlUnitOfWork

    places: dict[str, tuple[type, str, bool]] = {
        "before_insert": (SqlInbox, "record", True),
        "after_insert": (SqlInbox, "record", False),
        "after_nlu": (ModelUnderstander, "understand", False),
        "before_commit": (SqlUnitOfWork, "commit", True),
        "after_commit": (SqlUnitOfWork, "commit", False),
        "mid_send": (TelegramSender, "send", False),
    }
    owner, name, before = places[point]
    setattr(owner, name, _dying(getattr(owner, name), before=before))


if __name__ == "__main__":
    arm(sys.argv.pop(1))
    from liandong.__main__ import main

    main()
