"""The Telegram bots of one process: those whose tokens are set."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from bot.webhook import Hook
from liandong.bootstrap import Core
from services.ports import FileSource, Sender


class TelegramBot(FileSource, Protocol):
    """What both bots offer, whichever library drives them."""

    last_poll_at: float | None

    @property
    def sender(self) -> Sender:
        """Delivers messages."""
        ...

    async def start_polling(self) -> None:
        """Fetch updates until cancelled."""
        ...

    async def handle_webhook(self, body: bytes) -> None:
        """Take one webhook call."""
        ...

    async def register_webhook(self, url: str, secret: str) -> None:
        """Let Telegram call `url`."""
        ...

    async def delete_webhook(self) -> None:
        """Back to polling."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...


@dataclass(slots=True)
class Bots:
    """The Telegram bots that have a token."""

    running: dict[str, TelegramBot] = field(default_factory=dict)
    hooks: dict[str, Hook] = field(default_factory=dict)
    senders: dict[tuple[str, str], Sender] = field(default_factory=dict)
    sources: dict[tuple[str, str], FileSource] = field(default_factory=dict)


def make_bots(core: Core) -> Bots:
    """Bots for the tokens that are set; webhooks where a public address and a secret are."""
    settings, bots = core.settings, Bots()
    # Imported only where a token is set: the libraries take seconds to load.
    if token := settings.residents_token.get_secret_value():
        from bot.residents.channel import ResidentsBot

        bots.running["residents"] = ResidentsBot(
            token, core.receive, core.media, core.clock, api_base=settings.telegram_api
        )
    if token := settings.cadres_token.get_secret_value():
        from bot.cadres.channel import CadresBot

        bots.running["cadres"] = CadresBot(
            token, core.receive, core.media, core.clock, api_base=settings.telegram_api
        )
    secret = settings.telegram_webhook_secret.get_secret_value()
    for name, bot in bots.running.items():
        bots.senders["telegram", name] = bot.sender
        bots.sources["telegram", name] = bot
        if settings.public_url and secret:
            bots.hooks[name] = Hook(bot.handle_webhook, secret)
    return bots
