"""From what is no more to what took its place. Divisions and grids are followed alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Succeeded(Protocol):
    """Something that may have ended and been succeeded by others."""

    @property
    def is_present(self) -> bool: ...

    @property
    def successors(self) -> tuple[str, ...]: ...


def present_codes(by_code: Mapping[str, Succeeded], code: str) -> tuple[str, ...]:
    """The present codes at the end of all chains of successors from `code`, each once.

    An unknown code leads nowhere; a chain that turns back on itself ends (a validated county
    has none).
    """
    found: dict[str, None] = {}
    waiting, seen = [code], set[str]()
    while waiting:
        at = waiting.pop(0)
        node = by_code.get(at)
        if node is None or at in seen:
            continue
        seen.add(at)
        if node.is_present:
            found[at] = None
        else:
            waiting.extend(node.successors)
    return tuple(found)
