"""`liandong run`: everything in one process, on loopback, with what it does said aloud."""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from pathlib import Path
from typing import Annotated

import typer
import uvloop

from liandong.classifier import make_classifier
from liandong.life import Life
from liandong.logs import configure
from liandong.prepare import prepare
from liandong.service import Service
from liandong.settings import Settings
from liandong.shipped import chosen_serving, first_serving
from liandong.terminal import err, out, plainly, steps
from services.learning.models import Serving


def _announce(url: str, settings: Settings, began: float) -> None:
    out.print()
    out.print("  [bold]联动服务已启动 liandong is running[/bold]", highlight=False)
    out.print(f"  群众聊天 residents' chat   {url}/", highlight=False)
    out.print(f"  干部工作页 cadres' page    {url}/work", highlight=False)
    out.print(f"  控制台     console         {url}/console", highlight=False)
    for name, token in (("residents", settings.residents_token), ("cadres", settings.cadres_token)):
        if token.get_secret_value():
            out.print(f"  Telegram {name}: 已启动 started", highlight=False)
    seconds = time.monotonic() - began
    out.print(f"  用了 {seconds:.1f} 秒；按 Ctrl-C 停止 Ctrl-C stops everything", highlight=False)
    out.print()
    sys.stdout.flush()


async def _serve(settings: Settings, serving: Serving, began: float) -> None:
    classifier = make_classifier(
        settings,
        serving,
        on_ready=lambda seconds: out.print(
            f"  识别模型就绪 model is serving ({seconds:.0f} s)", highlight=False
        ),
    )
    service = Service(
        settings, classifier, on_listening=lambda url: _announce(url, settings, began)
    )
    await service.run()


def _ready(settings: Settings, days: float) -> Serving:
    """Model and database; the days of life are played beside the training."""
    life = Life(settings, days)
    try:
        chosen = asyncio.run(chosen_serving(settings))
        life.begin()
        serving = first_serving(settings, chosen)
        life.settle()
    finally:
        life.stop()
    with steps() as progress:
        task = progress.add_task("数据库 database", total=1)
        loaded = asyncio.run(prepare(settings, sample=settings.demo))
        done = "数据库 database" + (",已装入样例县 sample county loaded" if loaded else "")
        progress.update(task, completed=1, description=done)
    return serving


@plainly
def run(
    demo: Annotated[
        bool, typer.Option("--demo", help="样例县、样例干部 / sample county and cadres")
    ] = False,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="端口，0 为任意空闲端口")
    ] = None,
    data_dir: Annotated[Path | None, typer.Option(help="数据放在哪里 / data folder")] = None,
    life: Annotated[
        float,
        typer.Option(min=0, max=60, help="空的演示库先演几天 / days of life for an empty demo"),
    ] = 0,
) -> None:
    """启动全部服务 / start everything on this machine."""
    began = time.monotonic()
    changes: dict[str, object] = {}
    if demo:
        changes["demo"] = True
    if port is not None:
        changes["port"] = port
    if data_dir is not None:
        changes["data_dir"] = data_dir.resolve()
    settings = Settings().model_copy(update=changes)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with (settings.data_dir / "liandong.log").open("a", buffering=1, encoding="utf-8") as log:
        configure(log)
        serving = _ready(settings, life)
        # What is loaded now stays: full collections over it cost 190 ms again and again.
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_serve(settings, serving, began))
    err.print("已停止 stopped")
