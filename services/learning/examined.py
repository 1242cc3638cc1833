"""What a model answered on the exam: each sentence with its label, and the shares that follow.

Kept sentence by sentence, so that two models can be laid side by side and examples be shown. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

_BINS = 10


class Paper(StrEnum):
    """The parts of the exam."""

    INTENTS = "intents"
    """Every intent's own sentences, with danger and secrecy labelled as well."""
    DANGER = "danger"
    SECRECY = "secrecy"
    MUST_PASS = "must_pass"  # noqa: S105 - a part of the exam
    """The plainest sentences, which no model may ever get wrong."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One sentence of the exam and what a model, with the rules around it, made of it."""

    paper: Paper
    text: str
    wanted: str
    """The intent; of a must-pass sentence what is asked, `urgent=1`."""
    said: str
    right: bool
    sure: float = 0.0
    """Of what was said, 0 to 1."""
    danger: bool | None = None
    """Whether there is danger now; None where nobody labelled it."""
    urgent: bool = False
    """Whether an alarm was raised."""
    secret: bool | None = None
    """Whether the writer must not be named; None where nobody labelled it."""
    sealed: bool = False
    """Whether the name was sealed."""
    appeal: bool = False
    """It is an appeal in truth."""
    alone: bool = False
    """It would go without a human."""
    arrives: bool = False
    """At the right unit, if it went."""


@dataclass(frozen=True, slots=True)
class Examination:
    """One model's exam."""

    model: str
    answers: tuple[Answer, ...]
    p50_ms: float
    """Of one reading after the other, measured at the same time as the other model's."""
    p99_ms: float
    size: int
    """Bytes of its archive."""
    intents: frozenset[str] = frozenset()
    """What it has learnt; empty where it is not known."""

    def of(self, *papers: Paper) -> tuple[Answer, ...]:
        """The answers on these parts."""
        return tuple(answer for answer in self.answers if answer.paper in papers)


@dataclass(frozen=True, slots=True)
class Counted:
    """`right` of `count`."""

    right: int
    count: int

    @property
    def share(self) -> float:
        """Between 0 and 1; of nothing 1: nothing was missed."""
        return self.right / self.count if self.count else 1.0

    def __str__(self) -> str:
        return f"{self.share:.1%}（{self.right}/{self.count}）"


def counted(answers: Iterable[Answer], right: Callable[[Answer], bool]) -> Counted:
    """How many of the answers are right."""
    outcomes = [right(answer) for answer in answers]
    return Counted(sum(outcomes), len(outcomes))


def alarms(answers: Iterable[Answer]) -> tuple[Counted, Counted]:
    """Of the dangers how many raised an alarm; of the alarms how many were dangers."""
    labelled = [answer for answer in answers if answer.danger is not None]
    return (
        counted((a for a in labelled if a.danger), lambda a: a.urgent),
        counted((a for a in labelled if a.urgent), lambda a: bool(a.danger)),
    )


def seals(answers: Iterable[Answer]) -> tuple[Counted, Counted]:
    """Of the names to be sealed how many were; of the sealed ones how many had to be."""
    labelled = [answer for answer in answers if answer.secret is not None]
    return (
        counted((a for a in labelled if a.secret), lambda a: a.sealed),
        counted((a for a in labelled if a.sealed), lambda a: bool(a.secret)),
    )


def calibration_error(outcomes: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error of (certainty, right), ten bins of equal width; 0 of nothing."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for sure, right in outcomes:
        bins.setdefault(min(int(sure * _BINS), _BINS - 1), []).append((sure, right))
    gaps = (abs(sum(s for s, _ in found) - sum(r for _, r in found)) for found in bins.values())
    return sum(gaps) / len(outcomes) if outcomes else 0.0
