"""One running process: web server, bots, background work, and Rasa as a child."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator

import structlog
import uvicorn

from liandong.accounts import sample_accounts
from liandong.bootstrap import Core, bootstrap
from liandong.bots import Bots, TelegramBot, make_bots
from liandong.classifier import Classifier
from liandong.loops import repeat
from liandong.model_following import ModelFollowing
from liandong.secret import session_secret
from liandong.settings import Settings
from liandong.training.watch import TrainingWatch
from liandong.webapp import create_web
from routing.errors import LiandongError
from services.errors import DeliveryError
from storage.job_book import SqlJobBook

log = structlog.get_logger()

HOT_SPOT_SECONDS = 10.0
CLOSING_SECONDS = 120.0
REPARSE_SECONDS = 3.0
FILES_SECONDS = 2.0
CORRECTIONS_SECONDS = 15.0
SENTENCES_SECONDS = 3.0
TIDY_SECONDS = 5.0
DUTY_SECONDS = 3600.0
KEEPING_SECONDS = 3600.0
_SHUTDOWN_SECONDS = 3
_DEAF_SECONDS = 120.0


class CannotListen(LiandongError):
    """The web server's address is in use; set LIANDONG_PORT to another one, or to 0."""


class _Server(uvicorn.Server):
    """Leaves signals to the service, which has more to stop than the web server."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Service:
    """Starts everything, runs until asked to stop, stops everything."""

    def __init__(
        self,
        settings: Settings,
        classifier: Classifier,
        *,
        on_listening: Callable[[str], None] = lambda _url: None,
    ) -> None:
        """`on_listening` gets the web server's address as soon as it answers."""
        self._settings = settings
        self._classifier = classifier
        self._on_listening = on_listening
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Ask the service to end; a second call changes nothing."""
        self._stopping.set()

    async def run(self) -> None:
        """Serve until `stop`, SIGINT or SIGTERM."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stop)
        understander = self._classifier.understander
        core = await bootstrap(
            self._settings,
            understander,
            trial=lambda: understander.townships,
            shadow=lambda: understander.readers.shadow,
            speak=self._classifier.prepared,
        )
        self._following = ModelFollowing(self._settings, self._classifier, core)
        bots = make_bots(core)
        tasks: list[asyncio.Task[None]] = []
        try:
            await self._following.begin()
            await self._classifier.start()
            server = await self._web(core, bots)
            tasks = [asyncio.create_task(step, name=name) for name, step in self._work(core, bots)]
            await self._wait(server, tasks)
        finally:
            await self._end(core, bots, tasks)

    async def _web(self, core: Core, bots: Bots) -> _Server:
        settings = self._settings

        async def health() -> dict[str, object]:
            return await self._health(core, bots)

        demo = settings.demo and settings.is_loopback
        web = create_web(
            core,
            secret=session_secret(settings),
            hooks=bots.hooks,
            health=health,
            demo=demo,
            demo_accounts=await sample_accounts(core.accounts, core.office()) if demo else (),
        )
        config = uvicorn.Config(
            web,
            host=settings.host,
            port=settings.port,
            # The address of a chat is its key: no access log.
            access_log=False,
            log_config=None,
            server_header=False,
            timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
            limit_concurrency=2000,
        )
        server = _Server(config)
        self._serving = asyncio.create_task(_serve(server), name="web")
        # uvicorn has no event for "listening", only this flag.
        while not server.started and not self._serving.done():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        if self._serving.done():
            raise CannotListen(CannotListen.__doc__)
        port = server.servers[0].sockets[0].getsockname()[1]
        host = settings.host if ":" not in settings.host else f"[{settings.host}]"
        self._on_listening(f"http://{host}:{port}")
        return server

    def _work(
        self, core: Core, bots: Bots
    ) -> Iterator[tuple[str, Coroutine[object, object, None]]]:
        settings = self._settings
        yield "relay", core.relay(bots.senders).run()
        yield "sweep", repeat("sweep", _no_rush(core.processor.sweep), settings.sweep_seconds)
        yield (
            "escalation",
            repeat("escalation", core.escalation.run_once, settings.escalation_seconds),
        )
        yield "hot-spots", repeat("hot-spots", core.hot_watch.run_once, HOT_SPOT_SECONDS)
        closings = core.closing_watch.run_once
        yield "closings", repeat("closings", closings, CLOSING_SECONDS)
        yield "reparse", repeat("reparse", self._reparse(core), REPARSE_SECONDS)
        gather = core.labelling.gathering.run_once
        yield "corrections", repeat("corrections", gather, CORRECTIONS_SECONDS)
        edits = core.editing.run_once
        yield "sentences", repeat("sentences", _no_rush(edits), SENTENCES_SECONDS)
        yield "tidy", repeat("tidy", core.database.tidy, TIDY_SECONDS)
        yield "duty", repeat("duty", _no_rush(core.duty_watch.run_once), DUTY_SECONDS)
        yield "county", repeat("county", _renewed(core), settings.county_seconds)
        trainings = SqlJobBook(core.database)
        yield "training", TrainingWatch(trainings, settings, core.clock).run()
        yield "models", self._following.run()
        keeping = core.models.keeping
        yield "old-models", repeat("old-models", _no_rush(keeping.run_once), KEEPING_SECONDS)
        yield "shadow", core.reads_along.run()
        files = core.files(bots.sources)
        yield "files", repeat("files", _no_rush(files.run_once), FILES_SECONDS)
        for name, bot in bots.running.items():
            yield f"telegram-{name}", self._telegram(name, bot)

    def _reparse(self, core: Core) -> Callable[[], Awaitable[int]]:
        async def step() -> int:
            return await core.reparse.run_once() if self._classifier.ready else 0

        return step

    async def _telegram(self, name: str, bot: TelegramBot) -> None:
        """Webhook where configured, long polling otherwise; registering is tried until it works."""
        settings = self._settings
        secret = settings.telegram_webhook_secret.get_secret_value()
        pause = 1.0
        while True:
            try:
                if settings.public_url and secret:
                    url = f"{settings.public_url.rstrip('/')}/telegram/{name}"
                    await bot.register_webhook(url, secret)
                    return
                await bot.delete_webhook()
                break
            except DeliveryError as exc:
                log.warning("telegram.not_registered", bot=name, error=type(exc).__name__)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 60.0)
        await bot.start_polling()

    async def _health(self, core: Core, bots: Bots) -> dict[str, object]:
        state: dict[str, object] = {"classifier": self._classifier.ready}
        if self._classifier.state is not None:
            state["model"] = self._classifier.state.roles.active
            state["models_version"] = self._classifier.state.version
            state["models_problem"] = self._classifier.state.problem
        try:
            state["waiting"] = len(await core.inbox.left_over(core.clock(), 1000))
            state["set_aside"] = await core.inbox.stuck()
            state["undeliverable"] = await core.outbox.stuck()
            state["database"] = True
        except LiandongError:
            state["database"] = False
        for name, bot in bots.running.items():
            if name not in bots.hooks:
                last = bot.last_poll_at
                deaf = last is None or time.monotonic() - last > _DEAF_SECONDS
                state[f"telegram_{name}"] = not deaf
        return state

    async def _wait(self, server: _Server, tasks: list[asyncio.Task[None]]) -> None:
        stopping = asyncio.create_task(self._stopping.wait())
        await asyncio.wait({stopping, self._serving}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        server.should_exit = True

    async def _end(self, core: Core, bots: Bots, tasks: list[asyncio.Task[None]]) -> None:
        serving = getattr(self, "_serving", None)
        if serving is not None:
            await asyncio.wait({serving}, timeout=_SHUTDOWN_SECONDS + 2)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for _name, bot in bots.running.items():
            await bot.close()
        await self._following.end()
        await core.close()
        await self._classifier.stop()


async def _serve(server: _Server) -> None:
    # uvicorn ends the process when it cannot bind; the service says it in a sentence instead.
    with contextlib.suppress(SystemExit):
        await server.serve()


def _no_rush(step: Callable[[], Awaitable[int]]) -> Callable[[], Awaitable[int]]:
    """A step whose finds need no second look at once."""

    async def calm() -> int:
        await step()
        return 0

    return calm


def _renewed(core: Core) -> Callable[[], Awaitable[int]]:
    """Take up a changed county; whoever is gone from it has their tickets looked at at once."""

    async def step() -> int:
        changed = await core.renew_county()
        if changed:
            await core.escalation.wake_gone()
        return changed

    return step
