"""Residents' web chat (H5): the channel that needs no app, no account and no outside service.

It translates HTTP into `Inbound` and shows outbox lines; what is said is decided elsewhere.
"""

from bot.webchat.intake import Receive
from bot.webchat.router import webchat_router

__all__ = ["Receive", "webchat_router"]
