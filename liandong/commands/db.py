"""`liandong db upgrade`: brings the database to the present schema."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from liandong.prepare import NoCounty, prepare
from liandong.settings import Settings
from liandong.terminal import out, plainly
from storage.migrate import current

app = typer.Typer(help="数据库 / database", no_args_is_help=True)


@app.callback()
def group() -> None:
    """数据库 / database."""


@app.command()
@plainly
def upgrade(
    sample: Annotated[
        bool, typer.Option("--sample", help="空库时装入样例县 / load the sample county")
    ] = False,
) -> None:
    """升级到最新结构 / migrate to the newest schema."""
    settings = Settings()
    try:
        asyncio.run(prepare(settings, sample=sample))
    except NoCounty:
        out.print("数据库里还没有县的数据；加 --sample 装入样例县", highlight=False)
    out.print(f"✓ 数据库版本 revision {current(settings.database)}", highlight=False)
