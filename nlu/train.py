"""Trains the model for the present data, in Rasa's environment, unless it is there already."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from nlu.dataset import read_dataset
from nlu.dataset_checks import domain_intents, faults_of
from nlu.errors import BadTrainingData, TrainingFailed
from nlu.fingerprint import model_path
from nlu.rasa_env import rasa_environment

_LOW_PRIORITY = 10
_TAIL_LINES = 15
_MOST_FAULTS = 20
_STAGE = re.compile(r"(Starting to train|Finished training) component '(\w+)'")


def train(
    root: Path,
    rasa_python: Path,
    out_dir: Path,
    on_progress: Callable[[str], None] = lambda _: None,
) -> Path:
    """The model's archive `nlu-<fingerprint>.tar.gz`; a file under that name is always whole.

    Blocks for minutes; `on_progress` gets one line for each stage. Raises `BadTrainingData`
    before anything starts, and `TrainingFailed` with Rasa's last words.
    """
    target = model_path(root, out_dir)
    if target.is_file():
        return target
    refuse_faults(root)
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".training-", dir=out_dir) as scratch:
        _run(root, _command(rasa_python, Path(scratch), target), on_progress)
        made = Path(scratch) / target.name
        if not made.is_file():
            raise TrainingFailed("Rasa ended without a model")
        os.replace(made, target)
    return target


def refuse_faults(root: Path) -> None:
    """Raise `BadTrainingData` when the labelled sentences are not fit to learn from."""
    golden = read_dataset(root / "nlu" / "golden")
    faults = faults_of(read_dataset(root / "nlu" / "data"), domain_intents(root), golden=golden)
    if faults:
        told = "\n".join(f"{fault.file.parent.name}/{fault}" for fault in faults[:_MOST_FAULTS])
        raise BadTrainingData(f"训练例句里有 {len(faults)} 处要改:\n{told}")


def _command(rasa_python: Path, out: Path, target: Path) -> list[str]:
    return [
        *(str(rasa_python), "-m", "nlu.rasa_child", "train", "nlu"),
        *("--config", "nlu/config.yml", "--nlu", "nlu/data", "--domain", "domain.yml"),
        *("--out", str(out.resolve()), "--fixed-model-name", target.name.removesuffix(".tar.gz")),
    ]


def _run(root: Path, command: list[str], on_progress: Callable[[str], None]) -> None:
    on_progress("loading Rasa")
    last: list[str] = []
    with subprocess.Popen(  # noqa: S603 - our own words and paths only
        command,
        cwd=root,
        env=rasa_environment(),
        stdin=subprocess.PIPE,  # its end tells the child that we are gone
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    ) as process:
        _lower_priority(process.pid)
        try:
            for line in process.stdout or ():
                last = [*last[1 - _TAIL_LINES :], line.rstrip()]
                if stage := _STAGE.search(line):
                    on_progress(f"{stage[1]} {stage[2]}")
            failed = process.wait() != 0
        except BaseException:
            process.kill()
            raise
    if failed:
        raise TrainingFailed("\n".join(last))


def _lower_priority(pid: int) -> None:
    try:
        os.setpriority(os.PRIO_PROCESS, pid, _LOW_PRIORITY)
    except OSError:
        return  # already gone: its exit status tells the rest
