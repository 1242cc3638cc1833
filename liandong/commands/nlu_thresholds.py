"""`liandong nlu thresholds`: how certain each matter must be, fitted on the held-out sentences."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from liandong.commands.nlu_evaluate import examine
from liandong.county_files import SAMPLE_COUNTY, read_sheets
from liandong.settings import ROOT, Settings
from liandong.terminal import err, out, plainly
from nlu.evaluate import Case, Share
from nlu.interpret import vocabulary_of
from nlu.thresholds import Outcome, fit, write_thresholds


def outcomes_of(cases: Sequence[Case]) -> list[tuple[Outcome, bool]]:
    """What was read as a matter and where it would go; whether it is an appeal in truth."""
    to = vocabulary_of(read_sheets(SAMPLE_COUNTY)["catalogue"]).destinations
    found = []
    for case in cases:
        matter, sure = case.found.matter, case.found.destination_confidence
        if case.found.kind == "appeal" and matter is not None and sure is not None:
            right = to.get(matter) == to.get(case.expected.matter or "")
            found.append((Outcome(matter, sure, right), case.expected.kind == "appeal"))
    return found


def crossed(found: Sequence[tuple[Outcome, bool]], appeals: int) -> tuple[Share, Share]:
    """Share dispatched and share right, each half judged by the thresholds of the other."""
    alone: list[bool] = []
    for half in (0, 1):
        fitted = fit([outcome for outcome, _ in found[1 - half :: 2]])
        for outcome, appeal in found[half::2]:
            if appeal and outcome.sure >= fitted.of(outcome.intent):
                alone.append(outcome.right)
    return Share(len(alone), appeals), Share(sum(alone), len(alone))


@plainly
def thresholds(
    target: Annotated[Path, typer.Option("--output", dir_okay=False, help="写到哪个文件")] = ROOT
    / "nlu"
    / "thresholds.yml",
) -> None:
    """算出每个事项要有多大把握才自动派单 / fit when a matter goes without a human."""
    found = asyncio.run(examine(Settings(), ROOT / "nlu" / "golden"))
    outcomes = outcomes_of(found.cases)
    appeals = sum(case.expected.kind == "appeal" for case in found.cases)
    alone, right = crossed(outcomes, appeals)
    fitted = fit([outcome for outcome, _ in outcomes])
    write_thresholds(target, fitted, found.model)
    out.print(
        f"交叉检验:自动派单 {alone},其中派对 {right};默认要 {fitted.default:.2f}",
        highlight=False,
    )
    err.print(f"✓ {len(fitted.by_intent)} 个事项的门槛写入 {target}")
