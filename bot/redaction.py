"""Keeps bot tokens out of logs and error messages.

The Bot API carries the token in the path of every call, and httpx logs each address at INFO;
errors of the libraries quote addresses, too. One of the libraries percent-encodes the colon.
"""

from __future__ import annotations

import logging
import re

_TOKEN = re.compile(r"\d{4,}(?::|%3A)[\w-]{8,}", re.IGNORECASE)
_LONGEST = 200
_CHATTY = ("httpx", "httpcore", "aiogram", "telegram")
_SPEAKING = (
    "aiogram.dispatcher",
    "aiogram.event",
    "aiogram.middlewares",
    "httpx",
    "telegram.Bot",
    "telegram.request.BaseRequest",
)


def redact(text: str) -> str:
    """`text` without tokens, at most 200 characters (error pages can be long)."""
    return _TOKEN.sub("<token>", text)[:_LONGEST]


class TokenFilter(logging.Filter):
    """Rewrites a record that holds a token; give it to every handler of the process as well."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True: nothing is dropped, only blotted out."""
        message = record.getMessage()
        if _TOKEN.search(message):
            record.msg, record.args = _TOKEN.sub("<token>", message), None
        if record.exc_info:
            trace = logging.Formatter().formatException(record.exc_info)
            # A formatter takes a ready `exc_text` and does not look at the exception again.
            record.exc_text, record.exc_info = _TOKEN.sub("<token>", trace), None
        return True


def quiet_library_logs() -> None:
    """Let the Telegram libraries and httpx speak from WARNING on only, without tokens.

    At INFO they print every address with the token in it, at DEBUG residents' words.
    """
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _SPEAKING:
        logger = logging.getLogger(name)
        if not any(isinstance(known, TokenFilter) for known in logger.filters):
            logger.addFilter(TokenFilter())
