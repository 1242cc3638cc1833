"""A database with the sample county, a tiny project, a trainer that waits for its word."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from liandong.prepare import prepare
from liandong.settings import Settings
from liandong.training.tools import Tools, training_tools
from tests.nlu.conftest import model
from tests.training.tiny import stand_in, tiny_project

__all__ = ["model"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a test trains."""

    settings: Settings
    project: Path
    held: Path
    """The stand-in's folder: `train` and `serve` let it work, `fail` fails it with these words,
    `small` lets it write a megabyte only."""

    def train(self) -> None:
        """Let the trainer work; the models' servers wait."""
        (self.held / "train").touch()

    def go(self) -> None:
        """Let trainer and servers work."""
        self.train()
        (self.held / "serve").touch()


@pytest.fixture
def place(tmp_path: Path, model: Path) -> Place:
    return made_place(tmp_path, model, tmp_path / "models")


def made_place(tmp_path: Path, model: Path, models: Path) -> Place:
    """A place whose models lie in `models`, the shipped one among them."""
    held = tmp_path / "held"
    held.mkdir()
    settings = Settings(
        data_dir=tmp_path / "var",
        models_dir=models,
        project_dir=tiny_project(tmp_path / "project"),
        rasa_python=stand_in(held, model),
    )
    settings.models_dir.mkdir(exist_ok=True)
    shutil.copy(model, settings.models_dir)  # the shipped one, that serves
    asyncio.run(prepare(settings, sample=True))
    return Place(settings, settings.project_dir, held)


@pytest.fixture
async def tools(place: Place) -> AsyncIterator[Tools]:
    async with training_tools(place.settings) as made:
        yield made
