"""The environment in which every Rasa process of ours runs: silent, small, calling nobody."""

from __future__ import annotations

import os
from pathlib import Path

_SETTINGS = {
    "RASA_TELEMETRY_ENABLED": "false",  # it reports home otherwise
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "SANIC_WORKERS": "1",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
    "PYTHONUNBUFFERED": "1",
    "PYTHONHASHSEED": "0",
    "NO_COLOR": "1",
}
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")


def rasa_environment() -> dict[str, str]:
    """Variables for a child: nothing of ours (tokens, database addresses) is handed on."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {"LANG": "C.UTF-8", **kept, **_SETTINGS}


def rasa_python(root: Path) -> Path:
    """Rasa's interpreter: `LIANDONG_RASA_PYTHON`, or `.venv-rasa` beside the project."""
    named = os.environ.get("LIANDONG_RASA_PYTHON")
    return Path(named) if named else root / ".venv-rasa" / "bin" / "python"
