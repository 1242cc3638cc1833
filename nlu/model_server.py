"""One model of the fleet: its server, its connections, and whether it may be asked.

Brought up in four steps, each of which may refuse: the archive is looked at, the server starts, it
serves, it answers held-out sentences. Only then is it usable. A server that dies later is started
again by its supervisor; one that stays away too long counts as hopeless until it is back.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import structlog

from nlu.breaker import Breaker
from nlu.client import Parse, RasaClient
from nlu.smoke import Smoke
from nlu.thresholds import Thresholds
from routing.errors import LiandongError

log = structlog.get_logger()

AWAY_SECONDS = 15.0
"""So long may a usable model's server be away before another model steps in."""
_RETRY_SECONDS = 30.0
_LONGEST_RETRY = 120.0
_DRAIN_SECONDS = 5.0


class Supervised(Protocol):
    """A server under supervision: `nlu.rasa_server.RasaServer`."""

    @property
    def base_url(self) -> str:
        """Where it answers."""
        ...

    @property
    def ready(self) -> bool:
        """The model is loaded and the server answers."""
        ...

    async def start(self) -> None:
        """Begin to supervise and return at once."""
        ...

    async def wait_ready(self, timeout: float) -> bool:
        """True as soon as it serves."""
        ...

    async def stop(self) -> None:
        """End it."""
        ...


@dataclass(frozen=True, slots=True)
class Files:
    """What belongs to a model beside its server."""

    problem: Callable[[], Awaitable[str | None]]
    """Says why the archive cannot serve, before anything is started."""
    thresholds: Callable[[], Thresholds | None]
    """How certain its matters must be to go alone; reads a file."""


class ModelServer:
    """A model, from its archive to its answers."""

    def __init__(
        self,
        name: str,
        server: Supervised,
        files: Files,
        *,
        parse_timeout: float,
        start_seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Nothing starts yet. `start_seconds` is how long it may take until it serves."""
        self.name = name
        self.breaker = Breaker(clock)
        self.client = RasaClient(lambda: server.base_url, timeout=parse_timeout, model=name)
        self.problem = ""
        """Why it is not usable; empty while it is, or before its first start."""
        self.thresholds: Thresholds | None = None
        self._server = server
        self._files = files
        self._start_seconds = start_seconds
        self._clock = clock
        self._passed = False
        self._away = False
        self._seen_ready = clock()
        self._retry_at = 0.0
        self._retry_pause = _RETRY_SECONDS
        self._users = 0
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def model(self) -> str:
        """Its name, for the records."""
        return self.name

    async def parse(self, text: str) -> Parse:
        """The model's ranking; raises `ClassifierUnavailable`."""
        return await self.client.parse(text)

    @property
    def ready(self) -> bool:
        """It passed its test and its server answers now."""
        return self._passed and self._server.ready

    def look(self) -> None:
        """See whether the server is there; one that has been gone for long is away."""
        if self._server.ready:
            self._seen_ready = self._clock()
        self._away = self._passed and self._clock() - self._seen_ready > AWAY_SECONDS

    @property
    def usable(self) -> bool:
        """It may be asked."""
        return self._passed and not self._away

    @property
    def hopeless(self) -> bool:
        """Something else has to read."""
        return bool(self.problem) or self._away

    @property
    def may_try(self) -> bool:
        """It is neither usable nor was it tried just now."""
        return not self._passed and self._clock() >= self._retry_at

    def try_now(self) -> None:
        """Somebody wants it anew: do not wait for the next try."""
        self._retry_at, self._retry_pause = 0.0, _RETRY_SECONDS

    async def bring_up(self, smoke: Smoke) -> None:
        """Start and test; afterwards it is usable, or `problem` says why not. Never raises."""
        began = self._clock()
        try:
            await self._brought_up(smoke)
        except LiandongError as exc:
            await self._gave_up(str(exc))
        except Exception as exc:
            # Outermost: whatever it was, another model goes on reading and this is tried again.
            await self._gave_up(f"模型 {self.name} 启动不了（{type(exc).__name__}）。")
        else:
            self.problem, self._retry_pause = "", _RETRY_SECONDS
            self._seen_ready, self._passed = self._clock(), True
            log.info("model.usable", model=self.name, seconds=round(self._clock() - began, 2))

    async def _brought_up(self, smoke: Smoke) -> None:
        problem = await self._files.problem()
        if problem is not None:
            raise LiandongError(problem)
        self.thresholds = await asyncio.to_thread(self._files.thresholds)
        await self._server.start()
        if not await self._server.wait_ready(self._start_seconds):
            raise LiandongError(
                f"模型 {self.name} 的服务没有启动起来；原因见数据目录里的 rasa-{self.name}.log。"
            )
        await smoke.test(self)

    async def _gave_up(self, problem: str) -> None:
        self.problem = problem
        self._retry_at = self._clock() + self._retry_pause
        self._retry_pause = min(self._retry_pause * 2, _LONGEST_RETRY)
        log.error("model.not_usable", model=self.name, problem=problem)
        await self._server.stop()

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """While a message is being read: the server is not stopped under it."""
        self._users += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._users -= 1
            if not self._users:
                self._idle.set()

    async def retire(self) -> None:
        """End it after the messages that it reads now; safe to call twice."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_DRAIN_SECONDS):
                await self._idle.wait()
        self._passed = False
        await self._server.stop()
        await self.client.aclose()
