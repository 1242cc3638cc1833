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


def arm(point: str) -> None:
    """Put the trap where `point` says."""
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
