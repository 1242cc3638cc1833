"""`liandong nlu validate`: looks through the labelled sentences before anything is trained."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from liandong.office_at_hand import office_at_hand
from liandong.settings import Settings
from liandong.terminal import err, out, plainly
from liandong.training.project import project_at
from nlu.dataset import read_dataset
from nlu.project_checks import project_faults

_SHOWN = 50


@plainly
def validate(
    root: Annotated[
        Path | None,
        typer.Option("--root", exists=True, file_okay=False, help="项目所在的文件夹"),
    ] = None,
) -> None:
    """检查训练例句：矛盾、重复、太少、写坏的都列出来 / check the labelled sentences."""
    settings = Settings()
    project = project_at(root or settings.project_dir)
    matters = asyncio.run(office_at_hand(settings)).county.catalogue.by_matter
    data, golden = read_dataset(project.data), read_dataset(project.golden)
    faults = project_faults(project.root, data, golden, matters, project.golden)
    for fault in faults[:_SHOWN]:
        err.print(f"[red]✗[/red] {fault.file.parent.name}/{fault}", highlight=False, soft_wrap=True)
    if faults:
        err.print(f"共 {len(faults)} 处要改，改好再训练。")
        raise typer.Exit(1)
    counts = Counter(example.intent for example in data.examples)
    fewest = min(counts, key=lambda intent: counts[intent])
    out.print(
        f"✓ {len(data.examples)} 条例句，{len(counts)} 个意图，"
        f"最少的是 {fewest}（{counts[fewest]} 条）；"
        f"考题 {len(golden.examples)} 条",
        highlight=False,
    )
