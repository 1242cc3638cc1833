"""The intents that the tests choose from: the sample county's matters and the kinds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from console.kind_names import KIND_NAMES
from console.learning.intent_choices import IntentChoice, choice
from tests.console.stand_ins import county


@cache
def _known() -> tuple[IntentChoice, ...]:
    rows = [choice(row.matter, row.name, row.covers) for row in county().catalogue.rows]
    return (*rows, *(choice(code, name, matter=False) for code, name in KIND_NAMES.items()))


async def choices() -> Sequence[IntentChoice]:
    return _known()


def names_by_code() -> dict[str, str]:
    return {each.code: each.name for each in _known()}
