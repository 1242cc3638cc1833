"""`liandong nlu compare`: two models on the same exam, figures and examples of both directions."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from typing import Annotated

import typer

from liandong.commands.nlu_test import exam_bar
from liandong.settings import Settings
from liandong.terminal import out, plainly
from liandong.training.bench import bench_at
from liandong.training.names import intent_names
from liandong.training.report_lines import comparison_lines
from services.learning.comparison import Comparison, compare

COMPARISON_KEYS = ("old", "new", "figures", "intents", "better", "worse")


def document(old: str, new: str, found: Comparison) -> dict[str, object]:
    """The keys of the JSON, in their order."""
    return {"old": old, "new": new, **asdict(found)}


async def _compared(settings: Settings, old: str, new: str, shown: int) -> Comparison:
    bench = await bench_at(settings)
    archives = [bench.archive(name) for name in (old, new)]
    with exam_bar() as progress:
        task = progress.add_task("考试 examining", total=1)
        exams = await bench.examine(
            *archives, told=lambda share: progress.update(task, completed=share)
        )
    return compare(exams[0], exams[1], intent_names(bench.office), shown)


@plainly
def compare_models(
    old: Annotated[str, typer.Argument(metavar="A", help="原来的模型")],
    new: Annotated[str, typer.Argument(metavar="B", help="现在的模型")],
    as_json: Annotated[bool, typer.Option("--json", help="写成 JSON")] = False,
    examples: Annotated[int, typer.Option("--examples", min=0, help="每边最多举几句")] = 12,
) -> None:
    """两个模型做同一份考题，差在哪里 / where two models differ on the same exam."""
    found = asyncio.run(_compared(Settings(), old, new, examples))
    if as_json:
        typer.echo(json.dumps(document(old, new, found), ensure_ascii=False, indent=2))
        return
    out.print(comparison_lines(old, new, found), highlight=False)
