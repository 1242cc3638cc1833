"""Ticket numbers that people read as examples pass our own check."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, pages
from tickets.number import find

_NUMBER = re.compile(r"LD-\d{8}-\d{4,7}-\d")


@pytest.mark.parametrize("page", [*pages(), ROOT / "domain.yml"], ids=lambda page: page.name)
def test_example_numbers__have_a_right_check_digit(page: Path) -> None:
    shown = set(_NUMBER.findall(page.read_text(encoding="utf-8")))
    assert shown == {number for text in shown for number in find(text)}
