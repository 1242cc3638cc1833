"""A running service follows the row that says which models serve, and says how far it is.

The row is looked at every second, and at once when a switch in this process (or, with Redis, in
another) wakes us. What is seen is told in the database, so that the console and the command line
know whether it was taken up.
"""

from __future__ import annotations

import os
import socket
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from liandong.bootstrap import Core
from liandong.classifier import Classifier
from liandong.registering import register_archive
from liandong.settings import Settings
from nlu.archive import archive_path
from nlu.interpret import KEYWORDS
from routing.errors import LiandongError
from services.learning.books import MODELS_TOPIC, SYSTEM, Follower
from services.learning.models import Serving

log = structlog.get_logger()

LOOK_SECONDS = 1.0
TELL_SECONDS = 10.0


class ModelFollowing:
    """Shows the row to this process's models."""

    def __init__(
        self,
        settings: Settings,
        classifier: Classifier,
        core: Core,
    ) -> None:
        self._settings = settings
        self._classifier = classifier
        self._core = core
        self._desk = core.models
        self._name = f"{socket.gethostname()}:{os.getpid()}"
        self._told: Follower | None = None
        self._told_at: datetime | None = None

    async def begin(self) -> None:
        """Begin with the row as it is; before the loop is in use, with the model of the files."""
        self._classifier.archives.book = self._desk.models
        if self._classifier.fleet is None:
            return
        row = await self._desk.serving.serving()
        if await self._is_ours(row):
            # It is written down by `run`: the residents need not wait for that.
            row = replace(row, active=self._classifier.first, previous="")
        self._classifier.follow(row)

    async def run(self) -> None:
        """Follow for ever."""
        if self._classifier.fleet is None:
            return
        await self._adopt()
        while True:
            try:
                self._classifier.follow(await self._desk.serving.serving())
                await self._tell()
            except LiandongError as exc:
                # What serves goes on; the row is looked at again.
                log.warning("models.not_followed", error=type(exc).__name__)
            await self._core.coordination.wakeups.wait(MODELS_TOPIC, LOOK_SECONDS)

    async def end(self) -> None:
        """Say that this process ends."""
        if self._told is None:
            return
        try:
            await self._desk.followers.gone(self._name)
        except LiandongError as exc:
            log.warning("models.not_told", error=type(exc).__name__)

    async def _adopt(self) -> None:
        """Write down that the model of the files serves, where nobody ever chose another."""
        first = self._classifier.first
        try:
            if await self._is_ours(await self._desk.serving.serving()):
                archive = archive_path(self._settings.models_dir, first)
                sentences = self._settings.project_dir / "nlu" / "data"
                await register_archive(self._desk.models, archive, SYSTEM, sentences)
                await self._desk.switching.adopt(first)
        except LiandongError as exc:
            log.warning("models.not_adopted", error=type(exc).__name__, problem=str(exc))

    async def _is_ours(self, row: Serving) -> bool:
        """Whether it is for this process to say what serves: nobody has chosen anything."""
        if row.active == self._classifier.first:
            return await self._desk.models.model(row.active) is None
        return not row.active or not await self._desk.serving.is_begun()

    async def _tell(self) -> None:
        state = self._classifier.state
        if state is None:
            return
        now = self._core.clock()
        told = Follower(
            self._name,
            now,
            state.version,
            state.roles.active or KEYWORDS,
            state.roles.canary,
            state.roles.shadow,
            state.problem,
            self._core.reads_along.behind,
        )
        same = self._told is not None and replace(told, seen_at=self._told.seen_at) == self._told
        if same and self._told_at and now - self._told_at < timedelta(seconds=TELL_SECONDS):
            return
        await self._desk.followers.seen(told)
        self._told, self._told_at = told, now
