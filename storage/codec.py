"""How values of the core are written into JSON columns and read back, typed both ways."""

from __future__ import annotations

from typing import TypeVar

from pydantic import TypeAdapter

from services.conversation import Option
from services.messages import Inbound, Outbound
from services.understanding import Understanding

INBOUND: TypeAdapter[Inbound] = TypeAdapter(Inbound)
OUTBOUND: TypeAdapter[Outbound] = TypeAdapter(Outbound)
UNDERSTANDING: TypeAdapter[Understanding] = TypeAdapter(Understanding)
OPTIONS: TypeAdapter[tuple[Option, ...]] = TypeAdapter(tuple[Option, ...])
REASONS: TypeAdapter[tuple[tuple[str, str], ...]] = TypeAdapter(tuple[tuple[str, str], ...])


T = TypeVar("T")


def dump(adapter: TypeAdapter[T], value: T) -> str:
    """`value` as JSON text."""
    return adapter.dump_json(value).decode()
