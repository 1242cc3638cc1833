from __future__ import annotations

import pytest

from tests.services.town import Town


@pytest.fixture
def town() -> Town:
    return Town()
