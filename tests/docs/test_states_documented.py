"""The page of ticket states is the table of moves, not a memory of it."""

from __future__ import annotations

import pytest

from tests.docs.generated import PARTS, written


@pytest.mark.parametrize("name", ["states", "clocks", "moves", "guards", "diagram"])
def test_states__the_page_is_up_to_date(name: str) -> None:
    assert written(name) == PARTS[name][1]()
