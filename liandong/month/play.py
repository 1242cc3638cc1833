"""Plays a month: opens the world, peoples it, lets the time pass, checks, counts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from liandong.month.background import Background
from liandong.month.cadre_work import Work
from liandong.month.cadres import Cadres
from liandong.month.chance import Chance
from liandong.month.clock import at_local, local
from liandong.month.figures import Outcome, figures_of
from liandong.month.hand import Hand
from liandong.month.measured import measured
from liandong.month.mouth import Mouth
from liandong.month.phrases import Phrases
from liandong.month.pictures import Pictures
from liandong.month.reactions import Reactions
from liandong.month.residents import Residents
from liandong.month.stand_in import StandIn
from liandong.month.temperaments import WorkingHours
from liandong.month.trouble import Trouble
from liandong.month.watch import Watch
from liandong.month.world import World, open_world
from liandong.prepare import prepare
from liandong.settings import ROOT, Settings
from services.ports import Understander

PER_DAY = 92.0
"""Matters on an average day: more than three thousand tickets in a month."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is played. `until` is the moment at which it ends, aware."""

    until: datetime
    days: float = 30
    seed: int = 7
    per_day: float = PER_DAY
    """Matters on an average day."""
    messenger: bool = True
    """False: everybody uses the web only, as for a demonstration."""

    @property
    def start(self) -> datetime:
        """When it begins."""
        return self.until - timedelta(days=self.days)


class Play:
    """One month in one database."""

    def __init__(self, world: World, plan: Plan, phrases: Phrases, stand_in: StandIn) -> None:
        self.world = world
        self.plan = plan
        pictures = Pictures(Chance(plan.seed, "pictures"), world.core.media)
        mouth = Mouth(world, stand_in, pictures)
        hand = Hand(world, pictures)
        self.residents = Residents(world, phrases, mouth, plan.per_day, plan.messenger)
        posts = world.office.county.roster.by_unit.values()
        work = Work(world, hand, stand_in, self.residents.shared)
        hours = WorkingHours.of(post for each in posts for post in each)
        self.cadres = Cadres(world, work, hours)
        self.trouble = Trouble(world, self.cadres, hand, plan.messenger)
        self.watch = Watch(lambda: world.office.county, world.eyes, world.exchange)
        self.background = Background(world, pictures)
        reactions = Reactions(world, self.residents, phrases, mouth)
        world.watch = self.watch
        world.onlookers += [reactions, self.cadres, self.background]

    async def run(self, tick: Callable[[float], None]) -> None:
        """Play it; raises `PromiseBroken`. `tick` gets the days that have passed."""
        await self.trouble.bind_chats()
        start, until = self.plan.start, self.plan.until
        day = local(start).date()
        while (begins := at_local(day, datetime.min.time())) <= until:
            self.world.agenda.plan(max(begins, start), self._day)
            day += timedelta(days=1)
        self.background.start()
        await self.world.run(until, lambda now: tick((now - start) / timedelta(days=1)))
        await self.trouble.restore()
        self.watch.at_the_end(self.world.now)

    async def _day(self) -> None:
        """A new local day: yesterday is checked, today is planned."""
        now = self.world.now
        self.watch.day_is_over(now)
        today = local(now).date()
        self.residents.plan_day(today, now, self.plan.until)
        self.trouble.plan_day(today, now, self.plan.until)


async def play(
    settings: Settings,
    plan: Plan,
    *,
    understander: Understander | None = None,
    tick: Callable[[float], None] = lambda _days: None,
) -> Outcome:
    """A month in `settings`' SQLite database, which must hold no ticket yet.

    `understander` takes the stand-in's place. Raises `PromiseBroken`.
    """
    began, used = time.monotonic(), time.process_time()
    await prepare(settings, sample=True)
    stand_in = StandIn(plan.seed)
    world = await open_world(settings, understander or stand_in, plan.start, plan.seed)
    try:
        office = world.office
        phrases = Phrases.of(ROOT / "nlu" / "data", office.county, office.finder)
        stand_in.neighbours = phrases.neighbours()
        played = Play(world, plan, phrases, stand_in)
        await played.run(tick)
        figures = await measured(world.core.database, office, plan.start, plan.until)
        outcome = figures_of(
            world.eyes,
            days=plan.days,
            seed=plan.seed,
            messages=world.received,
            passes=world.passes,
            checks=played.watch.checks,
            hops=played.watch.hops,
            seconds=time.monotonic() - began,
            cpu_seconds=time.process_time() - used,
        )
        return replace(outcome, figures=figures)
    finally:
        world.eyes.close()
        await world.core.close()
