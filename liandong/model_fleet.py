"""Puts the fleet of one process together: servers of the models' folder, in the county's words."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from liandong.settings import ROOT, Settings
from nlu.archive import (
    ArchiveFolder,
    UnusableArchive,
    archive_path,
    rasa_version,
    read_archive,
    refuse_other_rasa,
    thresholds_path,
)
from nlu.fleet import Fleet
from nlu.interpret import county_vocabulary
from nlu.language import Language
from nlu.model_server import Files, ModelServer
from nlu.rasa_server import RasaServer
from nlu.smoke import Smoke, held_out
from nlu.thresholds import Thresholds, read_thresholds
from routing.county import County
from routing.errors import LiandongError
from services.learning.books import ModelBook
from services.learning.models import TrainedModel

START_SECONDS = 180.0
_OF_ALL = "thresholds.yml"


def language_of(
    settings: Settings, county: County, became: Mapping[str, str] | None = None
) -> Language:
    """The county's words; `became` names what its matters were called before."""
    lists = settings.project_dir / "nlu" / "keywords"
    folder = lists if lists.is_dir() else ROOT / "nlu" / "keywords"
    return Language.load(county_vocabulary(county, became), folder)


def thresholds_of(settings: Settings, name: str) -> Thresholds | None:
    """Those of the model where it has some, else the project's. Raises `BadThresholds`: a model
    must not go out with other thresholds than its own."""
    own = thresholds_path(settings.models_dir, name)
    file = own if own.is_file() else settings.project_dir / "nlu" / _OF_ALL
    return read_thresholds(file)


class Archives:
    """The models' folder, in the light of what was registered where there is a book."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.models_dir
        self._rasa = rasa_version(settings.rasa_python)
        self.book: ModelBook | None = None
        """Set as soon as there is a database."""

    async def problem(self, name: str) -> str | None:
        """Why the archive of a model cannot serve, in Chinese."""
        model = await self._registered(name)
        if model is not None:
            return await ArchiveFolder(self._folder, self._rasa).problem(model)
        return await asyncio.to_thread(self._by_itself, name)

    async def _registered(self, name: str) -> TrainedModel | None:
        try:
            return await self.book.model(name) if self.book is not None else None
        except LiandongError:
            return None  # the database is away: no reason to leave residents to the word lists

    def _by_itself(self, name: str) -> str | None:
        try:
            found = read_archive(archive_path(self._folder, name))
            refuse_other_rasa(name, found.rasa, self._rasa)
        except UnusableArchive as exc:
            return str(exc)
        return None


def make_fleet(settings: Settings, language: Language, archives: Archives) -> Fleet:
    """No server starts yet."""

    def server(name: str) -> ModelServer:
        rasa = RasaServer(
            ROOT,
            settings.rasa_python,
            archive_path(settings.models_dir, name),
            log_of(settings, name),
            lean=settings.nlu_server == "lean",
        )
        return ModelServer(
            name,
            rasa,
            Files(partial(archives.problem, name), partial(thresholds_of, settings, name)),
            parse_timeout=settings.parse_timeout,
            start_seconds=START_SECONDS,
        )

    # A test without sentences would let everything through.
    sentences = held_out(settings.project_dir / "nlu" / "golden") or held_out(
        ROOT / "nlu" / "golden"
    )

    def smoke(words: Language) -> Smoke:
        return Smoke(sentences, words.vocabulary.labels, words.vocabulary.became)

    return Fleet(server, smoke, language)


def log_of(settings: Settings, name: str) -> Path:
    """Where the server of a model logs."""
    return settings.data_dir / f"rasa-{name}.log"
