"""`liandong doctor`: what is installed, reachable, trained, insecure."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import typer

from liandong.settings import ROOT, Settings
from liandong.shipped import chosen_serving, shipped_model
from liandong.terminal import out, plainly
from nlu.archive import archive_path
from services.learning.models import Serving
from storage.database import Database
from storage.inbox import SqlInbox
from storage.migrate import current, head
from storage.outbox import SqlOutbox
from storage.redis_coordination import ping


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; `ok` is None for something that is worth knowing but not wrong."""

    ok: bool | None
    what: str
    detail: str = ""


def _installed(settings: Settings) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(sys.version_info >= (3, 11), "Python", version)
    rasa = settings.rasa_python.exists()
    if settings.nlu and not settings.rasa_url:
        detail = str(settings.rasa_python) if rasa else "没有；运行 make setup"
        yield Finding(rasa, "Rasa 的环境", detail)
        yield _model(settings, asyncio.run(chosen_serving(settings)))
    htmx = (ROOT / "console" / "static" / "vendor" / "htmx.min.js").exists()
    yield Finding(
        True if htmx else None, "控制台的 htmx", "有" if htmx else "没有；运行 deploy/setup.sh web"
    )
    free = shutil.disk_usage(settings.data_dir if settings.data_dir.exists() else ".").free
    yield Finding(free > 2**30, "剩余磁盘", f"{free / 2**30:.1f} GiB")


def _model(settings: Settings, chosen: Serving) -> Finding:
    """The one that serves: what was chosen, else that of the shipped sentences."""
    if chosen.active:
        there = archive_path(settings.models_dir, chosen.active).is_file()
        return Finding(there, "识别模型", chosen.active + ("" if there else " 的文件不在了"))
    model = shipped_model(settings)
    return Finding(
        model is not None, "识别模型", model.name if model else "未训练；liandong run 会先训练"
    )


def _exists(settings: Settings) -> bool:
    return Path(settings.database.removeprefix("sqlite:///")).exists()


async def _database(settings: Settings) -> Finding:
    if settings.database.startswith("sqlite") and not _exists(settings):
        return Finding(None, "数据库", "还没有；liandong run 或 liandong db upgrade 会建立")
    database = Database(settings.database)
    try:
        async with database.read() as connection:
            await connection.exec_driver_sql("SELECT 1")
        found = await asyncio.to_thread(current, settings.database)
        newest = head()
        stuck = await _stuck(database) if found == newest else 0
    finally:
        await database.close()
    kind = "SQLite" if settings.database.startswith("sqlite") else "PostgreSQL"
    if found != newest:
        return Finding(False, "数据库", f"{kind} 版本 {found or '空'},需要 liandong db upgrade")
    if stuck:
        return Finding(False, "数据库", f"有 {stuck} 条消息没能处理或送达，需要人看")
    return Finding(True, "数据库", f"{kind} 版本 {found}")


async def _stuck(database: Database) -> int:
    return await SqlInbox(database).stuck() + await SqlOutbox(database).stuck()


async def _redis(settings: Settings) -> Finding:
    if not settings.redis_url:
        return Finding(None, "Redis", "未配置，单进程运行")
    await ping(settings.redis_url)
    return Finding(True, "Redis", "可以连接")


async def _rasa(settings: Settings) -> Finding:
    if not settings.rasa_url:
        return Finding(None, "Rasa 服务", "由 liandong run 启动")
    async with httpx.AsyncClient(timeout=3) as client:
        answer = await client.get(f"{settings.rasa_url.rstrip('/')}/status")
    return Finding(answer.status_code == 200, "Rasa 服务", f"HTTP {answer.status_code}")


async def _telegram(settings: Settings) -> Finding:
    if not (
        settings.residents_token.get_secret_value() or settings.cadres_token.get_secret_value()
    ):
        return Finding(None, "Telegram", "没有令牌，不启动机器人")
    async with httpx.AsyncClient(timeout=5) as client:
        answer = await client.get(settings.telegram_api)
    return Finding(answer.status_code < 500, "Telegram", f"HTTP {answer.status_code}")


def _security(settings: Settings) -> Iterator[Finding]:
    if settings.demo and not settings.is_loopback:
        yield Finding(False, "演示模式", "不能对外开放：去掉 --demo 或只监听本机")
    secret = settings.secret_key.get_secret_value()
    yield Finding(
        not secret or len(secret) >= 32,
        "会话密钥",
        "自动生成" if not secret else f"{len(secret)} 个字符",
    )
    kept = settings.data_dir / "secret_key"
    if kept.exists():
        mode = kept.stat().st_mode & 0o777
        yield Finding(mode & 0o077 == 0, "密钥文件权限", oct(mode))
    if settings.public_url and not settings.public_url.startswith("https://"):
        yield Finding(False, "公网地址", "必须用 https")
    hook = settings.telegram_webhook_secret.get_secret_value()
    if hook and len(hook) < 16:
        yield Finding(False, "Telegram webhook 密钥", "太短，至少 16 个字符")
    if os.geteuid() == 0 and not settings.demo:
        yield Finding(None, "运行用户", "root；正式运行请用普通用户")


async def _reachable(settings: Settings) -> list[Finding]:
    checks: tuple[tuple[str, Callable[[Settings], Awaitable[Finding]]], ...] = (
        ("数据库", _database),
        ("Redis", _redis),
        ("Rasa 服务", _rasa),
        ("Telegram", _telegram),
    )
    found = []
    for name, check in checks:
        try:
            found.append(await check(settings))
        except Exception as exc:
            # A check that breaks is itself the finding.
            found.append(Finding(False, name, f"连接不上 ({type(exc).__name__})"))
    return found


@plainly
def doctor() -> None:
    """体检：装了什么、连得上什么、训练好没有、安全不安全 / health report."""
    settings = Settings()
    findings = [*_installed(settings), *asyncio.run(_reachable(settings)), *_security(settings)]
    marks = {True: "[green]✓[/green]", False: "[red]✗[/red]", None: "[yellow]·[/yellow]"}
    for finding in findings:
        out.print(f"{marks[finding.ok]} {finding.what}  {finding.detail}", highlight=False)
    if any(finding.ok is False for finding in findings):
        raise typer.Exit(1)
