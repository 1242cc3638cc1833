"""The models that work in this process, kept as the row says: active, previous, canary, shadow.

`follow` is given the row again and again and never waits. What is missing is brought up beside the
work; the readers change in one step when a model has proved itself; what has no part any more is
retired after its last message. A process that dies at any point comes up by the row alone.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from nlu.breaker import Breaker
from nlu.interpret import KEYWORDS
from nlu.language import Language
from nlu.model_server import ModelServer
from nlu.readers import Reader, Readers, ReaderUnderstander
from nlu.roles import Roles, roles, to_bring_up
from nlu.smoke import Smoke
from services.learning.models import Serving

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class FleetState:
    """What this process does now."""

    version: int
    """Of the row that it was last given."""
    roles: Roles
    problem: str
    """Why that is not (yet) what the row says; empty when it is."""


class Fleet:
    """Follows the row; `understander` is what messages are read with."""

    def __init__(
        self,
        make_server: Callable[[str], ModelServer],
        smoke_of: Callable[[Language], Smoke],
        language: Language,
    ) -> None:
        """`make_server` gives the server of a model by its name, not started."""
        self._make_server = make_server
        self._smoke_of = smoke_of
        self._language = language
        self._serving = Serving()
        self._roles = Roles()
        self._servers: dict[str, ModelServer] = {}
        self._starting: dict[str, asyncio.Task[None]] = {}
        self._retiring: set[asyncio.Task[None]] = set()
        self._stopped = False
        self.understander = ReaderUnderstander(self._readers())

    @property
    def ready(self) -> bool:
        """A model answers now."""
        server = self._servers.get(self._roles.active)
        return server is not None and server.ready

    @property
    def state(self) -> FleetState:
        """What this process does now."""
        return FleetState(self._serving.version, self._roles, self._problem())

    def follow(self, serving: Serving) -> None:
        """Do what the row says, as soon as it can be done. Cheap when nothing is new."""
        if self._stopped:
            return
        if serving.version != self._serving.version:
            for server in self._servers.values():
                server.try_now()
        self._serving = serving
        self._settle()
        self._bring_up()
        self._retire()

    def speak(self, language: Language) -> None:
        """Read with other words from the next message on: the county has changed."""
        self._language = language
        self.understander.readers = self._readers()

    async def stop(self) -> None:
        """End every server."""
        self._stopped = True
        for task in self._starting.values():
            task.cancel()
        await asyncio.gather(*self._starting.values(), *self._retiring, return_exceptions=True)
        await asyncio.gather(*(server.retire() for server in self._servers.values()))
        self._servers.clear()

    def _settle(self) -> None:
        """Give every part to whom it belongs now; one assignment changes all of them."""
        for server in self._servers.values():
            server.look()
        usable = {name for name, server in self._servers.items() if server.usable}
        hopeless = {name for name, server in self._servers.items() if server.hopeless}
        found = roles(self._serving, usable, hopeless, self._roles)
        townships = frozenset(self._serving.townships)
        if found == self._roles and townships == self.understander.readers.townships:
            return
        was, self._roles = self._roles, found
        self.understander.readers = self._readers()
        if found.active != was.active:
            log.info("model.switched", model=found.active or KEYWORDS, before=was.active)

    def _bring_up(self) -> None:
        settled = {name for name, server in self._servers.items() if not server.may_try}
        for name in to_bring_up(self._serving, settled, self._starting.keys()):
            server = self._servers.get(name) or self._make_server(name)
            self._servers[name] = server
            task = asyncio.create_task(self._brought_up(server), name=f"model {name}")
            self._starting[name] = task

    async def _brought_up(self, server: ModelServer) -> None:
        try:
            await server.bring_up(self._smoke_of(self._language))
        finally:
            if self._starting.get(server.name) is asyncio.current_task():
                del self._starting[server.name]
        self.follow(self._serving)

    def _retire(self) -> None:
        """What has no part and no turn to come; a start that nobody wants any more as well."""
        wanted = self._serving.names | self._roles.names
        for name in self._servers.keys() - wanted:
            starting = self._starting.pop(name, None)
            if starting is not None:
                starting.cancel()
            task = asyncio.create_task(_retired(self._servers.pop(name), starting))
            self._retiring.add(task)
            task.add_done_callback(self._retiring.discard)

    def _readers(self) -> Readers:
        active = self._reader(self._roles.active)
        words = Reader(KEYWORDS, self._language.reading(None, Breaker(time.monotonic), None))
        return Readers(
            active or words,
            self._reader(self._roles.canary),
            frozenset(self._serving.townships),
            self._reader(self._roles.shadow),
        )

    def _reader(self, name: str) -> Reader | None:
        server = self._servers.get(name)
        if server is None:
            return None
        reading = self._language.reading(server, server.breaker, server.thresholds)
        return Reader(name, reading, server)

    def _problem(self) -> str:
        """Of every part that is not as the row says, why; and who reads in the meantime."""
        said = [
            self._servers[name].problem or f"模型 {name} 的服务中断了，正在重新启动。"
            for name in sorted(self._serving.names)
            if name in self._servers and self._servers[name].hopeless
        ]
        active = self._serving.active
        if said and active and self._roles.active != active:
            reads = self._roles.active or "关键词"
            said.append(f"现在由 {reads} 识别。")
        return "".join(said)


async def _retired(server: ModelServer, starting: asyncio.Task[None] | None) -> None:
    if starting is not None:
        await asyncio.gather(starting, return_exceptions=True)
    await server.retire()
    log.info("model.retired", model=server.name)
