"""The classifier of one process: a Rasa server, ours or somebody's, with keywords behind it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import structlog

from liandong.county_files import SAMPLE_COUNTY, read_sheets
from liandong.settings import ROOT, Settings
from liandong.terminal import steps
from nlu.breaker import Breaker
from nlu.client import RasaClient
from nlu.divider import Divider
from nlu.fingerprint import model_path
from nlu.interpret import Interpreter, vocabulary_of
from nlu.keywords import KeywordClassifier
from nlu.rasa_server import RasaServer
from nlu.thresholds import read_thresholds
from nlu.train import train
from nlu.understand import ModelUnderstander
from routing.errors import LiandongError
from services.ports import Understander

log = structlog.get_logger()

NOWHERE = "http://127.0.0.1:9"
_READY_SECONDS = 180.0
_EXTERNAL_SECONDS = 20.0
_LOOK_SECONDS = 2.0


class ClassifierDidNotStart(LiandongError):
    """The Rasa server does not answer; ours logs to rasa.log, else check LIANDONG_RASA_URL."""


class Classifier:
    """Starts, watches and stops what understands texts."""

    def __init__(
        self,
        understander: ModelUnderstander,
        client: RasaClient,
        *,
        server: RasaServer | None = None,
        external: str = "",
        on_ready: Callable[[float], None] = lambda _seconds: None,
    ) -> None:
        """`server` is our own child, `external` the address of somebody's; neither: keywords."""
        self.understander: Understander = understander
        self._client = client
        self._server = server
        self._external = external
        self._external_ready = False
        self._on_ready = on_ready
        self._watching: asyncio.Task[None] | None = None

    @property
    def ready(self) -> bool:
        """The model answers now."""
        if self._server is not None:
            return self._server.ready
        return self._external_ready

    async def start(self) -> None:
        """Begin, and return at once."""
        if self._server is not None:
            await self._server.start()
        if self._server is not None or self._external:
            self._watching = asyncio.create_task(self._watch(), name="classifier")

    async def wait_ready(self) -> None:
        """Wait for the model; returns at once when only keywords are wanted."""
        if self._server is None and not self._external:
            return
        seconds = _EXTERNAL_SECONDS if self._external else _READY_SECONDS + 5
        try:
            async with asyncio.timeout(seconds):
                while not self.ready:
                    if self._watching is not None and self._watching.done():
                        raise ClassifierDidNotStart(ClassifierDidNotStart.__doc__)
                    await asyncio.sleep(0.1)
        except TimeoutError as exc:
            raise ClassifierDidNotStart(ClassifierDidNotStart.__doc__) from exc

    async def _watch(self) -> None:
        began = time.monotonic()
        if self._server is not None:
            if await self._server.wait_ready(_READY_SECONDS):
                self._on_ready(time.monotonic() - began)
            return
        async with httpx.AsyncClient(timeout=_LOOK_SECONDS, trust_env=False) as http:
            while True:
                was = self._external_ready
                self._external_ready = await self._answers(http)
                if self._external_ready and not was:
                    self._on_ready(time.monotonic() - began)
                await asyncio.sleep(_LOOK_SECONDS if was else 0.3)

    async def _answers(self, http: httpx.AsyncClient) -> bool:
        try:
            answer = await http.get(f"{self._external.rstrip('/')}/status")
        except (httpx.HTTPError, httpx.InvalidURL):
            return False
        return answer.is_success

    async def stop(self) -> None:
        """End our own server and let go of the connections."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        if self._server is not None:
            await self._server.stop()
        await self._client.aclose()


def shipped_model(settings: Settings) -> Path | None:
    """The trained model for the present data, if there is one."""
    path = model_path(ROOT, settings.models_dir)
    return path if path.is_file() else None


def train_if_needed(settings: Settings) -> None:
    """Train the shipped model when there is none for the present data; says what it does."""
    if not settings.nlu or settings.rasa_url or shipped_model(settings) is not None:
        return
    with steps() as progress:
        task = progress.add_task("训练识别模型 training the model", total=None)

        def told(stage: str) -> None:
            progress.update(task, description=f"训练识别模型 training the model: {stage}")

        train(ROOT, settings.rasa_python, settings.models_dir, told)
        progress.update(task, total=1, completed=1, description="识别模型已训练 model trained")


def make_classifier(
    settings: Settings, *, on_ready: Callable[[float], None] = lambda _seconds: None
) -> Classifier:
    """The classifier that the settings ask for."""
    sheets = read_sheets(SAMPLE_COUNTY)
    vocabulary = vocabulary_of(sheets["catalogue"], sheets["divisions"])
    server = None
    base_url: str | Callable[[], str] = NOWHERE
    model = "rasa"
    if settings.nlu and settings.rasa_url:
        base_url = settings.rasa_url
    elif settings.nlu:
        train_if_needed(settings)
        archive = model_path(ROOT, settings.models_dir)
        log_file = settings.data_dir / "rasa.log"
        lean = settings.nlu_server == "lean"
        server = RasaServer(ROOT, settings.rasa_python, archive, log_file, lean=lean)
        own = server
        base_url = lambda: own.base_url  # noqa: E731
        model = archive.name.removesuffix(".tar.gz")
    client = RasaClient(base_url, timeout=settings.parse_timeout, model=model)
    words = KeywordClassifier.load(ROOT / "nlu" / "keywords", vocabulary.matters)
    needed = read_thresholds(ROOT / "nlu" / "thresholds.yml")
    interpreter = Interpreter(words, vocabulary, needed)
    understander = ModelUnderstander(
        client if settings.nlu else None,
        Breaker(time.monotonic),
        interpreter,
        Divider(interpreter, vocabulary),
    )
    external = settings.rasa_url if settings.nlu else ""
    return Classifier(understander, client, server=server, external=external, on_ready=on_ready)
