"""Stops asking a classifier that is down, and asks again a few seconds later.

Without it every resident would wait for the timeout while the server starts or is stuck.
"""

from __future__ import annotations

from collections.abc import Callable


class Breaker:
    """Closed: calls go through. Open: none do. Half-open: one call probes."""

    def __init__(
        self, clock: Callable[[], float], *, failures: int = 3, rest_seconds: float = 3.0
    ) -> None:
        """`clock` gives monotonic seconds; `failures` in a row open the breaker."""
        self._clock = clock
        self._limit = failures
        self._rest = rest_seconds
        self._failed = 0
        self._next_probe: float | None = None

    @property
    def is_open(self) -> bool:
        """True while calls are refused or only probed."""
        return self._next_probe is not None

    def allows(self) -> bool:
        """Whether a call may be made now; while open, one call for each rest."""
        if self._next_probe is None:
            return True
        if self._clock() < self._next_probe:
            return False
        self._next_probe = self._clock() + self._rest
        return True

    def succeeded(self) -> None:
        """A call came back: close."""
        self._failed = 0
        self._next_probe = None

    def failed(self) -> None:
        """A call failed: count, and open at the limit."""
        self._failed += 1
        if self._failed >= self._limit:
            self._next_probe = self._clock() + self._rest
