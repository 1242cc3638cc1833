"""When a classifier that is down is asked again."""

from __future__ import annotations

from nlu.breaker import Breaker


class Seconds:
    """A clock that tests move by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def opened(clock: Seconds) -> Breaker:
    breaker = Breaker(clock, failures=3, rest_seconds=5)
    for _ in range(3):
        breaker.failed()
    return breaker


def test_breaker__opens_after_failures_in_a_row() -> None:
    assert not opened(Seconds()).allows()


def test_breaker__a_success_between_failures_keeps_it_closed() -> None:
    breaker = Breaker(Seconds(), failures=2, rest_seconds=5)
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.allows()


def test_breaker__lets_one_probe_through_after_the_rest() -> None:
    clock = Seconds()
    breaker = opened(clock)
    clock.now = 5.0
    assert [breaker.allows(), breaker.allows()] == [True, False]


def test_breaker__failed_probe_rests_again() -> None:
    clock = Seconds()
    breaker = opened(clock)
    clock.now = 5.0
    breaker.allows()
    breaker.failed()
    clock.now = 9.9
    assert not breaker.allows()


def test_breaker__good_probe_closes() -> None:
    clock = Seconds()
    breaker = opened(clock)
    clock.now = 5.0
    breaker.allows()
    breaker.succeeded()
    assert [breaker.allows(), breaker.allows(), breaker.is_open] == [True, True, False]
