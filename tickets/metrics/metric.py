"""The metrics of some tickets, each with its formula and the tickets behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tickets.metrics.definitions import DEFINITIONS, Definition, Kind
from tickets.metrics.facts import Facts
from tickets.metrics.samples import SMALL_SAMPLE, wilson


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric with its value."""

    code: str
    name: str
    kind: Kind
    value: float | None
    """A share between 0 and 1, minutes, or a count; None where there is no ticket to look at."""
    numerator: int | None
    """How many tickets count; None for times."""
    denominator: int
    """How many tickets were looked at."""
    formula: str
    interval: tuple[float, float] | None
    """The 95 % interval of a share in a small sample; None in a sample that is large enough."""
    numbers: tuple[str, ...]
    """The tickets of the numerator; of times the slowest first."""
    base: tuple[str, ...]
    """The tickets of the denominator."""

    @property
    def may_rank(self) -> bool:
        """Whether units may be compared by it: never in a small sample."""
        return self.kind is not Kind.COUNT and self.denominator >= SMALL_SAMPLE


def metrics(facts: Iterable[Facts]) -> tuple[Metric, ...]:
    """All metrics of domain.md §7 over these tickets, in the order of `DEFINITIONS`."""
    counted = sorted((each for each in facts if not each.excluded), key=lambda each: each.number)
    shelved = [each for each in counted if each.shelved]
    others = [each for each in counted if not each.shelved]
    return tuple(
        _metric(definition, shelved if definition.kind is Kind.COUNT else others)
        for definition in DEFINITIONS
    )


def _metric(definition: Definition, facts: Iterable[Facts]) -> Metric:
    brought = {
        each.number: found for each in facts if (found := definition.measure(each)) is not None
    }
    base, numbers = tuple(brought), tuple(number for number, found in brought.items() if found)
    if definition.kind is Kind.MINUTES:
        numbers = tuple(sorted(base, key=lambda number: (-brought[number], number)))
    is_small_share = definition.kind is Kind.SHARE and 0 < len(base) < SMALL_SAMPLE
    is_empty = not base and definition.kind is not Kind.COUNT
    return Metric(
        code=definition.code,
        name=definition.name,
        kind=definition.kind,
        value=None if is_empty else definition.value(tuple(brought.values())),
        numerator=None if definition.kind is Kind.MINUTES else len(numbers),
        denominator=len(base),
        formula=definition.formula,
        interval=wilson(len(numbers), len(base)) if is_small_share else None,
        numbers=numbers,
        base=base,
    )
