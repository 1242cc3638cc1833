"""A throw-away Redis without persistence; a test may stop it and start it again."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import redis

from tests.servers.binaries import redis_program
from tests.servers.folders import temporary_folder
from tests.servers.process import free_port, running


class RedisServer:
    """A Redis on one port."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.pid = 0
        self._folder = folder
        self._running: AbstractContextManager[int] | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it empty."""
        if self._running is not None:
            return
        command = [redis_program(), "--port", str(self.port), "--bind", "127.0.0.1"]
        command += ["--save", "", "--appendonly", "no", "--dir", str(self._folder)]
        self._running = running(
            command,
            folder=self._folder,
            user=None,
            stop_by=signal.SIGKILL,
            answers=self._answers,
        )
        self.pid = self._running.__enter__()

    def stop(self) -> None:
        """Take it away at once, as a crash would."""
        if self._running is not None:
            self._running.__exit__(None, None, None)
            self._running = None

    def flush(self) -> None:
        """Forget everything."""
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url, socket_timeout=2) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


@contextmanager
def redis_server() -> Iterator[RedisServer]:
    """A Redis in a temporary folder, on loopback, gone at the end."""
    with temporary_folder("redis") as folder:
        server = RedisServer(folder)
        try:
            server.start()
            yield server
        finally:
            server.stop()
