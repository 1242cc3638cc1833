"""`liandong simulate-county`: a county month on a virtual clock, in a database of its own."""

from __future__ import annotations

import asyncio
import gc
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
import uvloop

from liandong.bootstrap import utc_now
from liandong.classifier import make_classifier
from liandong.month.figures import Outcome
from liandong.month.play import PER_DAY, Plan, play
from liandong.month.show import shown
from liandong.settings import Settings
from liandong.shipped import chosen_serving
from liandong.terminal import bar, out, plainly, steps
from routing.duty import CHINA_TIME
from routing.errors import LiandongError
from services.ports import Understander

DATABASE = "liandong.db"


class NotEmpty(LiandongError):
    """这个目录里已有数据库；请换一个空目录，模拟不会改动已有的数据。"""


class NoMoment(LiandongError):
    """--until 要写成 2026-11-27 或 2026-11-27T17:00 这样的时间。"""


@contextmanager
def _folder(wanted: Path | None) -> Iterator[Path]:
    if wanted is None:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)
        return
    if (wanted / DATABASE).exists():
        raise NotEmpty(NotEmpty.__doc__)
    wanted.mkdir(parents=True, exist_ok=True)
    yield wanted.resolve()


def _moment(text: str | None) -> datetime:
    """`--until`, in the county's time; the last full minute when it is not given."""
    if text is None:
        return utc_now().replace(second=0, microsecond=0)
    try:
        found = datetime.fromisoformat(text)
    except ValueError as exc:
        raise NoMoment(NoMoment.__doc__) from exc
    return found if found.tzinfo else found.replace(tzinfo=CHINA_TIME)


async def _play(settings: Settings, plan: Plan, *, model: bool) -> Outcome:
    if not model:
        return await _with_bar(settings, plan)
    own = Settings()
    classifier = make_classifier(own, await chosen_serving(own))
    try:
        with steps() as progress:
            progress.add_task("启动识别模型 starting the model", total=None)
            await classifier.start()
            await classifier.wait_ready()
        return await _with_bar(settings, plan, classifier.understander)
    finally:
        await classifier.stop()


async def _with_bar(
    settings: Settings, plan: Plan, understander: Understander | None = None
) -> Outcome:
    with bar() as progress:
        hours = round(plan.days * 24)
        task = progress.add_task("模拟全县（小时） simulating (hours)", total=hours)

        def tick(days: float) -> None:
            progress.update(task, completed=min(int(days * 24), hours))

        return await play(settings, plan, understander=understander, tick=tick)


@plainly
def simulate_county(
    days: Annotated[float, typer.Option(min=0.1, max=366, help="多少天")] = 30,
    seed: Annotated[int, typer.Option(min=0, help="种子；同样的种子和时间，同样的一个月")] = 7,
    per_day: Annotated[float, typer.Option(min=1, max=600, help="平均每天多少件事")] = PER_DAY,
    until: Annotated[str | None, typer.Option(help="到什么时候为止（本地时间），默认现在")] = None,
    out_dir: Annotated[
        Path | None, typer.Option("--out", help="把数据库留在这个目录；默认用完就删")
    ] = None,
    web_only: Annotated[
        bool, typer.Option("--web-only", help="全用网页，没有聊天软件；演示数据用这个")
    ] = False,
    model: Annotated[bool, typer.Option("--model", help="用真的识别模型，慢一些")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """模拟一个县的一个月：真实的服务，虚拟的时钟；哪条承诺没守住就停 / a whole county month."""
    plan = Plan(until=_moment(until), days=days, seed=seed, per_day=per_day, messenger=not web_only)
    with _folder(out_dir) as folder:
        own = {"data_dir": folder, "database_url": "", "redis_url": "", "demo": True}
        settings = Settings().model_copy(update=own)
        # What is loaded now stays: full collections over it cost more than they find.
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            outcome = runner.run(_play(settings, plan, model=model))
    if as_json:
        typer.echo(json.dumps(outcome.as_json(), ensure_ascii=False, indent=2))
    else:
        out.print(shown(outcome))
