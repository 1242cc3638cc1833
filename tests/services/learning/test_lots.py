from __future__ import annotations

from services.learning.lots import Judged, honest, lot


def test_lot__is_the_same_for_ever() -> None:
    assert lot("inbox:17", "county") == 0.4499934962665678


def test_lot__is_spread_evenly() -> None:
    lots = [lot(f"inbox:{i}", "county") for i in range(4000)]
    tenths = [sum(n / 10 <= x < (n + 1) / 10 for x in lots) for n in range(10)]
    assert max(tenths) < 480 and min(tenths) > 320


def test_honest__stops_at_the_first_message_that_nobody_judged() -> None:
    found = honest([Judged(0.1, True), Judged(0.2, False), Judged(0.3, None), Judged(0.4, True)])
    assert found is not None and (found.right, found.drawn) == (1, 2)


def test_honest__nobody_judged_the_lowest() -> None:
    assert honest([Judged(0.1, None), Judged(0.2, True)]) is None


def test_honest__hard_messages_that_were_shown_first_do_not_lower_the_figure() -> None:
    easy = [Judged(i / 100, right=True) for i in range(50)]
    hard = [Judged(0.6 + i / 100, right=False) for i in range(30)]
    found = honest([*easy, Judged(0.55, None), *hard])
    assert found is not None and found.right == found.drawn == 50


def test_honest__interval_holds_wilsons_figures() -> None:
    found = honest(Judged(i / 100, right=i < 80) for i in range(100))
    assert found is not None and (round(found.low, 4), round(found.high, 4)) == (0.7112, 0.8666)
