"""An HTTP session in which one unreadable update does not silence the others.

aiogram reads a whole batch or nothing, and its error quotes the batch: one update of a shape
that it does not know would be asked for again for ever and its words would stand in the log.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import ClientDecodeError
from aiogram.methods import GetUpdates, Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.residents.reading import read_update

if TYPE_CHECKING:
    from aiogram import Bot
    from aiogram.types import Update


class PatientSession(AiohttpSession):
    """Reads a refused batch one by one; keeps contents out of its errors."""

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """See `BaseSession.check_response`."""
        try:
            return super().check_response(bot, method, status_code, content)
        except ClientDecodeError as error:
            updates = _one_by_one(bot, content) if isinstance(method, GetUpdates) else None
            if updates is None:
                cause = ValueError(f"HTTP {status_code}, {type(error.original).__name__}")
                raise ClientDecodeError("The answer is not a Bot API object", cause, "") from None
        # For GetUpdates the result is a list of updates; the type variable cannot say so.
        return cast(
            "Response[TelegramType]",
            Response.model_construct(ok=True, result=updates),
        )


def _one_by_one(bot: Bot, content: str) -> list[Update] | None:
    try:
        answer = json.loads(content)
    except ValueError:
        return None
    if not isinstance(answer, dict) or not isinstance(answer.get("result"), list):
        return None
    found = (read_update(raw, bot) for raw in answer["result"])
    return [update for update in found if update is not None]
