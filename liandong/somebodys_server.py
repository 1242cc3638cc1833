"""A Rasa server that somebody else runs: we look whether it answers, and ask it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import httpx

from nlu.breaker import Breaker
from nlu.client import RasaClient
from nlu.language import Language
from nlu.readers import Reader, Readers, ReaderUnderstander
from nlu.thresholds import Thresholds

_LOOK_SECONDS = 2.0
_FIRST_LOOKS = 0.3
_NAME = "rasa"


class SomebodysServer:
    """Which models it has is not ours to say; nothing is switched here."""

    def __init__(
        self,
        url: str,
        language: Language,
        thresholds: Thresholds | None,
        *,
        timeout: float,
        on_ready: Callable[[float], None] = lambda _seconds: None,
    ) -> None:
        """`timeout` in seconds for a call."""
        self._url = url.rstrip("/")
        self._thresholds = thresholds
        self._client = RasaClient(self._url, timeout=timeout, model=_NAME)
        self._breaker = Breaker(time.monotonic)
        self._on_ready = on_ready
        self._watching: asyncio.Task[None] | None = None
        self.ready = False
        self.understander = ReaderUnderstander(self._readers(language))

    def speak(self, language: Language) -> None:
        """Read with other words from the next message on."""
        self.understander.readers = self._readers(language)

    def start(self) -> None:
        """Begin to look."""
        if self._watching is None:
            self._watching = asyncio.create_task(self._watch(), name="classifier")

    async def stop(self) -> None:
        """Let go of the connections."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        await self._client.aclose()

    def _readers(self, language: Language) -> Readers:
        return Readers(
            Reader(_NAME, language.reading(self._client, self._breaker, self._thresholds))
        )

    async def _watch(self) -> None:
        began = time.monotonic()
        async with httpx.AsyncClient(timeout=_LOOK_SECONDS, trust_env=False) as http:
            while True:
                was, self.ready = self.ready, await self._answers(http)
                if self.ready and not was:
                    self._on_ready(time.monotonic() - began)
                await asyncio.sleep(_LOOK_SECONDS if was else _FIRST_LOOKS)

    async def _answers(self, http: httpx.AsyncClient) -> bool:
        try:
            answer = await http.get(f"{self._url}/status")
        except (httpx.HTTPError, httpx.InvalidURL):
            return False
        return answer.is_success
