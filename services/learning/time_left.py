"""How far a training is and how long it will take, by what earlier ones took. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from services.learning.jobs import Step

_NEARLY = 0.97
"""A step that takes longer than usual is nearly done until it is."""
_DONE_BEFORE = 0.1


def usual_seconds(durations: Sequence[Mapping[str, float]]) -> dict[Step, float]:
    """The median of each step; steps that nobody timed are missing.

    Times below a tenth of the longest do not count: there the work had been done before.
    """
    times = {step: [d[step] for d in durations if step in d] for step in Step}
    return {
        step: median(t for t in found if t >= max(found) * _DONE_BEFORE)
        for step, found in times.items()
        if found
    }


def progress_by_time(step: Step, elapsed: float, usual: Mapping[Step, float]) -> float | None:
    """The share of a step that says nothing itself; None when its usual length is not known."""
    seconds = usual.get(step)
    return None if not seconds else min(_NEARLY, elapsed / seconds)


def seconds_left(
    step: Step, progress: float, elapsed: float, usual: Mapping[Step, float]
) -> float | None:
    """Of this step and all after it; None when one of them was never timed."""
    later = list(Step)[list(Step).index(step) :]
    if any(each not in usual for each in later):
        return None
    slow = elapsed / progress - elapsed if progress > 0.05 else 0.0
    here = max(usual[step] - elapsed, min(slow, usual[step] * (1 - progress)), 0.0)
    return here + sum(usual[each] for each in later[1:])
