"""HTTP for python-telegram-bot that keeps contents out of logs and one bad update to itself.

The library logs answers that are not JSON in full, and a batch of updates in full when one of
them cannot be read; that batch would be asked for again for ever.
"""

from __future__ import annotations

import json
from typing import Any

from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.cadres.reading import readable_form


class QuietRequest(HTTPXRequest):
    """Reads answers without quoting them."""

    def __init__(self, timeout: float, connections: int) -> None:
        """`timeout` in seconds for each step of a call; uploads may take four times as long."""
        super().__init__(
            connection_pool_size=connections,
            read_timeout=timeout,
            write_timeout=timeout,
            connect_timeout=timeout,
            pool_timeout=timeout,
            media_write_timeout=timeout * 4,
        )

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """See `BaseRequest.parse_json_payload` (`Any`: the library's JSON)."""
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise TelegramError("The answer is not JSON") from None
        if not isinstance(answer, dict):
            raise TelegramError("The answer is not a Bot API object")
        return answer


class PatientRequest(QuietRequest):
    """For getUpdates: hands on only what the library can read."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As above, each update of a batch in its readable form."""
        answer = QuietRequest.parse_json_payload(payload)
        batch = answer.get("result")
        if isinstance(batch, list):
            forms = (readable_form(raw) for raw in batch)
            answer["result"] = [form for form in forms if form is not None]
        return answer
