"""python-telegram-bot's errors as the delivery errors that the relay knows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.redaction import redact
from bot.refusals import NETWORK_PAUSE, TOKEN_PAUSE, refusal
from services.errors import AddressChanged, BadMessage, RecipientGone, RetryLater

_TOO_LARGE = "request entity too large"


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait; the library gives two types, by its configuration."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


@contextmanager
def delivery_errors() -> Iterator[None]:
    """Raises one of the four delivery errors for whatever a call of the library raises.

    Without the cause: the library's errors quote addresses with the token in them.
    """
    try:
        yield
    except RetryAfter as error:
        raise RetryLater(seconds_of(error), "flood control") from None
    except ChatMigrated as error:
        raise AddressChanged(str(error.new_chat_id)) from None
    except Forbidden as error:
        raise RecipientGone(redact(error.message)) from None
    except InvalidToken as error:
        raise RetryLater(TOKEN_PAUSE, redact(error.message)) from None
    except BadRequest as error:
        # Before what is left: for this library a BadRequest is a NetworkError, and repeating a
        # bad message would go on for ever.
        raise refusal(error.message) from None
    except TelegramError as error:
        if _TOO_LARGE in error.message.lower():
            raise BadMessage(redact(error.message)) from None
        reason = redact(f"{type(error).__name__}: {error.message}")
        raise RetryLater(NETWORK_PAUSE, reason) from None
    except KeyError:
        # A 2xx answer without a `result`: some proxy's page, not Telegram's word.
        raise RetryLater(NETWORK_PAUSE, "an answer without a result") from None
