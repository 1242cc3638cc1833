"""The whole service as its own process, started as an operator starts it, ended or killed."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
_ADDRESS = re.compile(r"(http://127\.0\.0\.1:\d+)/work")


@dataclass
class Running:
    """One service process."""

    process: asyncio.subprocess.Process
    url: str
    data_dir: Path
    printed: list[str]

    async def killed(self) -> int:
        """Wait until the process has died; its exit code."""
        return await asyncio.wait_for(self.process.wait(), 30)

    async def stop(self) -> int:
        """Ctrl-C, as in a terminal."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGINT)
        return await asyncio.wait_for(self.process.wait(), 30)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """The settings of a test's service: keywords only unless said otherwise, quick clocks."""
    quick = {
        "LIANDONG_NLU": "false",
        "LIANDONG_DATA_DIR": str(data_dir),
        "LIANDONG_SWEEP_SECONDS": "0.2",
        "LIANDONG_LEASE_SECONDS": "2",
        "RASA_TELEMETRY_ENABLED": "false",
        "COLUMNS": "200",
    }
    named = {f"LIANDONG_{name.upper()}": value for name, value in settings.items()}
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("LIANDONG_")}
    return inherited | quick | named


@contextlib.asynccontextmanager
async def running(
    data_dir: Path, *, die_at: str = "", port: int = 0, **settings: str
) -> AsyncIterator[Running]:
    """`liandong run --demo`; with `die_at` a process that kills itself at that point."""
    module = ["tests.acceptance.dying", die_at] if die_at else ["liandong"]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *module,
        "run",
        "--demo",
        "--port",
        str(port),
        cwd=ROOT,
        env=environment(data_dir, **settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    printed: list[str] = []
    assert process.stdout is not None
    try:
        url = await asyncio.wait_for(_address(process.stdout, printed), 120)
        draining = asyncio.create_task(_drain(process.stdout, printed))
        service = Running(process, url, data_dir, printed)
        yield service
        await service.stop()
        await draining
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _address(lines: asyncio.StreamReader, printed: list[str]) -> str:
    async for raw in lines:
        printed.append(raw.decode())
        if found := _ADDRESS.search(printed[-1]):
            return found[1]
    raise AssertionError("the service ended:\n" + "".join(printed))


async def _drain(lines: asyncio.StreamReader, printed: list[str]) -> None:
    async for raw in lines:
        printed.append(raw.decode())


async def command(data_dir: Path, *arguments: str, typed: str = "", **settings: str) -> str:
    """Run one `liandong` command on the same data; what it prints. `typed` is its input."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "liandong",
        *arguments,
        cwd=ROOT,
        env=environment(data_dir, **settings),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    printed, complaints = await process.communicate(typed.encode())
    assert process.returncode == 0, complaints.decode()
    return printed.decode()


async def classifier_ready(url: str, seconds: float = 120) -> None:
    """Wait until the model serves."""
    async with httpx.AsyncClient(base_url=url) as client, asyncio.timeout(seconds):
        while not (await client.get("/health/ready")).json()["classifier"]:
            await asyncio.sleep(0.2)


def rows(data_dir: Path, query: str) -> list[tuple[object, ...]]:
    """What the database of a service holds, read from outside."""
    with contextlib.closing(sqlite3.connect(data_dir / "liandong.db")) as connection:
        return connection.execute(query).fetchall()


def descendants(pid: int) -> list[int]:
    """Every process below `pid`."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += [int(child), *descendants(int(child))]
    return found
