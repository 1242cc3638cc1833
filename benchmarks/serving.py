"""The model behind our own server, behind stock Rasa, and stock DIET behind stock Rasa.

    .venv/bin/python -m benchmarks.serving --seconds 10 --callers 1 16

All three in one run on one machine, one after another, with the held-out sentences and no memory
of answers. DIET is trained for one epoch on a few sentences of each intent: how quickly it
answers does not depend on how well it has learnt.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import statistics
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import aiohttp

from liandong.settings import ROOT, Settings
from nlu.client import guarded
from nlu.dataset import Example, read_dataset
from nlu.fingerprint import model_path
from nlu.rasa_env import rasa_environment
from nlu.rasa_server import free_port

_DIET = """recipe: default.v1
assistant_id: diet
language: en
pipeline:
  - name: WhitespaceTokenizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
  - name: DIETClassifier
    epochs: 1
    entity_recognition: false
policies: []
"""
_EACH = 12
_START_SECONDS = 300.0


def trained_diet(python: Path, examples: Sequence[Example], folder: Path) -> Path:
    """A model of stock parts."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for example in examples:
        if len(blocks[example.intent]) < _EACH and not set("[](){}\"'") & set(example.text):
            blocks[example.intent].append(example.text)
    lines = ['version: "3.1"', "nlu:"]
    for intent, texts in blocks.items():
        lines += [f"- intent: {intent}", "  examples: |", *(f"    - {text}" for text in texts)]
    (folder / "nlu.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "config.yml").write_text(_DIET, encoding="utf-8")
    command = [str(python), "-m", "rasa", "train", "nlu", "--config", "config.yml"]
    command += ["--nlu", "nlu.yml", "--out", ".", "--fixed-model-name", "diet"]
    subprocess.run(command, cwd=folder, env=rasa_environment(), check=True, capture_output=True)
    return folder / "diet.tar.gz"


@contextmanager
def serving(command: Sequence[str]) -> Iterator[int]:
    """A server process that ends with the block."""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=rasa_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield process.pid
        finally:
            process.kill()


async def came_up(url: str) -> float:
    """Seconds until the server has its model."""
    began = time.perf_counter()
    async with aiohttp.ClientSession() as http:
        while time.perf_counter() - began < _START_SECONDS:
            try:
                async with http.get(f"{url}/status") as answer:
                    if answer.ok and (await answer.json()).get("model_file"):
                        return time.perf_counter() - began
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)
    raise TimeoutError("the server did not start")


async def load(url: str, texts: Sequence[str], callers: int, seconds: float) -> list[float]:
    """Milliseconds of each call."""
    took: list[float] = []
    end = time.perf_counter() + seconds

    async def caller(http: aiohttp.ClientSession, number: int) -> None:
        chosen = random.Random(number)
        while time.perf_counter() < end:
            body = {"text": guarded(chosen.choice(texts))}
            began = time.perf_counter()
            async with http.post(f"{url}/model/parse", json=body) as answer:
                await answer.read()
                answer.raise_for_status()
            took.append((time.perf_counter() - began) * 1000)

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=callers)) as http:
        await asyncio.gather(*(caller(http, number) for number in range(callers)))
    return took


def _resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


async def measure(
    name: str, command: list[str], port: int, texts: Sequence[str], options: argparse.Namespace
) -> None:
    """One server under each number of callers; prints rows of the table."""
    url = f"http://127.0.0.1:{port}"
    with serving(command) as pid:
        start = await came_up(url)
        await load(url, texts, 4, 2.0)
        for callers in options.callers:
            took = await load(url, texts, callers, options.seconds)
            memory = _resident_mb(pid)
            print(
                f"| {name} | {callers} | {len(took) / options.seconds:.0f} "
                f"| {statistics.median(took):.2f} | {_percentile(took, 0.99):.2f} "
                f"| {memory:.0f} | {start:.1f} |",
                flush=True,
            )


def main() -> None:
    """Run all three."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--callers", type=int, nargs="+", default=[1, 16])
    parser.add_argument("--no-diet", action="store_true")
    options = parser.parse_args()
    settings = Settings()
    python, archive = settings.rasa_python, model_path(ROOT, settings.models_dir)
    texts = [example.text for example in read_dataset(ROOT / "nlu" / "golden").examples]
    stock = [str(python), "-m", "rasa", "run", "--enable-api", "--interface", "127.0.0.1"]
    print("| server | callers | a second | p50 ms | p99 ms | memory MB | start s |")
    print("|---|---|---|---|---|---|---|")
    port = free_port()
    lean = [str(python), "-m", "nlu.components.lean_server", "--remembered", "0"]
    lean += ["--model", str(archive), "--port", str(port)]
    asyncio.run(measure("ours, our model", lean, port, texts, options))
    port = free_port()
    command = [*stock, "--port", str(port), "--model", str(archive)]
    asyncio.run(measure("stock Rasa, our model", command, port, texts, options))
    if options.no_diet:
        return
    folder = Path(tempfile.mkdtemp(prefix="diet-"))
    try:
        diet = trained_diet(python, read_dataset(ROOT / "nlu" / "data").examples, folder)
        port = free_port()
        command = [*stock, "--port", str(port), "--model", str(diet)]
        asyncio.run(measure("stock Rasa, stock DIET", command, port, texts, options))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
