"""A made-up county whose tickets go random ways through the real rules of their life."""

from tests.tickets.world.steps import histories, saved, world_of
from tests.tickets.world.world import FIRST, HOURS, Step, World

__all__ = ["FIRST", "HOURS", "Step", "World", "histories", "saved", "world_of"]
