"""The course of a made-up county, and how it is written through a real unit of work."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import date, datetime

from services.ports import UnitOfWorkFactory
from tests.tickets.world.acts import ACTS
from tests.tickets.world.world import FIRST, Step, World
from tickets import life
from tickets.events import Event
from tickets.history import with_changes
from tickets.metrics import History
from tickets.moves import NotAllowed
from tickets.ticket import Ticket

_BATCH = 100


@functools.cache
def world_of(seed: int, tickets: int, actions: int = 14, first: datetime = FIRST) -> World:
    """A world in which `tickets` were opened and `actions` tried for each of them. Not to be
    changed: tests share it."""
    world = World(seed, first)
    acts, weights = zip(*ACTS, strict=True)
    for turn in range(tickets * actions):
        world.pass_time()
        if turn % actions == 0:
            world.open()
            continue
        if world.rng.random() < 0.06:
            world.run_out()
            continue
        # Mostly of the newer ones: others have been left alone and climb.
        newest = min(len(world.tickets), 40)
        number = world.rng.choice(list(world.tickets)[-newest:])
        for act in world.rng.choices(acts, weights, k=4):
            try:
                act(world, world.tickets[number])
            except (NotAllowed, life.GuardFailed):
                continue  # the rules refuse, nothing happened
            break
    return world


async def saved(units_of_work: UnitOfWorkFactory, steps: list[Step]) -> None:
    """Write the steps in their order, many in each transaction."""
    versions: dict[str, int] = {}
    for batch in _batches(steps):
        async with units_of_work() as work:
            for step in batch:
                number = step.ticket.number
                if step.is_remark:
                    await work.append_events(number, step.events)
                elif number not in versions:
                    versions[number] = step.ticket.version
                    await work.next_sequence(date.fromisoformat(number[3:11]))
                    await work.add_ticket(step.ticket, step.events)
                else:
                    present = replace(step.ticket, version=versions[number])
                    versions[number] = (await work.save_ticket(present, step.events)).version
            await work.commit()


def _batches(steps: list[Step]) -> list[list[Step]]:
    return [steps[start : start + _BATCH] for start in range(0, len(steps), _BATCH)]


def histories(steps: list[Step]) -> list[History]:
    """What the steps leave in each ticket's history, without any storage."""
    before: dict[str, Ticket] = {}
    told: dict[str, list[Event]] = {}
    for step in steps:
        number = step.ticket.number
        if step.is_remark:
            told[number] += step.events
        else:
            events = with_changes(before.get(number), step.ticket, step.events)
            told.setdefault(number, []).extend(events)
            before[number] = step.ticket
    return [History(number, tuple(events)) for number, events in told.items()]
