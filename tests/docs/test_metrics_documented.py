"""The page of metrics is what the code computes, and its examples are what it answers."""

from __future__ import annotations

import pytest

from tests.docs.generated import METRICS, PARTS, written
from tests.docs.pages import code, section, table
from tickets.integrity import Fault
from tickets.metrics import wilson


@pytest.mark.parametrize("name", ["metrics", "metrics-notes"])
def test_metrics__the_page_is_up_to_date(name: str) -> None:
    assert written(name) == PARTS[name][1]()


def test_intervals__of_the_page_are_right() -> None:
    rows = table(section(METRICS, "Small samples"))
    assert len(rows) >= 5
    for row in rows:
        hits, of = (int(cell) for cell in row[0].split(" of "))
        low, high = wilson(hits, of)
        assert [f"{hits / of:.0%}", f"{low:.0%} to {high:.0%}"] == row[1:3]


def test_faults__each_is_on_the_page() -> None:
    rows = table(section(METRICS, "Whether the history is whole"))
    assert [code(row[0]) for row in rows] == [str(fault) for fault in Fault]
