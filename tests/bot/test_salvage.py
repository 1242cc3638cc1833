"""What is kept of updates that the libraries cannot read."""

from __future__ import annotations

import pytest

from bot.salvage import salvage
from tests.bot.raw import said


def test_salvage__words_and_sender_survive() -> None:
    raw = said(text="路灯坏了", forward_origin={"type": "hologram"})
    core = salvage(raw)
    assert core is not None
    assert core["message"]["text"] == "路灯坏了"
    assert "forward_origin" not in core["message"]


@pytest.mark.parametrize("raw", [None, [], 3, {}, {"update_id": "1"}, {"update_id": True}])
def test_salvage__without_update_id_nothing(raw: object) -> None:
    assert salvage(raw) is None


@pytest.mark.parametrize("body", [None, 3, {}, {"from": {}}, {"from": {"id": "x"}}])
def test_salvage__nobody_spoke(body: object) -> None:
    assert salvage({"update_id": 1, "message": body}) == {"update_id": 1}
