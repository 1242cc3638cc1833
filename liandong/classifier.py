"""The classifier of one process: our models, or somebody's server, with keywords behind them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from liandong.county_files import SAMPLE_COUNTY, read_sheets
from liandong.model_fleet import (
    START_SECONDS,
    Archives,
    language_of,
    make_fleet,
    thresholds_of,
)
from liandong.settings import Settings
from liandong.shipped import first_serving
from liandong.somebodys_server import SomebodysServer
from nlu.breaker import Breaker
from nlu.fleet import Fleet, FleetState
from nlu.interpret import KEYWORDS
from nlu.language import Language
from nlu.readers import Reader, Readers, ReaderUnderstander
from routing.county import County
from routing.county_tables import load_county
from routing.errors import LiandongError
from services.learning.models import Serving

_EXTERNAL_SECONDS = 20.0
_LOOK_SECONDS = 1.0


class ClassifierDidNotStart(LiandongError):
    """The Rasa server does not answer; ours logs to rasa-….log, else check LIANDONG_RASA_URL."""


class Classifier:
    """Starts, watches and stops what understands texts."""

    def __init__(
        self,
        settings: Settings,
        language: Language,
        serving: Serving | None = None,
        *,
        external: SomebodysServer | None = None,
        on_ready: Callable[[float], None] = lambda _seconds: None,
    ) -> None:
        """With `serving` our own models, that of `active` to begin with; `external` is somebody's
        server; neither: keywords."""
        self._settings = settings
        self._serving = serving or Serving()
        self.first = self._serving.active
        """The model that serves while nobody has said which."""
        self.archives = Archives(settings)
        fleet = make_fleet(settings, language, self.archives) if serving is not None else None
        self.fleet = fleet
        self._external = external
        self._on_ready = on_ready
        self._watching: asyncio.Task[None] | None = None
        self.understander = (
            fleet.understander
            if fleet is not None
            else external.understander
            if external is not None
            else ReaderUnderstander(_words_only(language))
        )

    @property
    def ready(self) -> bool:
        """A model answers now."""
        if self.fleet is not None:
            return self.fleet.ready
        return self._external is not None and self._external.ready

    @property
    def state(self) -> FleetState | None:
        """What our own models do now; None without any."""
        return self.fleet.state if self.fleet is not None else None

    def follow(self, serving: Serving) -> None:
        """Let our own models do what the row says; where it says nothing the first one serves."""
        self._serving = replace(serving, active=serving.active or self.first)
        if self.fleet is not None:
            self.fleet.follow(self._serving)

    async def prepared(self, county: County, became: Mapping[str, str]) -> Callable[[], None]:
        """Get the words of a county ready; what is returned lets messages be read in them.

        The old ones serve meanwhile.
        """
        language = await asyncio.to_thread(language_of, self._settings, county, became)
        return partial(self._speak, language)

    def _speak(self, language: Language) -> None:
        if self.fleet is not None:
            self.fleet.speak(language)
        elif self._external is not None:
            self._external.speak(language)
        else:
            self.understander.readers = _words_only(language)

    async def start(self) -> None:
        """Begin, and return at once."""
        if self._external is not None:
            self._external.start()
        if self.fleet is not None:
            self.follow(self._serving)
            self._watching = asyncio.create_task(self._watch(self.fleet), name="classifier")

    async def wait_ready(self) -> None:
        """Wait for the model; returns at once when only keywords are wanted."""
        if self.fleet is None and self._external is None:
            return
        seconds = _EXTERNAL_SECONDS if self._external else START_SECONDS + 5
        try:
            async with asyncio.timeout(seconds):
                while not self.ready:
                    if self.state is not None and self.state.problem:
                        raise ClassifierDidNotStart(self.state.problem)
                    await asyncio.sleep(0.1)
        except TimeoutError as exc:
            raise ClassifierDidNotStart(ClassifierDidNotStart.__doc__) from exc

    async def _watch(self, fleet: Fleet) -> None:
        """Look after the servers even where nobody shows the fleet a row."""
        began, told = time.monotonic(), False
        while True:
            fleet.follow(self._serving)
            if fleet.ready and not told:
                told = True
                self._on_ready(time.monotonic() - began)
            await asyncio.sleep(_LOOK_SECONDS if told else 0.1)

    async def stop(self) -> None:
        """End our own servers and let go of the connections."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        if self.fleet is not None:
            await self.fleet.stop()
        if self._external is not None:
            await self._external.stop()


def make_classifier(
    settings: Settings,
    serving: Serving | None = None,
    *,
    on_ready: Callable[[float], None] = lambda _seconds: None,
) -> Classifier:
    """The classifier that the settings ask for, in the words of the sample county.

    It begins with the active model of `serving`; without one with that of the present files, which
    is trained first where it is missing.
    """
    language = language_of(settings, load_county(read_sheets(SAMPLE_COUNTY)))
    if not settings.nlu:
        return Classifier(settings, language, on_ready=on_ready)
    if settings.rasa_url:
        timeout, thresholds = settings.parse_timeout, thresholds_of(settings, "")
        external = SomebodysServer(
            settings.rasa_url, language, thresholds, timeout=timeout, on_ready=on_ready
        )
        return Classifier(settings, language, external=external, on_ready=on_ready)
    first = Serving(active=first_serving(settings, serving or Serving()).active)
    return Classifier(settings, language, first, on_ready=on_ready)


def _words_only(language: Language) -> Readers:
    return Readers(Reader(KEYWORDS, language.reading(None, Breaker(time.monotonic), None)))
