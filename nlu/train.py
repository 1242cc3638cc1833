"""Trains the model for the present data, in Rasa's environment, unless it is there already."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from nlu.dataset import read_dataset
from nlu.dataset_checks import domain_intents, faults_of
from nlu.errors import BadTrainingData, TrainingFailed, TrainingStopped
from nlu.fingerprint import CODE, model_path
from nlu.rasa_env import rasa_environment

SCRATCH = ".training-"
"""How the folders begin in which a model is made."""
_LOW_PRIORITY = 10
_LOOK_SECONDS = 0.2
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

    `root` is a project: `domain.yml` and `nlu/` with configuration and sentences, apart from the
    code or not. Blocks for minutes; `on_progress` gets one line for each stage. Raises
    `BadTrainingData` before anything starts, and `TrainingFailed` with Rasa's last words.
    """
    target = model_path(root, out_dir)
    if target.is_file():
        return target
    refuse_faults(root)
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=out_dir) as scratch:
        train_into(root, rasa_python, target, Path(scratch), on_progress=on_progress)
    return target


def train_into(
    root: Path,
    rasa_python: Path,
    target: Path,
    scratch: Path,
    *,
    on_progress: Callable[[str], None] = lambda _: None,
    on_line: Callable[[str], None] = lambda _: None,
    stop: threading.Event | None = None,
) -> None:
    """Train a project and put the archive in its place, whole, at the end.

    Everything else goes to `scratch`, on the same disk as `target`. `on_line` gets what Rasa
    prints. `stop` ends it within a second, by `TrainingStopped`. Raises `TrainingFailed`.
    """
    _run(_command(root, rasa_python, scratch, target), scratch, on_progress, on_line, stop)
    made = scratch / target.name
    if not made.is_file():
        raise TrainingFailed("Rasa ended without a model")
    os.replace(made, target)


def refuse_faults(root: Path) -> None:
    """Raise `BadTrainingData` when the labelled sentences are not fit to learn from."""
    golden = read_dataset(root / "nlu" / "golden")
    faults = faults_of(read_dataset(root / "nlu" / "data"), domain_intents(root), golden=golden)
    if faults:
        told = "\n".join(f"{fault.file.parent.name}/{fault}" for fault in faults[:_MOST_FAULTS])
        raise BadTrainingData(f"训练例句里有 {len(faults)} 处要改:\n{told}")


def _command(root: Path, rasa_python: Path, out: Path, target: Path) -> list[str]:
    nlu = (root / "nlu").resolve()
    return [
        *(str(rasa_python), "-m", "nlu.rasa_child", "train", "nlu"),
        *("--config", str(nlu / "config.yml"), "--nlu", str(nlu / "data")),
        *("--domain", str((root / "domain.yml").resolve())),
        *("--out", str(out.resolve()), "--fixed-model-name", target.name.removesuffix(".tar.gz")),
    ]


def _run(
    command: list[str],
    scratch: Path,
    on_progress: Callable[[str], None],
    on_line: Callable[[str], None],
    stop: threading.Event | None,
) -> None:
    on_progress("loading Rasa")
    last: list[str] = []
    with (
        subprocess.Popen(  # noqa: S603 - our own words and paths only
            command,
            cwd=scratch,
            env=_environment(scratch),
            stdin=subprocess.PIPE,  # its end tells the child that we are gone
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        ) as process,
        _stoppable(process, stop),
    ):
        _lower_priority(process.pid)
        try:
            for line in process.stdout or ():
                last = [*last[1 - _TAIL_LINES :], line.rstrip()]
                on_line(line)
                if stage := _STAGE.search(line):
                    on_progress(f"{stage[1]} {stage[2]}")
            failed = process.wait() != 0
        except BaseException:
            process.kill()
            raise
    if stop is not None and stop.is_set():
        raise TrainingStopped
    if failed:
        raise TrainingFailed("\n".join(last))


def _environment(scratch: Path) -> dict[str, str]:
    """Our components are found wherever the project lies; all leftovers stay in one folder."""
    here = str(scratch.resolve())
    cache = str(scratch.resolve() / "cache")
    return {
        **rasa_environment(),
        "PYTHONPATH": str(CODE),
        "TMPDIR": here,
        "RASA_CACHE_DIRECTORY": cache,
    }


@contextlib.contextmanager
def _stoppable(process: subprocess.Popen[str], stop: threading.Event | None) -> Iterator[None]:
    """Kills the process when `stop` is set: whoever reads its lines cannot look meanwhile."""
    over = threading.Event()

    def watch() -> None:
        while stop is not None and not over.is_set():
            if stop.wait(_LOOK_SECONDS):
                process.kill()
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def _lower_priority(pid: int) -> None:
    try:
        os.setpriority(os.PRIO_PROCESS, pid, _LOW_PRIORITY)
    except OSError:
        return  # already gone: its exit status tells the rest
