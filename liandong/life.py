"""A demonstration that begins with some days of life, played in a child beside the first training.

The days are played on a virtual clock into a database of their own, which is then put in the place
of the empty one: a running service would take the deadlines of past days for overslept ones.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import structlog

from liandong.settings import Settings
from liandong.terminal import steps

log = structlog.get_logger()

DATABASE = "liandong.db"


class Life:
    """Some days of a sample county for an empty demonstration."""

    def __init__(self, settings: Settings, days: float) -> None:
        self._folder = settings.data_dir
        self._days = days
        self._played: Path | None = None
        self._child: subprocess.Popen[bytes] | None = None
        own = settings.demo and not settings.database_url
        self._wanted = days > 0 and own and not (self._folder / DATABASE).exists()

    def begin(self) -> None:
        """Start playing beside whatever else is to be done; nothing where a database is there."""
        if not self._wanted:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        self._played = Path(tempfile.mkdtemp(prefix=".life-", dir=self._folder))
        command = [sys.executable, "-m", "liandong", "simulate-county", "--web-only", "--json"]
        command += ["--days", str(self._days), "--out", str(self._played)]
        with (self._folder / "life.log").open("wb") as told:
            # Our own command with numbers and a folder of our own.
            self._child = subprocess.Popen(command, stdout=told, stderr=told)  # noqa: S603

    def settle(self) -> bool:
        """Wait for the days and put them in place; False when there are none.

        A demonstration without life is better than none: what went wrong is in `life.log`.
        """
        if self._child is None or self._played is None:
            return False
        with steps() as progress:
            task = progress.add_task("演示数据 days of the sample county", total=None)
            came_well = self._child.wait() == 0
            done = "演示数据 days of the sample county" + ("" if came_well else "：没有 none")
            progress.update(task, total=1, completed=1, description=done)
        if came_well:
            for name in (DATABASE, "media"):
                if (self._played / name).exists():
                    (self._played / name).replace(self._folder / name)
        else:
            log.warning("life.not_played", status=self._child.returncode)
        shutil.rmtree(self._played, ignore_errors=True)
        return came_well

    def stop(self) -> None:
        """End the child; does nothing when it has ended."""
        if self._child is not None and self._child.poll() is None:
            self._child.terminate()
            self._child.wait()
        if self._played is not None:
            shutil.rmtree(self._played, ignore_errors=True)
