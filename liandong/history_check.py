"""`liandong check --history`: tickets, events or deadlines that were changed beside the rules."""

from __future__ import annotations

import asyncio
import json

import typer
from rich.markup import escape

from liandong.county_database import county_database
from liandong.settings import Settings
from liandong.terminal import bar, err, out
from services.verifying import verify
from storage.kept_tickets import SqlKeptTickets
from tickets.events import EVENT_NAMES, EventName
from tickets.integrity import Break, Fault


def check_history(settings: Settings, *, as_json: bool) -> None:
    """Look through everything and print it; exit code 1 when anything does not agree."""
    looked_at, found = asyncio.run(broken_histories(settings))
    if as_json:
        report = document(looked_at, found)
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        for each in found:
            err.print(f"[red]✗[/red] {escape(sentence(each))}", highlight=False)
    if found:
        err.print(f"{looked_at} 件工单，查出 {len(found)} 处", highlight=False)
        raise typer.Exit(1)
    if not as_json:
        out.print(f"✓ {looked_at} 件工单：历史没有断，期限对得上", highlight=False)


async def broken_histories(settings: Settings) -> tuple[int, list[Break]]:
    """How many tickets were looked at, and everything that does not agree."""
    async with county_database(settings) as database:
        kept = SqlKeptTickets(database)
        total = await kept.count()
        with bar() as progress:
            task = progress.add_task("核对 verifying", total=total)
            found = verify(kept, lambda done: progress.advance(task, done))
            return total, [each async for each in found]


def sentence(found: Break) -> str:
    """What does not agree, and where."""
    number, detail = found.number, found.detail
    match found.fault:
        case Fault.CHAIN if detail:
            name = EVENT_NAMES[EventName(detail)] if detail in set(EventName) else detail
            where = f"第 {found.position} 条记录（{name}）和前面接不上"
            return f"{number}：{where}，这里有记录被改过、插进来或者删掉了"
        case Fault.CHAIN:
            return f"{number}：第 {found.position} 条记录起被删掉了"
        case Fault.ROW:
            fields = f"（{detail}）" if detail else "，读不出来"
            return f"{number}：工单和它的历史记录不一致{fields}"
        case Fault.DEADLINES:
            clocks = f"（{detail}）" if detail else ""
            return f"{number}：期限表和工单上的期限不一致{clocks}"
        case Fault.RULES:
            return f"{number}：违反了任何时候都要成立的规则（{detail}）"
        case Fault.NO_TICKET:
            return f"{number}：有记录或期限，工单却没有了"
        case Fault.MISSING:
            return f"{number}：这一天少了 {detail} 件工单"


def document(looked_at: int, found: list[Break]) -> dict[str, object]:
    """The JSON of `check --history --json`; its keys are documented and stay."""
    return {
        "ok": not found,
        "tickets": looked_at,
        "breaks": [
            {
                "number": each.number,
                "fault": str(each.fault),
                "position": each.position,
                "detail": each.detail,
                "what": sentence(each),
            }
            for each in found
        ],
    }
