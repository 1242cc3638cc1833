"""`liandong nlu list | activate | rollback | shadow | canary | stop`: which model serves.

They write one row; whatever runs follows it by itself, and is watched until it has.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated

import typer

from liandong.bootstrap import utc_now
from liandong.county_database import county_database
from liandong.model_desk import ModelDesk, model_desk
from liandong.model_list import (
    FOLLOWS_WITHIN,
    as_values,
    follower_line,
    model_table,
    taken_up,
)
from liandong.prepare import NoCounty
from liandong.settings import Settings
from liandong.shipped import own_models_only
from liandong.terminal import err, out, plainly
from routing.county import County
from routing.county_tables import load_county
from services.learning.models import Serving
from storage.county_store import CountyStore

_LOOK_SECONDS = 0.2

Model = Annotated[str, typer.Argument(help="模型名，见 liandong nlu list")]
By = Annotated[str, typer.Option("--by", help="谁换的 / who")]
Reason = Annotated[str, typer.Option("--reason", help="为什么 / why")]
Wait = Annotated[
    float, typer.Option("--wait", min=0, max=600, help="最多等几秒，看服务跟上没有；0 不等")
]


@dataclass(frozen=True, slots=True)
class _Opened:
    desk: ModelDesk
    county: County


@asynccontextmanager
async def _open() -> AsyncIterator[_Opened]:
    settings = Settings()
    own_models_only(settings)
    async with county_database(settings) as database:
        store = CountyStore(database)
        if await store.is_empty():
            raise NoCounty(NoCounty.__doc__)
        county = load_county(await store.read())
        yield _Opened(model_desk(settings, database, lambda: county, utc_now), county)


def _switch(act: Callable[[ModelDesk], Awaitable[Serving]], wait: float) -> None:
    async def run() -> None:
        async with _open() as opened:
            row = await act(opened.desk)
            out.print(f"✓ {_told(row, opened.county)}", highlight=False)
            await _watch(opened.desk, row, wait)

    asyncio.run(run())


def _told(row: Serving, county: County) -> str:
    parts = [f"在用 {row.active or '随系统带的模型'}"]
    if row.previous:
        parts.append(f"可退回 {row.previous}")
    if row.shadow:
        parts.append(f"试读 {row.shadow}")
    if row.canary:
        names = [county.tree.get(code) for code in row.townships]
        parts.append(f"试用 {row.canary}：{'、'.join(each.short_name for each in names if each)}")
    return "；".join(parts)


async def _watch(desk: ModelDesk, row: Serving, seconds: float) -> None:
    """Until every running service has taken the row up, or says why it cannot."""
    began = time.monotonic()
    while True:
        running = await desk.followers.followers(utc_now() - FOLLOWS_WITHIN)
        told = [each for each in running if each.version >= row.version]
        settled = [each for each in told if taken_up(row, each) or each.problem]
        if len(settled) == len(running) or time.monotonic() - began >= seconds:
            break
        await asyncio.sleep(_LOOK_SECONDS)
    for each in running:
        err.print(follower_line(row, each), highlight=False)
    if not running:
        err.print("现在没有服务在运行；下次启动时按这个来。", highlight=False)
    elif all(taken_up(row, each) for each in running):
        err.print(f"用了 {time.monotonic() - began:.1f} 秒", highlight=False)


@plainly
def list_models(
    as_json: Annotated[bool, typer.Option("--json", help="给程序读")] = False,
) -> None:
    """列出模型、谁在用、服务跟上没有 / models and what serves."""

    async def run() -> None:
        async with _open() as opened:
            row = await opened.desk.serving.serving()
            models = await opened.desk.models.models()
            running = await opened.desk.followers.followers(utc_now() - FOLLOWS_WITHIN)
            if as_json:
                values = as_values(models, row, running)
                typer.echo(json.dumps(values, ensure_ascii=False, indent=2))
                return
            names = {each.code: each.short_name for each in opened.county.tree.townships}
            out.print(model_table(models, row, names) if models else "还没有登记过模型")
            for each in running:
                out.print(follower_line(row, each), highlight=False)

    asyncio.run(run())


@plainly
def activate(model: Model, by: By, reason: Reason, wait: Wait = 20) -> None:
    """换上一个模型，所有消息由它识别；原来的留着备用 / let a model read all messages."""
    _switch(lambda desk: desk.switching.activate(model, by=by, reason=reason), wait)


@plainly
def rollback(by: By, reason: Reason, wait: Wait = 20) -> None:
    """退回上一个模型 / back to the previous model."""
    _switch(lambda desk: desk.switching.rollback(by=by, reason=reason), wait)


@plainly
def shadow(model: Model, by: By, reason: Reason, wait: Wait = 20) -> None:
    """让一个模型跟着读，不起作用，只记下差别 / let a model read along without effect."""
    _switch(lambda desk: desk.switching.shadow(model, by=by, reason=reason), wait)


@plainly
def canary(
    model: Model,
    townships: Annotated[str, typer.Option(help="在哪些乡镇，名称或代码，用逗号隔开")],
    by: By,
    reason: Reason,
    wait: Wait = 20,
) -> None:
    """先在几个乡镇试用一个模型 / let a model read the messages of some townships."""
    wanted = townships.replace("，", ",").split(",")
    _switch(lambda desk: desk.switching.canary(model, wanted, by=by, reason=reason), wait)


@plainly
def stop(by: By, reason: Reason, wait: Wait = 20) -> None:
    """停止试读和试用 / end shadow and canary."""
    _switch(lambda desk: desk.switching.stop(by=by, reason=reason), wait)


@plainly
def differences(
    model: Model,
    pairs: Annotated[int, typer.Option(min=1, max=500, help="最多列几对")] = 30,
) -> None:
    """试读的模型和在用的模型差在哪里 / what a shadow read otherwise."""

    async def run() -> None:
        async with _open() as opened:
            found = await opened.desk.shadow.summary(model, pairs)
            matters = opened.county.catalogue.by_matter
            out.print(
                f"{model} 跟着读了 {found.read} 条，{found.differing} 条不一样；"
                f"不用人看就能办的：它 {found.alone}，在用的 {found.live_alone}；"
                f"只有它说紧急 {found.more_urgent}，只有在用的说紧急 {found.less_urgent}",
                highlight=False,
            )
            for pair in found.pairs:
                names = [
                    matters[each].name if each in matters else each
                    for each in (pair.live_label, pair.label)
                ]
                out.print(f"{pair.times:6}  {names[0]} → {names[1]}", highlight=False)

    asyncio.run(run())
