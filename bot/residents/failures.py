"""aiogram's errors as the delivery errors that the relay knows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiohttp import ClientError
from pydantic import ValidationError

from bot.redaction import redact
from bot.refusals import NETWORK_PAUSE, TOKEN_PAUSE, refusal
from services.errors import AddressChanged, BadMessage, RecipientGone, RetryLater


@contextmanager
def delivery_errors() -> Iterator[None]:
    """Raises one of the four delivery errors for whatever a call of aiogram raises.

    Without the cause: the libraries' errors quote addresses with the token in them.
    """
    try:
        yield
    except TelegramRetryAfter as error:
        raise RetryLater(float(error.retry_after), "flood control") from None
    except TelegramMigrateToChat as error:
        raise AddressChanged(str(error.migrate_to_chat_id)) from None
    except TelegramForbiddenError as error:
        raise RecipientGone(redact(error.message)) from None
    except TelegramBadRequest as error:
        raise refusal(error.message) from None
    except (TelegramUnauthorizedError, TelegramNotFound) as error:
        raise RetryLater(TOKEN_PAUSE, redact(error.message)) from None
    except TelegramEntityTooLarge as error:
        raise BadMessage(redact(error.message)) from None
    except ValidationError:
        raise BadMessage("aiogram refuses the call's arguments") from None
    except (AiogramError, ClientError, OSError, ValueError) as error:
        # OSError holds TimeoutError, ValueError an error page that is not UTF-8.
        raise RetryLater(NETWORK_PAUSE, _reason(error)) from None


def _reason(error: Exception) -> str:
    return redact(f"{type(error).__name__}: {error}")
