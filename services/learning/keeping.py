"""Which old models keep their files. Pure decision, thin act; the row of a model stays for ever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from services.learning.books import ModelBook, ServingBook
from services.learning.models import Serving, TrainedModel
from services.ports import Clock

log = structlog.get_logger()


class ModelBin(Protocol):
    """Where archives are deleted."""

    async def delete(self, name: str, before: datetime) -> bool:
        """Delete a model's files unless they are younger; False: there were none."""
        ...


@dataclass(frozen=True, slots=True)
class KeepingRule:
    """What is kept whatever happens: models with a part, the newest, the young."""

    last: int
    """So many of the newest."""
    days: int
    """Everything younger."""


def removable(
    models: Sequence[TrainedModel], serving: Serving, rule: KeepingRule, now: datetime
) -> list[TrainedModel]:
    """Those whose files may go: no part, not among the newest, not young."""
    present = [model for model in models if model.removed_at is None]
    newest = sorted(present, key=lambda model: model.created_at, reverse=True)[: rule.last]
    kept = serving.names | {model.name for model in newest}
    old = now - timedelta(days=rule.days)
    return [model for model in present if model.name not in kept and model.created_at < old]


class Keeping:
    """Removes the files of old models."""

    def __init__(
        self,
        models: ModelBook,
        serving: ServingBook,
        files: ModelBin,
        rule: KeepingRule,
        clock: Clock,
    ) -> None:
        self._models = models
        self._serving = serving
        self._files = files
        self._rule = rule
        self._clock = clock

    async def run_once(self) -> int:
        """Remove what may go; how many models lost their files.

        The row is written first, under the lock of the row that says what serves: whatever is
        switched meanwhile, no model with a part loses its files. Files that a crash left behind
        go with the next pass.
        """
        now, gone = self._clock(), 0
        models = await self._models.models()
        for model in removable(models, await self._serving.serving(), self._rule, now):
            if await self._models.remove(model.name, now):
                gone += 1
        for model in await self._models.models():
            if model.removed_at and await self._files.delete(model.name, model.removed_at):
                log.info("model.files_removed", model=model.name)
        return gone
