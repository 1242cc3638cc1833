"""The health of invented data."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from services.learning.drift import WeekRead, drift_of
from services.learning.edits import Count
from services.learning.health import Confusion, DataHealth, IntentHealth
from services.learning.lots import Honest
from services.learning.review_items import Disagreement, Share
from tests.console.stand_ins import NOW, county

MONDAY = date(2026, 11, 23)
NOTHING = DataHealth(
    NOW, (), Share("real", 0, 0), (), drift_of(()), Disagreement(Share("", 0, 0), (), (), ()), None
)


def week(back: int, **labels: int) -> WeekRead:
    """So many weeks ago; a tenth of it without the model."""
    count = sum(labels.values())
    start = MONDAY - timedelta(weeks=back)
    return WeekRead(start, {"" if k == "unknown" else k: n for k, n in labels.items()},
                    0.42 * count, count // 10)  # fmt: skip


def calm() -> list[WeekRead]:
    """Eleven weeks alike, one of them with hardly a message."""
    weeks = [week(n, road=60 + n % 5, water_supply=40, unknown=9) for n in range(11, 0, -1)]
    weeks[2] = week(9, road=3)
    return weeks


def sick() -> DataHealth:
    """Something of everything that the page can say."""
    intents = [
        IntentHealth("straw_burning", Count(4, 0), 0, 0),
        IntentHealth("road", Count(9, 5, 0, 0), 90, 2),
        IntentHealth("water_supply", Count(150, 12, 15, 3), 40, 0),
        *(IntentHealth(r.matter, Count(200 + n, 0, 18, 0), 3, 0) for n, r in _others()),
    ]
    return replace(
        NOTHING,
        intents=tuple(intents),
        real=Share("real", 17, 380),
        confusions=(Confusion("street_lamp", "power_supply", 7), Confusion("road", "thanks", 1)),
        weeks=drift_of([*calm(), week(0, road=30, water_supply=40, straw_burning=50)]),
        disagreement=Disagreement(
            Share("", 9, 60),
            (Share("zhao", 6, 20), Share("anna", 1, 3), Share("cadre:nobody", 2, 37)),
            (Share("inbox", 8, 55), Share("import", 1, 5)),
            (Share("road", 1, 2), Share("water_supply", 8, 40)),
        ),
        honest=Honest(40, 50, 0.67, 0.89),
    )


def _others() -> list[tuple[int, object]]:
    known = {"straw_burning", "road", "water_supply"}
    return [(n, r) for n, r in enumerate(county().catalogue.rows) if r.matter not in known][:20]


@dataclass
class Healths:
    """`console.learning.health.HealthReport` that says what it is told."""

    now: DataHealth = field(default_factory=sick)

    async def report(self) -> DataHealth:
        return self.now
