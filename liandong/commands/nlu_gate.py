"""`liandong nlu gate`: what the gate said of a model, and how two people let it through."""

from __future__ import annotations

import asyncio
import getpass
from typing import Annotated

import typer

from liandong.commands.nlu_test import ModelName, PdfFile, show
from liandong.settings import Settings
from liandong.terminal import err, out, plainly
from liandong.training.tools import Tools, training_tools
from routing.errors import LiandongError
from services.accounts import AccountBook, NoSuchAccount
from services.console_policy import Permission
from services.learning.books import NoSuchModel
from services.learning.gate_report import GateReport
from services.learning.gate_report_json import report_from_json
from services.learning.models import TrainedModel
from services.learning.overrides import Override, agree_override, ask_override


class NotExamined(LiandongError):
    """这个模型还没有考过试：先运行 liandong nlu test。"""


class MayNotOverride(LiandongError):
    """这个账号不能提出或同意破例：要管理员或复核员。"""


async def _model(tools: Tools, name: str) -> TrainedModel:
    model = await tools.models.model(name)
    if model is None:
        raise NoSuchModel(f"没有叫 {name} 的模型：用 liandong nlu list 看有哪些。")
    return model


async def _said(settings: Settings, name: str) -> tuple[GateReport, Override | None]:
    async with training_tools(settings) as tools:
        report = report_from_json((await _model(tools, name)).report)
        if report is None:
            raise NotExamined
        return report, await tools.overrides.of(name)


async def _override(
    settings: Settings, name: str, by: str, reason: str, *, agree: bool
) -> Override:
    async with training_tools(settings) as tools:
        model = await _model(tools, name)
        await _refuse_stranger(tools.accounts, by)
        now = tools.clock()
        if agree:
            return await agree_override(tools.overrides, name, by=by, now=now)
        return await ask_override(
            tools.overrides, name, model.passed, by=by, reason=reason, now=now
        )


async def _refuse_stranger(accounts: AccountBook, by: str) -> None:
    """Two names that anybody can type would be no two people."""
    account = await accounts.account(by)
    if account is None or not account.is_open:
        raise NoSuchAccount(f"没有叫 {by} 的控制台账号：用 liandong account list 看有哪些。")
    if not account.may(Permission.OVERRIDE_GATE):
        raise MayNotOverride


@plainly
def gate(
    name: ModelName,
    pdf: PdfFile = None,
    override: Annotated[
        bool, typer.Option("--override", help="提出破例：没过关也上线，要写理由")
    ] = False,
    agree: Annotated[bool, typer.Option("--agree", help="同意别人提出的破例")] = False,
    by: Annotated[str, typer.Option("--by", help="控制台账号")] = "",
    reason: Annotated[str, typer.Option("--reason", help="为什么破例")] = "",
) -> None:
    """看把关报告；没过关的由两个人破例 / the gate's report; an override by two people."""
    settings = Settings()
    if override and agree:
        raise typer.BadParameter("--override 和 --agree 只能用一个")
    if override or agree:
        done = _override(settings, name, by or getpass.getuser(), reason, agree=agree)
        out.print(_told(asyncio.run(done)), highlight=False, markup=False)
        return
    report, found = asyncio.run(_said(settings, name))
    show(report, pdf, settings)
    if found is not None:
        out.print(_told(found), highlight=False, markup=False)
    if not report.passed and (found is None or not found.granted):
        err.print("没有过关。", highlight=False)
        raise typer.Exit(1)


def _told(override: Override) -> str:
    said = f"破例：{override.asked_by} 提出，理由“{override.reason}”"
    if override.agreed_by is None:
        return f"{said}；还要另一个人同意：liandong nlu gate {override.model} --agree --by 账号"
    return f"{said}；{override.agreed_by} 同意，可以上线"
