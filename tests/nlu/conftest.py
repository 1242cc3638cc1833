"""The real model behind the real Rasa server, trained once for the present data."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from nlu.client import RasaClient
from nlu.rasa_env import rasa_python
from nlu.rasa_server import RasaServer
from nlu.train import train
from tests.nlu.project import ROOT

START_SECONDS = 120


@pytest.fixture(scope="session")
def model() -> Path:
    """The archive for the present data; trained when it is not there."""
    return train(ROOT, rasa_python(ROOT), ROOT / "models")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def server(
    model: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[RasaServer]:
    """A supervised server that answers."""
    log = tmp_path_factory.mktemp("rasa") / "rasa.log"
    supervised = RasaServer(ROOT, rasa_python(ROOT), model, log)
    await supervised.start()
    assert await supervised.wait_ready(START_SECONDS), log.read_text(encoding="utf-8")[-2000:]
    yield supervised
    await supervised.stop()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def client(server: RasaServer) -> AsyncIterator[RasaClient]:
    """A client of that server, patient enough for a busy machine."""
    rasa = RasaClient(lambda: server.base_url, timeout=10)
    yield rasa
    await rasa.aclose()
