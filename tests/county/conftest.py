"""A database with the sample county, and the commands on it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from liandong.__main__ import make_app
from liandong.prepare import prepare
from liandong.settings import Settings
from tests.county.books import SAMPLE, written
from tests.county.desk import Desk

County = Callable[..., Result]


@pytest.fixture(scope="session")
def _sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    asyncio.run(prepare(Settings(data_dir=folder, database_url=""), sample=True))
    return folder


@pytest.fixture(scope="session")
def _sample_book() -> bytes:
    return written(SAMPLE)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"LIANDONG_{name.upper()}", raising=False)
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("LIANDONG_DATA_DIR", str(folder))
    monkeypatch.setenv("COLUMNS", "200")
    return folder


@pytest.fixture
def desk(_sample_folder: Path, settings: Path) -> Desk:
    """A database with the sample county."""
    shutil.copytree(_sample_folder, settings, dirs_exist_ok=True)
    return Desk(f"sqlite:///{settings / 'liandong.db'}")


@pytest.fixture
def sample_book(_sample_book: bytes, tmp_path: Path) -> Path:
    """The sample county's workbook."""
    path = tmp_path / "县.xlsx"
    path.write_bytes(_sample_book)
    return path


@pytest.fixture
def county(settings: Path) -> County:
    """`liandong county …`."""

    def run(*arguments: str | Path, answer: str | None = None) -> Result:
        words = ["county", *map(str, arguments)]
        return CliRunner().invoke(make_app("county"), words, input=answer)

    return run
