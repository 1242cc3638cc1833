"""`liandong simulate`: one message through the real pipeline, in a database thrown away after."""

from __future__ import annotations

import asyncio
import json
import secrets
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from liandong.bootstrap import Core, bootstrap, utc_now
from liandong.classifier import make_classifier
from liandong.prepare import prepare
from liandong.reading import Read, flat, read
from liandong.settings import Settings
from liandong.shipped import chosen_serving
from liandong.terminal import out, plainly, steps
from routing.explain import place_name
from routing.places import PlaceFinding
from services.messages import Address, BotName, Inbound, InboundKind
from services.office import Office
from tickets.ticket import Ticket

# The result goes to people and, as JSON, to other programs: the only place where plain
# dictionaries are meant.
Result = dict[str, Any]


async def _say(core: Core, text: str, channel: str) -> Address:
    address = Address(channel, BotName.RESIDENTS, secrets.token_hex(8))
    inbound = Inbound(
        address=address,
        update_id=secrets.token_hex(8),
        kind=InboundKind.TEXT,
        sender=address.chat,
        sent_at=utc_now(),
        text=text,
    )
    await core.receive(inbound)
    await core.processor.settle()
    return address


def _ticket(core: Core, ticket: Ticket) -> Result:
    office = core.office()
    return {
        "number": ticket.number,
        "state": str(ticket.state),
        "owner": ticket.owner,
        "owner_name": office.unit_name(ticket.owner),
        "person": office.cadre_name(ticket.person),
        "due_at": ticket.due_at.isoformat() if ticket.due_at else None,
        "place": office.place_name(ticket),
        "degraded": ticket.degraded,
    }


def _place(office: Office, place: PlaceFinding) -> Result:
    """Every candidate with the words that led to it, how, and its score."""
    return {
        "level": place.level,
        "ambiguous": place.ambiguous,
        "outside": place.outside,
        "outside_code": place.outside_code,
        "villager_group": place.villager_group,
        "candidates": [
            {
                "name": place_name(office.county, candidate),
                "level": candidate.level,
                "township_code": candidate.township_code,
                "village_code": candidate.village_code,
                "grid_code": candidate.grid_code,
                "score": candidate.score,
                "evidence": [asdict(evidence) for evidence in candidate.evidence],
            }
            for candidate in place.candidates
        ],
    }


def _parts(office: Office, found: Read) -> list[Result]:
    """The matters of a message with several, as they would be divided."""
    return [
        {
            "text": part.text,
            "matter": part.understanding.matter,
            "confidence": round(part.understanding.confidence, 4),
            "urgent": part.understanding.urgent,
            "confidential": part.understanding.confidential,
            "group": decision.group,
            "county_unit": decision.county_unit,
            "place": _place(office, place),
        }
        for part, place, decision in found.parts
    ]


async def _result(core: Core, address: Address, text: str) -> Result:
    office = core.office()
    async with core.units_of_work() as work:
        tickets = await work.tickets_of(address.key, limit=5)
    replies = [
        {
            "text": line.message.text,
            "buttons": [button.label for row in line.message.buttons for button in row],
        }
        for line in await core.mailbox.since(address, 0, 100)
    ]
    tickets.reverse()
    prediction = await core.desk.prediction_of(tickets[0].number) if tickets else None
    # What is kept with a ticket is its part; the whole message is read once more.
    understanding = await core.understander.understand(text)
    found = read(office, text, understanding)
    reasons = prediction.reasons if prediction else ()
    return {
        "text": text,
        "reading": asdict(flat(office, found)),
        "ranking": [asdict(guess) for guess in understanding.ranking],
        "evidence": list(understanding.evidence),
        "model": understanding.model,
        "parts": _parts(office, found),
        "place": _place(office, found.place),
        "reasons": [{"code": code, "text": words} for code, words in reasons],
        "replies": replies,
        "ticket": _ticket(core, tickets[0]) if tickets else None,
        "tickets": [_ticket(core, ticket) for ticket in tickets],
    }


async def _run(text: str, channel: str, settings: Settings) -> Result:
    classifier = make_classifier(settings, await chosen_serving(settings))
    with tempfile.TemporaryDirectory() as folder:
        throw_away = settings.model_copy(
            update={"data_dir": Path(folder), "database_url": "", "redis_url": ""}
        )
        await prepare(throw_away, sample=True)
        core = await bootstrap(throw_away, classifier.understander)
        try:
            with steps() as progress:
                progress.add_task("启动识别模型 starting the model", total=None)
                await classifier.start()
                await classifier.wait_ready()
            address = await _say(core, text, channel)
            return await _result(core, address, text)
        finally:
            await core.close()
            await classifier.stop()


def _show(result: Result) -> None:
    table = Table(show_header=False, box=None)
    for key, value in result["reading"].items():
        table.add_row(key.removeprefix("pred_"), str(value))
    out.print(Panel(table, title="识别 reading", title_align="left"))
    if result["parts"]:
        lines = (f"{n}. {p['text']} → {p['matter']}" for n, p in enumerate(result["parts"], 1))
        out.print(Panel(Text("\n".join(lines)), title="拆单 parts", title_align="left"))
    if result["reasons"]:
        words = "\n".join(f"· {reason['text']}" for reason in result["reasons"])
        out.print(Panel(words, title="为什么 why", title_align="left"), highlight=False)
    for reply in result["replies"]:
        buttons = "  ".join(f"[{label}]" for label in reply["buttons"])
        words = reply["text"] + (f"\n\n{buttons}" if buttons else "")
        out.print(Panel(Text(words), title="回复 reply", title_align="left"))
    for ticket in result["tickets"]:
        owner = f"{ticket['owner_name']} {ticket['person']}"
        out.print(f"工单 {ticket['number']} {ticket['state']} → {owner}", highlight=False)


@plainly
def simulate(
    text: Annotated[str, typer.Argument(help="群众的一句话")],
    channel: Annotated[str, typer.Option(help="渠道 channel: web | telegram")] = "web",
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    keywords: Annotated[bool, typer.Option("--keywords", help="只用关键词")] = False,
) -> None:
    """试一句话：识别、派给谁、为什么、怎么回复 / one message through the real pipeline."""
    if channel not in ("web", "telegram"):
        raise typer.BadParameter("web 或 telegram", param_hint="--channel")
    settings = Settings(nlu=False) if keywords else Settings()
    result = asyncio.run(_run(text, channel, settings))
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        _show(result)
