"""Keeps a model server running as a child process on a free loopback port: ours, or stock Rasa.

Importing Rasa takes many seconds, so the application starts without waiting: residents are
answered by keywords until `ready`. A server that dies or hangs is started again, more and more
slowly; it never outlives the application (see rasa_child).
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import IO

import httpx
import structlog

from nlu.rasa_env import rasa_environment

log = structlog.get_logger()

_POLL_SECONDS = 0.2
_START_SECONDS = 180.0
_HEALTH_SECONDS = 5.0
_HEALTH_FAILURES = 3
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 30.0
_STOP_SECONDS = 5.0
_MOST_FAILED_STARTS = 3
"""So often in a row a server may end before it serves: by then it is not an accident."""


class RasaServer:
    """Supervises one `rasa run --enable-api` with one model."""

    def __init__(
        self, root: Path, rasa_python: Path, model: Path, log_file: Path, *, lean: bool = False
    ) -> None:
        """Nothing starts yet. `root` holds `nlu/`; the log is begun anew at each first start.

        `lean` starts our own small server instead of the stock one:
        `nlu.components.lean_server`.
        """
        self._lean = lean
        self._root = root
        self._python = rasa_python
        self._model = model.resolve()
        self._log_file = log_file
        self._port = free_port()
        self._process: Process | None = None
        self._task: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()
        self._settled = asyncio.Event()
        self.starts = 0
        """How often the server was started, for diagnosis."""

    @property
    def base_url(self) -> str:
        """Where it answers; may change when it is started again."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def ready(self) -> bool:
        """The model is loaded and the server answers."""
        return self._ready.is_set()

    @property
    def pid(self) -> int | None:
        """The server process, while there is one."""
        running = self._process is not None and self._process.returncode is None
        return self._process.pid if running and self._process else None

    async def start(self) -> None:
        """Begin to supervise and return at once."""
        if self._task is None:
            self._log_file.parent.mkdir(parents=True, exist_ok=True)
            self._log_file.write_bytes(b"")
            self._settled.clear()
            self._task = asyncio.create_task(self._supervise(), name="rasa-server")

    async def wait_ready(self, timeout: float) -> bool:
        """True as soon as it serves; False when `timeout` seconds passed, or when its first three
        starts failed (it is still tried again)."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                await self._settled.wait()
        return self.ready

    async def stop(self) -> None:
        """End the server and whatever it started. Safe to call twice."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None
        await self._end()

    async def _supervise(self) -> None:
        failed = 0
        # Loopback without TLS: reading the system's certificates would hold up the loop for 60 ms.
        plain = httpx.AsyncHTTPTransport(verify=False)
        async with httpx.AsyncClient(transport=plain, timeout=_HEALTH_SECONDS) as http:
            while True:
                failed = 0 if await self._lived(http) else failed + 1
                self._ready.clear()
                if failed < _MOST_FAILED_STARTS:
                    self._settled.clear()
                else:
                    self._settled.set()
                await self._end()
                await asyncio.sleep(min(_FIRST_PAUSE * 2 ** max(0, failed - 1), _LONGEST_PAUSE))
                self._port = free_port()

    async def _lived(self, http: httpx.AsyncClient) -> bool:
        """One life of the server, from its start to its end; whether it ever served."""
        try:
            process = await self._spawn()
        except OSError as exc:
            log.error("rasa.not_started", error=type(exc).__name__)
            return False
        if not await self._came_up(process, http):
            return False
        self._ready.set()
        self._settled.set()
        await self._watch(process, http)
        return True

    async def _spawn(self) -> Process:
        self.starts += 1
        with self._log_file.open("ab") as log:
            self._process = await self._launch(log)
        return self._process

    async def _launch(self, log: IO[bytes]) -> Process:
        return await asyncio.create_subprocess_exec(
            *(str(self._python), "-m", *_module(self._lean)),
            *("--interface", "127.0.0.1", "--port", str(self._port)),
            *("--model", str(self._model)),
            cwd=self._root,
            env=rasa_environment(),
            stdin=PIPE,  # its end tells the child that we are gone
            stdout=log,
            stderr=log,
            start_new_session=True,
        )

    async def _came_up(self, process: Process, http: httpx.AsyncClient) -> bool:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_START_SECONDS):
                while process.returncode is None:
                    if await self._serves(http):
                        return True
                    await asyncio.sleep(_POLL_SECONDS)
        return False

    async def _watch(self, process: Process, http: httpx.AsyncClient) -> None:
        failures = 0
        while process.returncode is None and failures < _HEALTH_FAILURES:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_HEALTH_SECONDS):
                    await process.wait()
                    return
            failures = 0 if await self._serves(http) else failures + 1

    async def _serves(self, http: httpx.AsyncClient) -> bool:
        """Whether our model answers there: somebody else's server on the port is not ours."""
        try:
            answer = await http.get(f"{self.base_url}/status")
            return answer.is_success and answer.json().get("model_file") == self._model.name
        except (httpx.HTTPError, ValueError, AttributeError):
            return False

    async def _end(self) -> None:
        self._ready.clear()
        process, self._process = self._process, None
        if process is None:
            return
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, number)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_STOP_SECONDS):
                    await process.wait()
                    break
        if process.stdin is not None:
            process.stdin.close()


def _module(lean: bool) -> tuple[str, ...]:
    return ("nlu.components.lean_server",) if lean else ("nlu.rasa_child", "run", "--enable-api")


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
