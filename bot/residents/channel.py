"""The residents' bot: updates in by long polling or webhook, messages out.

aiogram's dispatcher fetches; everything else it could do (states, routers, answers) is the
services' business. Its polling would confirm an update whose handler failed, so a middleware
holds on to each update until the inbox has it (`bot.recording`).
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import GetUpdates, TelegramMethod
from aiogram.types import TelegramObject, Update
from aiogram.utils.backoff import BackoffConfig
from pydantic import SecretStr

from bot.background import Background
from bot.delivery import TelegramSender
from bot.files import FILE_LIMIT, mime_of
from bot.raw_update import NotAnUpdate, decode
from bot.recording import Receive, growing, record_until_safe
from bot.redaction import quiet_library_logs
from bot.residents.calls import AiogramCalls
from bot.residents.failures import delivery_errors
from bot.residents.reading import read_update
from bot.residents.session import PatientSession
from bot.residents.translate import translate
from bot.subscription import ALLOWED_UPDATES
from services.errors import BadMessage, DeliveryError
from services.messages import Inbound
from services.ports import Clock, MediaStore

log = structlog.get_logger()
_BACKOFF = BackoffConfig(min_delay=0.5, max_delay=30.0, factor=2.0, jitter=0.1)


class ResidentsBot:
    """One bot token: `start_polling` or `handle_webhook` in, `sender` out, `close` at the end."""

    def __init__(
        self,
        token: SecretStr | str,
        receive: Receive,
        media: MediaStore,
        clock: Clock,
        *,
        api_base: str = "https://api.telegram.org",
        request_timeout: float = 15.0,
        poll_seconds: int = 25,
    ) -> None:
        """`request_timeout` in seconds for each call, `poll_seconds` how long a poll waits."""
        quiet_library_logs()
        session = PatientSession(
            api=TelegramAPIServer.from_base(api_base.rstrip("/")), timeout=request_timeout
        )
        session.middleware.register(self._note_poll)
        secret = token if isinstance(token, str) else token.get_secret_value()
        self._bot = Bot(secret, session=session)
        self._receive = receive
        self._clock = clock
        self._poll_seconds = poll_seconds
        self._background = Background()
        self._dispatcher = Dispatcher(disable_fsm=True)
        self._dispatcher.update.outer_middleware(self._hold_until_recorded)
        self.sender = TelegramSender(AiogramCalls(self._bot), media)
        self.last_poll_at: float | None = None
        """`time.monotonic()` of the last successful getUpdates, for a liveness check."""

    async def start_polling(self) -> None:
        """Fetch updates until cancelled. Outlives every failure of Telegram and of the inbox."""
        for pause in growing(0.5, 30.0):
            try:
                await self._poll()
            except Exception as error:
                # aiogram asks getMe before it polls, and gives up when that fails.
                log.warning("telegram.poll_failed", bot="residents", error=type(error).__name__)
            await asyncio.sleep(pause)

    async def handle_webhook(self, body: bytes) -> None:
        """Take one webhook call: the update is safe when this returns.

        Raises `NotJson`, `NotAnUpdate`, or what `receive` raises: then do not acknowledge.
        """
        update = read_update(decode(body), self._bot)
        if update is None:
            raise NotAnUpdate("no update id")
        inbound = self._translated(update)
        if inbound is not None:
            await self._receive(inbound)
        self._answer_press(update)

    async def fetch(self, ref: str) -> tuple[bytes, str]:
        """The bytes and the type of a file that a resident sent, at most 20 MB.

        Raises `RetryLater`, or `BadMessage` for what will never be had.
        """
        with delivery_errors():
            file = await self._bot.get_file(ref)
            if file.file_path is None or (file.file_size or 0) > FILE_LIMIT:
                raise BadMessage("the file is larger than 20 MB")
            url = self._bot.session.api.file_url(self._bot.token, file.file_path)
            data = bytearray()
            seconds = math.ceil(self._bot.session.timeout)
            async with aclosing(self._bot.session.stream_content(url, timeout=seconds)) as chunks:
                async for chunk in chunks:
                    data += chunk
                    if len(data) > FILE_LIMIT:
                        raise BadMessage("the file is larger than 20 MB")
        return bytes(data), mime_of(file.file_path)

    async def register_webhook(self, url: str, secret: str) -> None:
        """Let Telegram call `url`, naming `secret` in a header. Keeps what waits."""
        with delivery_errors():
            await self._bot.set_webhook(
                url, secret_token=secret, allowed_updates=list(ALLOWED_UPDATES)
            )

    async def delete_webhook(self) -> None:
        """Back to polling, which Telegram refuses while a webhook is set. Keeps what waits."""
        with delivery_errors():
            await self._bot.delete_webhook(drop_pending_updates=False)

    async def close(self) -> None:
        """Let answers under way finish and close the connections."""
        await self._background.close()
        await self._bot.session.close()

    async def _poll(self) -> None:
        polling = asyncio.create_task(
            self._dispatcher.start_polling(
                self._bot,
                polling_timeout=self._poll_seconds,
                handle_as_tasks=False,
                backoff_config=_BACKOFF,
                allowed_updates=list(ALLOWED_UPDATES),
                handle_signals=False,
                close_bot_session=False,
            )
        )
        try:
            # Shielded: a cancelled `start_polling` would leave its inner task polling for ever.
            await asyncio.shield(polling)
        except asyncio.CancelledError:
            try:
                await self._dispatcher.stop_polling()
            except RuntimeError:
                polling.cancel()  # It had not begun.
            # Whatever it ended with: an error here must not take the cancellation's place.
            await asyncio.gather(polling, return_exceptions=True)
            raise

    async def _hold_until_recorded(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> None:
        """Outer middleware (`Any`: aiogram's signature). No handler comes after it."""
        if not isinstance(event, Update):
            return
        inbound = self._translated(event)
        if inbound is not None:
            await record_until_safe(self._receive, inbound)
        self._answer_press(event)

    async def _note_poll(self, make_request: Any, bot: Bot, method: TelegramMethod[Any]) -> Any:
        """Session middleware (`Any`: aiogram's signature)."""
        result = await make_request(bot, method)
        if isinstance(method, GetUpdates):
            self.last_poll_at = time.monotonic()
        return result

    def _translated(self, update: Update) -> Inbound | None:
        try:
            return translate(update, self._clock())
        except Exception as error:
            # Taken nevertheless: an update that we cannot read would stop all behind it.
            log.error(
                "telegram.untranslatable",
                bot="residents",
                update=update.update_id,
                error=type(error).__name__,
            )
            return None

    def _answer_press(self, update: Update) -> None:
        if update.callback_query is not None:
            self._background.spawn(self._answer(update.callback_query.id))

    async def _answer(self, query: str) -> None:
        try:
            with delivery_errors():
                await self._bot.answer_callback_query(query)
        except DeliveryError as error:
            # Too old, or Telegram away: the button's clock runs out by itself.
            log.debug("telegram.press_unanswered", bot="residents", reason=str(error))
