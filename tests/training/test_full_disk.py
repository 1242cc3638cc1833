"""A disk that really fills up while a model is made: a small file system of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from liandong.training.active import active_archive
from liandong.training.problems import DISK_FULL
from liandong.training.tools import training_tools
from services.learning.jobs import JobState
from tests.training.conftest import Place, made_place
from tests.training.test_runner import half_archives, queued, run


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Room for one model and a half."""
    folder = tmp_path / "disk"
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", "size=30m", "liandong-test", str(folder)]
    if subprocess.run(["mount", *options], capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk is not permitted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def cramped(tmp_path: Path, model: Path, small_disk: Path) -> Place:
    return made_place(tmp_path, model, small_disk)


async def test_full_disk__the_old_model_serves_on_and_nothing_is_left(cramped: Place) -> None:
    cramped.go()
    async with training_tools(cramped.settings) as tools:
        job = await run(tools, await queued(tools))
        serving = await tools.serving.serving()
    assert (job.state, job.problem) == (JobState.FAILED, DISK_FULL)
    assert half_archives(cramped) == []
    archives = [f.name for f in cramped.settings.models_dir.glob("*.tar.gz")]
    assert len(archives) == 1 and active_archive(cramped.settings, serving) is not None
