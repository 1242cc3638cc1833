"""Both faces of the service have one look, though neither adapter knows the other."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]


def palette(path: str) -> str:
    return (ROOT / path).read_text("utf-8").split(":root {")[1].split("}")[0]


def test_palette__is_the_same_for_residents_and_cadres() -> None:
    assert palette("bot/webchat/static/chat.css") == palette("console/static/work.css")
    assert palette("console/static/console.css") == palette("console/static/work.css")
