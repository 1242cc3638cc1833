"""The cadres' bot: updates in by long polling or webhook, messages out.

The library's own Updater confirms an update when it enters a queue in memory and stops for good
on a 401 or 404; its Application swallows what a handler raises and cannot start while Telegram
is away. So only its client (`Bot`) is used, and the loop below confirms what the inbox has.
"""

from __future__ import annotations

import asyncio
import time

import structlog
from pydantic import SecretStr
from telegram import Bot, Update
from telegram.error import RetryAfter

from bot.background import Background
from bot.cadres.calls import PtbCalls
from bot.cadres.failures import delivery_errors, seconds_of
from bot.cadres.reading import read_update
from bot.cadres.requests import PatientRequest, QuietRequest
from bot.cadres.translate import translate
from bot.delivery import TelegramSender
from bot.files import FILE_LIMIT, mime_of
from bot.raw_update import NotAnUpdate, decode
from bot.recording import Receive, growing, record_until_safe
from bot.redaction import quiet_library_logs
from bot.subscription import ALLOWED_UPDATES
from services.errors import BadMessage, DeliveryError
from services.messages import Inbound
from services.ports import Clock, MediaStore

log = structlog.get_logger()


class CadresBot:
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
        base = api_base.rstrip("/")
        self._requests = (
            QuietRequest(request_timeout, connections=32),
            PatientRequest(request_timeout, connections=1),
        )
        self._bot = Bot(
            token if isinstance(token, str) else token.get_secret_value(),
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=self._requests[0],
            get_updates_request=self._requests[1],
        )
        self._receive = receive
        self._clock = clock
        self._poll_seconds = poll_seconds
        self._background = Background()
        self.sender = TelegramSender(PtbCalls(self._bot), media)
        self.last_poll_at: float | None = None
        """`time.monotonic()` of the last successful getUpdates, for a liveness check."""

    async def start_polling(self) -> None:
        """Fetch updates until cancelled. Outlives every failure of Telegram and of the inbox."""
        offset: int | None = None
        pauses = growing(0.5, 30.0)
        while True:
            try:
                updates = await self._bot.get_updates(
                    offset=offset,
                    timeout=self._poll_seconds,
                    allowed_updates=ALLOWED_UPDATES,
                )
            except Exception as error:
                # Whatever it is (no such token, a second poller, an error page): a bot that
                # stops asking is deaf while its process looks healthy.
                pause = seconds_of(error) if isinstance(error, RetryAfter) else next(pauses)
                kind = type(error).__name__
                log.warning("telegram.poll_failed", bot="cadres", error=kind, pause=pause)
                await asyncio.sleep(pause)
                continue
            self.last_poll_at = time.monotonic()
            pauses = growing(0.5, 30.0)
            for update in updates:
                inbound = self._translated(update)
                if inbound is not None:
                    await record_until_safe(self._receive, inbound)
                self._answer_press(update)
                offset = update.update_id + 1

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
        """The bytes and the type of a file that a cadre sent, at most 20 MB.

        Raises `RetryLater`, or `BadMessage` for what will never be had.
        """
        with delivery_errors():
            file = await self._bot.get_file(ref)
            if file.file_path is None or (file.file_size or 0) > FILE_LIMIT:
                raise BadMessage("the file is larger than 20 MB")
            data = bytes(await file.download_as_bytearray())
        if len(data) > FILE_LIMIT:
            raise BadMessage("the file is larger than 20 MB")
        return data, mime_of(file.file_path)

    async def register_webhook(self, url: str, secret: str) -> None:
        """Let Telegram call `url`, naming `secret` in a header. Keeps what waits."""
        with delivery_errors():
            await self._bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED_UPDATES)

    async def delete_webhook(self) -> None:
        """Back to polling, which Telegram refuses while a webhook is set. Keeps what waits."""
        with delivery_errors():
            await self._bot.delete_webhook(drop_pending_updates=False)

    async def close(self) -> None:
        """Let answers under way finish and close the connections."""
        await self._background.close()
        for request in self._requests:
            await request.shutdown()

    def _translated(self, update: Update) -> Inbound | None:
        try:
            return translate(update, self._clock())
        except Exception as error:
            # Taken nevertheless: an update that we cannot read would stop all behind it.
            log.error(
                "telegram.untranslatable",
                bot="cadres",
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
            log.debug("telegram.press_unanswered", bot="cadres", reason=str(error))
