"""What makes a process a runner: low priority, and an end when it is asked to end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import threading

from liandong.settings import Settings
from liandong.training.runner import run_job
from liandong.training.tools import training_tools
from liandong.training.watch import TIED
from services.learning.jobs import Job

_LOW_PRIORITY = 10


async def run_here(number: int, settings: Settings) -> Job:
    """Work on a job in this process. Raises `NotClaimed`, `LostJob`, `NoDatabase`."""
    _lower_priority()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    if os.environ.pop(TIED, ""):
        threading.Thread(target=_wait_for_end_of_input, daemon=True).start()
    async with training_tools(settings) as tools:
        return await run_job(number, tools, stop)


def _lower_priority() -> None:
    """Residents come first. Linux derives the priority of reading and writing from this one."""
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, _LOW_PRIORITY)


def _wait_for_end_of_input() -> None:
    with contextlib.suppress(OSError):
        while os.read(0, 1024):
            pass
    os.kill(os.getpid(), signal.SIGTERM)
