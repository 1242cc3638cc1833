"""Raw JSON to aiogram's `Update`, losing as little as possible."""

from __future__ import annotations

import structlog
from aiogram import Bot
from aiogram.types import Update
from pydantic import ValidationError

from bot.salvage import salvage

log = structlog.get_logger()


def read_update(raw: object, bot: Bot) -> Update | None:
    """The update; what can be salvaged of one that aiogram refuses; None without an update id."""
    context = {"bot": bot}
    try:
        return Update.model_validate(raw, context=context)
    except ValidationError as error:
        core = salvage(raw)
        # The places only: the error quotes the values, which are residents' words.
        places = [".".join(map(str, problem["loc"])) for problem in error.errors()[:5]]
        log.warning("telegram.unreadable_update", bot="residents", places=places)
    if core is None:
        return None
    try:
        return Update.model_validate(core, context=context)
    except ValidationError:
        return Update.model_validate({"update_id": core["update_id"]}, context=context)
