"""Raw JSON to python-telegram-bot's `Update`, losing as little as possible."""

from __future__ import annotations

from typing import Any

import structlog
from telegram import Bot, Update

from bot.salvage import salvage

log = structlog.get_logger()


def read_update(raw: object, bot: Bot | None) -> Update | None:
    """The update; what can be salvaged of one that the library cannot read; or None."""
    readable = readable_form(raw)
    return None if readable is None else Update.de_json(readable, bot)


def readable_form(raw: object) -> dict[str, Any] | None:
    """`raw` itself when the library can read it, else its core, else None.

    (`Any`: it is JSON on its way into the library.)
    """
    problem = _problem(raw)
    if problem is None and isinstance(raw, dict):
        return raw
    log.warning("telegram.unreadable_update", bot="cadres", error=problem)
    core = salvage(raw)
    if core is None or _problem(core) is None:
        return core
    return {"update_id": core["update_id"]}


def _problem(raw: object) -> str | None:
    if not isinstance(raw, dict) or type(raw.get("update_id")) is not int:
        return "no update id"
    try:
        Update.de_json(raw, None)
    except Exception as error:
        # The library checks nothing: a strange shape ends in whatever Python raises on it.
        return type(error).__name__
    return None
