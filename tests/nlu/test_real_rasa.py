"""The shipped data, trained by Rasa and served by Rasa."""

from __future__ import annotations

import asyncio
import csv
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from nlu.breaker import Breaker
from nlu.client import RasaClient
from nlu.interpret import Interpreter
from nlu.keywords import KeywordClassifier
from nlu.rasa_env import rasa_environment, rasa_python
from nlu.rasa_server import RasaServer
from nlu.train import train
from nlu.understand import ModelUnderstander
from tests.nlu.conftest import START_SECONDS
from tests.nlu.project import CATALOGUE, EMERGENCIES, MATTERS, ROOT, VOCABULARY, examples

in_one_loop = pytest.mark.asyncio(loop_scope="session")


def understander(client: RasaClient) -> ModelUnderstander:
    words = KeywordClassifier.load(ROOT / "nlu" / "keywords", MATTERS)
    breaker = Breaker(time.monotonic)
    return ModelUnderstander(client, breaker, Interpreter(words, VOCABULARY))


@in_one_loop
async def test_real__the_story_of_the_lamp(client: RasaClient) -> None:
    found = await understander(client).understand("府城镇高壁村三组路灯坏了三天没人管")
    assert (found.kind, found.matter, found.degraded) == ("appeal", "street_lamp", False)
    assert any("路灯" in piece for piece in found.evidence)


@in_one_loop
async def test_real__held_out_sentences_stay_above_the_floor(client: RasaClient) -> None:
    golden = examples("golden")
    parses = [await client.parse(example.text) for example in golden]
    pairs = list(zip(golden, parses, strict=True))
    right = sum(p.ranking[0].label == g.intent for g, p in pairs)
    typed = [
        p.appeal_type.label == g.appeal_type for g, p in pairs if g.appeal_type and p.appeal_type
    ]
    assert right / len(golden) >= 0.79
    assert sum(typed) / len(typed) >= 0.78


@in_one_loop
async def test_real__must_pass_sentences_pass(client: RasaClient) -> None:
    """The plainest sentences, which no model may ever get wrong."""
    service = understander(client)
    wrong = []
    with (ROOT / "nlu" / "golden" / "must_pass.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found = await service.understand(row["text"])
            said = {
                "kind": found.kind,
                "matter": found.matter,
                "group": CATALOGUE[found.matter]["group"] if found.matter else None,
                "urgent": str(int(found.urgent)),
                "confidential": str(int(found.confidential)),
            }
            if said[row["field"]] != row["value"]:
                wrong.append(row)
    assert wrong == []


@in_one_loop
async def test_real__held_out_emergencies_are_urgent(client: RasaClient) -> None:
    service = understander(client)
    urgent = [
        (await service.understand(e.text)).urgent
        for e in examples("golden")
        if e.intent in EMERGENCIES
    ]
    assert sum(urgent) / len(urgent) >= 0.9


@in_one_loop
async def test_real__dangers_written_after_the_rules_are_heard(client: RasaClient) -> None:
    """`nlu/dev/dangers.csv` was never trained on; its second batch is younger than every rule."""
    service = understander(client)
    with (ROOT / "nlu" / "dev" / "dangers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    heard = [row for row in rows if (await service.understand(row["text"])).urgent]
    dangers = [row for row in rows if row["urgent"] == "1"]
    right = [row for row in heard if row["urgent"] == "1"]
    assert len(right) / len(dangers) >= 0.95
    assert len(right) / len(heard) >= 0.9


@in_one_loop
async def test_real__a_leading_slash_is_text(client: RasaClient) -> None:
    found = await client.parse("/road")
    assert found.ranking[0].confidence < 1.0 and len(found.ranking) > 1


@in_one_loop
async def test_real__two_thousand_characters_are_read(client: RasaClient) -> None:
    found = await understander(client).understand("村口的路灯坏了,黑灯瞎火。" * 200)
    assert (found.matter, found.degraded) == ("street_lamp", False)


@in_one_loop
async def test_real__a_killed_server_comes_back(server: RasaServer, client: RasaClient) -> None:
    before = server.pid
    assert before is not None
    os.kill(before, signal.SIGKILL)
    while server.pid in (before, None):
        await asyncio.sleep(0.1)
    assert await server.wait_ready(START_SECONDS)
    assert (await client.parse("路灯坏了")).ranking[0].label == "street_lamp"


def test_real__a_second_training_is_none(model: Path) -> None:
    began = time.monotonic()
    assert train(ROOT, rasa_python(ROOT), model.parent) == model
    assert time.monotonic() - began < 2


def test_real__the_server_dies_with_a_killed_parent(model: Path, tmp_path: Path) -> None:
    script = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from nlu.rasa_server import RasaServer\n"
        "async def main():\n"
        "    server = RasaServer(*(Path(a) for a in sys.argv[1:]))\n"
        "    await server.start()\n"
        "    while server.pid is None: await asyncio.sleep(0.05)\n"
        "    print(server.pid, flush=True)\n"
        "    await asyncio.sleep(600)\n"
        "asyncio.run(main())\n"
    )
    arguments = [str(ROOT), str(rasa_python(ROOT)), str(model), str(tmp_path / "log")]
    with subprocess.Popen(
        [sys.executable, "-c", script, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as parent:
        child = int(parent.stdout.readline()) if parent.stdout else 0
        parent.kill()
    assert _gone(child, seconds=20)


def _gone(pid: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").split()[2]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


def test_data__intents_are_the_domains_intents() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    trained = {example.intent for example in examples("data")}
    assert set(domain["intents"]) == trained >= set(CATALOGUE)


def test_stock__rasa_test_nlu_finds_config_and_model(model: Path, tmp_path: Path) -> None:
    """`rasa test nlu` reads config.yml, domain.yml and models/ where Rasa expects them."""
    sentences = tmp_path / "some"  # all of them take minutes
    sentences.mkdir()
    for name in ("road.yml", "bridge.yml"):
        shutil.copy(ROOT / "nlu" / "golden" / name, sentences / name)
    command = [
        str(rasa_python(ROOT)),
        "-m",
        "rasa",
        "test",
        "nlu",
        "--nlu",
        str(sentences),
        "--out",
        str(tmp_path),
        "--no-plot",
    ]
    done = subprocess.run(
        command, cwd=ROOT, env=rasa_environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert (tmp_path / "intent_report.json").is_file()
