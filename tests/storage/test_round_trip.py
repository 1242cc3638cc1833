"""Every field of every value comes back as it was written, whatever people write."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.conversation import Question
from services.messages import Address, BotName, Inbound, Outbound
from services.ports import PredictionRecord
from services.understanding import Understanding
from tests.storage.stores import Store
from tests.storage.strategies import (
    CLOCKS,
    EVENTS,
    INBOUNDS,
    NAMES,
    OUTBOUNDS,
    PARTS,
    QUESTIONS,
    REQUESTS,
    TICKETS,
    UNDERSTANDINGS,
    WORDS,
)
from tests.storage.values import NOW
from tickets.clocks import Clock
from tickets.events import Event
from tickets.history import rebuilt, with_changes
from tickets.ticket import Request, SubTask, Ticket


@dataclass(frozen=True, slots=True)
class Everything:
    """One of each."""

    ticket: Ticket
    events: list[Event]
    question: Question
    inbound: Inbound
    outbound: Outbound
    understanding: Understanding
    reasons: tuple[tuple[str, str], ...]


EVERYTHING = st.builds(
    Everything,
    TICKETS,
    st.lists(EVENTS, min_size=1, max_size=3),
    QUESTIONS,
    INBOUNDS,
    OUTBOUNDS,
    UNDERSTANDINGS,
    st.lists(st.tuples(NAMES, WORDS), max_size=2).map(tuple),
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(one=EVERYTHING)
async def test_everything__comes_back_as_it_was_written(store: Store, one: Everything) -> None:
    number = one.ticket.number
    chat = Address("web", BotName.RESIDENTS, number)
    receipt = await store.inbox.record(one.inbound, one.ticket.created_at)
    prediction = PredictionRecord(
        receipt.inbox_id, number, one.understanding, one.reasons, one.ticket.created_at
    )
    async with store.units_of_work() as work:
        await work.add_ticket(one.ticket, one.events)
        await work.ask(one.question)
        await work.send(chat, one.outbound, NOW)
        await work.add_prediction(prediction)
        await work.commit()
    async with store.units_of_work() as work:
        item = await work.inbox_item(receipt.inbox_id)
        assert item is not None
        assert (item.inbound, item.received_at) == (one.inbound, one.ticket.created_at)
        assert await work.ticket(number) == one.ticket
        assert await work.standing_clocks(number) == one.ticket.clocks
        history = await work.events(number)
        assert history == list(with_changes(None, one.ticket, one.events))
        assert rebuilt(number, history) == replace(one.ticket, version=0)
        assert await work.question(one.question.id) == one.question
    assert [line.message for line in await store.mailbox.since(chat, 0, 9)] == [one.outbound]
    assert await store.desk.prediction_of(number) == prediction


@pytest.mark.parametrize(
    ("value", "strategy"),
    [
        (Ticket, TICKETS),
        (Clock, CLOCKS),
        (Request, REQUESTS),
        (SubTask, PARTS),
        (Event, EVENTS),
        (Question, QUESTIONS),
        (Inbound, INBOUNDS),
        (Outbound, OUTBOUNDS),
        (Understanding, UNDERSTANDINGS),
    ],
)
def test_strategies__name_every_field(value: Any, strategy: Any) -> None:
    # A field that is added to a value must be added here, or it is not tried.
    given_fields = set(strategy.wrapped_strategy.kwargs)
    assert given_fields == {field.name for field in fields(value)}
