"""The secret link of a chat, and the address that is derived from it.

Whoever has the link has the chat, so the link's token stays between the phone and this
process: database, outbox and logs know the chat by a digest that does not lead back.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets

from services.messages import Address, BotName

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_GRID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def new_token() -> str:
    """128 random bits, 22 url-safe characters."""
    return secrets.token_urlsafe(16)


def is_token(text: str) -> bool:
    """Whether `text` has the form of a token."""
    return _TOKEN.fullmatch(text) is not None


def is_grid_code(text: str) -> bool:
    """Whether `text` can be the grid code of a QR code."""
    return _GRID.fullmatch(text) is not None


def address_of(token: str) -> Address:
    """The chat of a token: 22 characters (132 bits) of its SHA-256."""
    digest = hashlib.sha256(token.encode("ascii")).digest()
    chat = base64.urlsafe_b64encode(digest).decode("ascii")[:22]
    return Address(channel="web", bot=BotName.RESIDENTS, chat=chat)
