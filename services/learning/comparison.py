"""Two models on the same exam: figures side by side, intents that moved, examples of both. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.learning.examined import (
    Answer,
    Counted,
    Examination,
    Paper,
    alarms,
    calibration_error,
    counted,
    seals,
)

Pair = tuple[Answer, Answer]
"""The same sentence, read by the old and by the new model."""
_MEGABYTE = 1024 * 1024
_SAME = 0.0005


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: what is measured, before and after as people read it."""

    title: str
    old: str
    """Empty without an old model."""
    new: str
    better: bool | None
    """None: as before, or nothing to compare with."""


@dataclass(frozen=True, slots=True)
class IntentChange:
    """One intent of the exam whose sentences came out otherwise."""

    intent: str
    name: str
    count: int
    """Its exam sentences."""
    old_right: int
    new_right: int
    won: int
    lost: int


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence that the two models read otherwise; all but the text are names for people."""

    text: str
    wanted: str
    old: str
    new: str
    intent: str = ""
    """The code of what was wanted."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The new model beside the old one."""

    figures: tuple[Figure, ...]
    intents: tuple[IntentChange, ...]
    """The worst first."""
    better: tuple[Sample, ...]
    """Some of the sentences that only the new model gets right, of many intents."""
    worse: tuple[Sample, ...]


def compare(
    old: Examination | None, new: Examination, names: Mapping[str, str], shown: int
) -> Comparison:
    """At most `shown` examples each way; without an old model only the new one's figures."""
    found = [p for p in pairs(old, new) if p[0].paper is Paper.INTENTS]
    return Comparison(
        tuple(_figures(old, new)),
        tuple(intent_changes(found, names)),
        spread((p for p in found if p[1].right and not p[0].right), names, shown),
        spread((p for p in found if p[0].right and not p[1].right), names, shown),
    )


def pairs(old: Examination | None, new: Examination) -> list[Pair]:
    """What both answered, in the new one's order; empty without an old model."""
    known = {(a.paper, a.text, a.wanted): a for a in old.answers} if old else {}
    return [
        (before, answer)
        for answer in new.answers
        if (before := known.get((answer.paper, answer.text, answer.wanted))) is not None
    ]


def intent_changes(found: Sequence[Pair], names: Mapping[str, str]) -> list[IntentChange]:
    """Every intent where a sentence came out otherwise, the largest loss first."""
    by_intent: dict[str, list[Pair]] = {}
    for pair in found:
        by_intent.setdefault(pair[1].wanted, []).append(pair)
    rows = [_change(intent, group, names) for intent, group in by_intent.items()]
    moved = [row for row in rows if row.won or row.lost]
    return sorted(moved, key=lambda row: (row.won - row.lost, -row.lost, row.intent))


def spread(found: Iterable[Pair], names: Mapping[str, str], most: int) -> tuple[Sample, ...]:
    """Examples of as many intents as possible: one of each, then a second of each, …"""
    by_intent: dict[str, list[Pair]] = {}
    for pair in found:
        by_intent.setdefault(pair[1].wanted, []).append(pair)
    rounds = max(map(len, by_intent.values()), default=0)
    chosen = [
        group[turn] for turn in range(rounds) for group in by_intent.values() if turn < len(group)
    ]
    return tuple(sample(pair, names) for pair in chosen[:most])


def sample(pair: Pair, names: Mapping[str, str]) -> Sample:
    """One sentence with names in place of codes."""
    old, new = pair

    def name(code: str) -> str:
        return names.get(code, code)

    return Sample(new.text, name(new.wanted), name(old.said), name(new.said), new.wanted)


def _change(intent: str, group: Sequence[Pair], names: Mapping[str, str]) -> IntentChange:
    return IntentChange(
        intent,
        names.get(intent, intent),
        len(group),
        sum(old.right for old, _ in group),
        sum(new.right for _, new in group),
        sum(new.right and not old.right for old, new in group),
        sum(old.right and not new.right for old, new in group),
    )


def _figures(old: Examination | None, new: Examination) -> Iterable[Figure]:
    for title, of in _SHARES:
        yield _share_figure(title, of(old) if old else None, of(new))
    sure_old = ece(old) if old else None
    yield _number("把握和实际的差距（越小越好）", sure_old, ece(new), lambda n: f"{n:.3f}")
    for title, of_speed in _SPEEDS:
        yield _number(title, of_speed(old) if old else None, of_speed(new), "{:.1f} 毫秒".format)
    size = new.size / _MEGABYTE
    yield _number("模型大小", old.size / _MEGABYTE if old else None, size, "{:.1f} MB".format)


def ece(found: Examination) -> float:
    """The calibration error over the intents' sentences."""
    return calibration_error([(a.sure, a.right) for a in found.of(Paper.INTENTS)])


def dangers(found: Examination) -> tuple[Counted, Counted]:
    """Recall and precision of alarms on the danger exam."""
    return alarms(found.of(Paper.DANGER))


def all_dangers(found: Examination) -> tuple[Counted, Counted]:
    """The same over everything whose danger is labelled."""
    return alarms(found.of(Paper.DANGER, Paper.INTENTS))


def all_seals(found: Examination) -> tuple[Counted, Counted]:
    """Recall and precision of sealing over everything whose secrecy is labelled."""
    return seals(found.of(Paper.SECRECY, Paper.INTENTS))


def alone(found: Examination) -> Counted:
    """Of the appeals, how many would go without a human."""
    return counted((a for a in found.of(Paper.INTENTS) if a.appeal), lambda a: a.alone)


def alone_right(found: Examination) -> Counted:
    """Of those that would, how many arrive at the right unit."""
    gone = (a for a in found.of(Paper.INTENTS) if a.appeal and a.alone)
    return counted(gone, lambda a: a.arrives)


_SHARES: tuple[tuple[str, Callable[[Examination], Counted]], ...] = (
    ("一定要对的话", lambda e: counted(e.of(Paper.MUST_PASS), lambda a: a.right)),
    ("考题认对", lambda e: counted(e.of(Paper.INTENTS), lambda a: a.right)),
    ("险情认出（险情考题）", lambda e: dangers(e)[0]),
    ("险情报警属实（险情考题）", lambda e: dangers(e)[1]),
    ("险情认出（全部考题）", lambda e: all_dangers(e)[0]),
    ("险情报警属实（全部考题）", lambda e: all_dangers(e)[1]),
    ("该保密的认出", lambda e: all_seals(e)[0]),
    ("保密判断属实", lambda e: all_seals(e)[1]),
    ("不用人就派出", alone),
    ("其中派对单位", alone_right),
)
_SPEEDS: tuple[tuple[str, Callable[[Examination], float]], ...] = (
    ("读一句话：一般", lambda e: e.p50_ms),
    ("读一句话：最慢的百分之一", lambda e: e.p99_ms),
)


def _share_figure(title: str, old: Counted | None, new: Counted) -> Figure:
    better = _better(old.share if old else None, new.share)
    return Figure(title, str(old) if old else "", str(new), better)


def _number(title: str, old: float | None, new: float, said: Callable[[float], str]) -> Figure:
    """Less is better; a twentieth more or less is as before."""
    better = None if old is None or abs(old - new) <= old / 20 else new < old
    return Figure(title, "" if old is None else said(old), said(new), better)


def _better(old: float | None, new: float) -> bool | None:
    return None if old is None or abs(new - old) < _SAME else new > old
