"""What a 400 of the Bot API means for us, by its description.

Telegram gives one number for very different things; the descriptions are those of the real
server's source (tdlib/telegram-bot-api, Client.cpp) and are compared without case.
"""

from __future__ import annotations

from bot.redaction import redact
from services.errors import BadMessage, DeliveryError, RecipientGone

NETWORK_PAUSE = 2.0
"""Seconds to wait after a failure that says nothing about the message; the relay stretches it."""

TOKEN_PAUSE = 60.0
"""Seconds to wait when Telegram does not know the token: an operator has to act."""

_GONE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "user is deactivated",
    "group chat was deactivated",
    "bot was kicked",
    "bot was blocked",
    "bot is not a member",
    "not enough rights to send",
    "have no rights to send",
    "chat_write_forbidden",
)
_NOT_EDITABLE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
    "there is no text in the message to edit",
)


class NotEditable(BadMessage):
    """The message to edit is gone or of another kind: send a new one."""


def unchanged(description: str) -> bool:
    """True when an edit was refused because the message already says exactly this."""
    return "message is not modified" in description.lower()


def refusal(description: str) -> DeliveryError:
    """The error for a refused request (400)."""
    lowered = description.lower()
    reason = redact(description)
    if any(sentence in lowered for sentence in _GONE):
        return RecipientGone(reason)
    if any(sentence in lowered for sentence in _NOT_EDITABLE):
        return NotEditable(reason)
    return BadMessage(reason)
