"""A model server in this process that does what a test says: late, wrong, dead, slow."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from aiohttp import web

from nlu.model_server import Files, ModelServer
from nlu.thresholds import Thresholds

LABELS = {"路灯": "street_lamp", "水": "water_supply", "谢": "thanks"}


@dataclass
class StandIn:
    """`nlu.model_server.Supervised` that answers like the lean server does."""

    name: str
    labels: dict[str, str] = field(default_factory=lambda: dict(LABELS))
    comes_up: bool = True
    """Whether it ever serves."""
    seconds: float = 0.0
    """How long each answer takes."""
    problem: str | None = None
    """What is known against its archive."""
    started: int = 0
    stopped: int = 0
    asked: list[str] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    """Its start waits for this."""
    _runner: web.AppRunner | None = None
    _port: int = 9

    def __post_init__(self) -> None:
        self.gate.set()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def ready(self) -> bool:
        return self._runner is not None

    async def start(self) -> None:
        self.started += 1

    async def wait_ready(self, timeout: float) -> bool:
        await self.gate.wait()
        if self.comes_up and self._runner is None:
            await self.live()
        return self.ready

    async def live(self) -> None:
        """Serve, from now on."""
        app = web.Application()
        app.router.add_post("/model/parse", self._parse)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self._port = runner.addresses[0][1]
        self._runner = runner

    async def die(self) -> None:
        """Answer no more."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def stop(self) -> None:
        self.stopped += 1
        await self.die()

    async def _parse(self, request: web.Request) -> web.Response:
        text = (await request.json())["text"]
        self.asked.append(text)
        await asyncio.sleep(self.seconds)
        label = next((label for word, label in self.labels.items() if word in text), "road")
        ranking = [{"name": label, "confidence": 0.9}, {"name": "chitchat", "confidence": 0.1}]
        return web.json_response({"intent_ranking": ranking})


def model_server(
    stand_in: StandIn, *, thresholds: Thresholds | None = None, parse_timeout: float = 1.0
) -> ModelServer:
    """The stand-in as a model of the fleet."""

    async def problem() -> str | None:
        return stand_in.problem

    return ModelServer(
        stand_in.name,
        stand_in,
        Files(problem, lambda: thresholds),
        parse_timeout=parse_timeout,
        start_seconds=5,
    )
