"""The servers of the tests come up, are empty for each test, and never outlive the run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from tests.servers import binaries
from tests.servers.folders import temporary_folder
from tests.servers.redis import RedisServer

ROOT = Path(__file__).parents[2]

# A shell's background job ignores SIGINT, and Python keeps to that: here it must not.
RUN = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from tests.servers.postgres import postgres_server
from tests.servers.folders import temporary_folder
from tests.servers.redis import redis_server
with postgres_server() as postgres, redis_server() as redis:
    print(postgres.pid, redis.pid, flush=True)
    signal.pause()
"""


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_servers__end_with_the_run_however_it_ends(how: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", RUN],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as run:
        assert run.stdout is not None
        pids = [int(pid) for pid in run.stdout.readline().split()]
        assert len(pids) == 2 and all(_lives(pid) for pid in pids)
        run.send_signal(how)
        run.wait(30)
    deadline = time.monotonic() + 20
    while any(_lives(pid) for pid in pids):
        assert time.monotonic() < deadline, "a server outlived its test run"
        time.sleep(0.02)


@pytest.mark.parametrize("_again", [1, 2])
def test_postgres_url__is_a_fresh_migrated_database(postgres_url: str, _again: int) -> None:
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT count(*) FROM cadre_codes").fetchone() == (0,)
        connection.execute("INSERT INTO cadre_codes VALUES ('d', 'c', now(), NULL)")


def test_postgres__runs_as_nobody_special(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        found = connection.execute("SHOW data_directory").fetchone()
    assert found is not None
    assert os.geteuid() != 0 or Path(found[0]).stat().st_uid != 0


def test_folders__of_killed_runs_are_taken_away(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = tmp_path / f"liandong-test-redis-{ended.pid}-abc"
    left.mkdir()
    with temporary_folder("redis") as ours, temporary_folder("redis"):
        assert ours.exists() and not left.exists()
    assert not ours.exists()


def test_redis__can_be_stopped_and_started(redis: RedisServer) -> None:
    redis.stop()
    assert not _lives(redis.pid)
    redis.start()
    assert _lives(redis.pid)


def test_missing_program__says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(binaries.MissingServer, match="apt-get install redis-server"):
        binaries.redis_program()
    monkeypatch.setattr(binaries, "DEBIAN", tmp_path)
    with pytest.raises(binaries.MissingServer, match="apt-get install postgresql"):
        binaries.postgres_program("initdb")
