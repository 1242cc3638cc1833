"""The sample county's database, as for the commands on a county's data."""

from __future__ import annotations

import pytest

from liandong.terminal import err, out
from tests.county.conftest import _sample_folder, desk, settings

__all__ = ["_sample_folder", "desk", "settings"]


@pytest.fixture(autouse=True)
def _wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables break no sentence, however wide the terminal of whoever runs the tests is."""
    for console in (out, err):
        monkeypatch.setattr(console, "width", 300)
