"""A server process that ends with the test run, however the test run ends."""

from __future__ import annotations

import ctypes
import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)


class ServerFailed(Exception):
    """A server did not come up; the message ends with its own words."""


def free_port() -> int:
    """A loopback port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def unprivileged() -> str | None:
    """Somebody to run PostgreSQL as, which refuses root; None when we are not root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _end_with(parent: int, how: signal.Signals) -> Callable[[], None]:
    def in_child() -> None:
        # After the change of user, which would clear it. The kernel keeps the promise.
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(how), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return in_child


def account(user: str | None) -> dict[str, object]:
    """How `subprocess` is told to run as `user`."""
    if user is None:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


@contextmanager
def running(
    command: Sequence[str],
    *,
    folder: Path,
    user: str | None,
    stop_by: signal.Signals,
    answers: Callable[[], bool],
) -> Iterator[int]:
    """Start `command`, wait until it answers, give its pid, stop it at the end."""
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=_end_with(os.getpid(), stop_by),
            **account(user),  # type: ignore[call-overload]  # keyword names vary with the user
        )
    try:
        deadline = time.monotonic() + 30
        while not answers():
            if process.poll() is not None or time.monotonic() > deadline:
                raise ServerFailed(f"{command[0]} did not start: {log.read_text()[-2000:]}")
            time.sleep(0.02)
        yield process.pid
    finally:
        if process.poll() is None:
            process.send_signal(stop_by)
            process.wait(20)
