"""The sample county's database, as for the commands on a county's data."""

from __future__ import annotations

from tests.county.conftest import _sample_folder, desk, settings

__all__ = ["_sample_folder", "desk", "settings"]
