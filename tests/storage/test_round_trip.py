"""Every field of every value comes back as it was written, whatever people write."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import partial
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.conversation import About, Option, Question
from services.messages import (
    Address,
    Attachment,
    BotName,
    Button,
    Inbound,
    InboundKind,
    Location,
    Outbound,
)
from services.ports import PredictionRecord
from services.understanding import Guess, Part, Understanding
from tests.storage.stores import Store
from tests.storage.values import NOW
from tickets.events import Event, EventName
from tickets.states import State
from tickets.ticket import Ticket

_FRESH = count(1)

# What services let through: no control characters but line breaks, no lone surrogates.
WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=40
) | st.sampled_from(
    [
        "路燈壞了，沒人管！",
        "👨‍👩‍👧‍👦🏮",
        'it\'s "quoted" `back` \\ %s {x} :y ?',
        "𠮷野家𡃁",
        "'; DROP TABLE tickets;--",
    ]
)
NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
MAYBE = st.none() | NAMES
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
COUNTS = st.integers(0, 2**31 - 1)
SHARES = st.floats(0, 1)
ADDRESSES = st.builds(
    Address, st.sampled_from(["telegram", "web"]), st.sampled_from(BotName), NAMES
)

TICKETS = st.builds(
    Ticket,
    number=st.builds(lambda: f"N{next(_FRESH)}"),
    reporter=NAMES,
    state=st.sampled_from(State),
    text=WORDS,
    kind=NAMES,
    matter=MAYBE,
    matter_name=WORDS,
    appeal_type=NAMES,
    group=MAYBE,
    county_unit=MAYBE,
    urgent=st.booleans(),
    confidential=st.booleans(),
    township=MAYBE,
    village=MAYBE,
    grid=MAYBE,
    villager_group=st.none() | COUNTS,
    location_level=NAMES,
    owner=NAMES,
    person=MAYBE,
    due_at=st.none() | MOMENTS,
    created_at=MOMENTS,
    updated_at=MOMENTS,
    degraded=st.booleans(),
    places_asked=COUNTS,
    escalations=COUNTS,
    returns=COUNTS,
    answer=WORDS,
    version=st.integers(0, 1000),
)
EVENTS = st.builds(
    Event,
    name=st.sampled_from(EventName),
    at=MOMENTS,
    actor=NAMES,
    state=st.sampled_from(State),
    text=WORDS,
    unit=MAYBE,
    person=MAYBE,
    due_at=st.none() | MOMENTS,
)
QUESTIONS = st.builds(
    Question,
    id=st.builds(lambda: f"q{next(_FRESH)}"),
    conversation=NAMES,
    about=st.sampled_from(About),
    options=st.lists(st.builds(Option, WORDS, NAMES), max_size=3).map(tuple),
    asked_at=MOMENTS,
    due_at=MOMENTS,
    ticket=MAYBE,
    inbox_id=st.none() | COUNTS,
    verb=NAMES,
    answered_at=st.none(),
)
INBOUNDS = st.builds(
    Inbound,
    address=ADDRESSES,
    update_id=st.builds(lambda: f"u{next(_FRESH)}"),
    kind=st.sampled_from(InboundKind),
    sender=NAMES,
    sent_at=MOMENTS,
    text=WORDS,
    data=WORDS,
    message_id=MAYBE,
    reply_to=MAYBE,
    attachment=st.none() | st.builds(Attachment, NAMES, NAMES, COUNTS, WORDS),
    location=st.none() | st.builds(Location, st.floats(-90, 90), st.floats(-180, 180)),
    in_group=st.booleans(),
)
OUTBOUNDS = st.builds(
    Outbound,
    text=WORDS,
    buttons=st.lists(
        st.lists(st.builds(Button, WORDS, NAMES), max_size=2).map(tuple), max_size=2
    ).map(tuple),
    slot=MAYBE,
    reply_to=MAYBE,
    media=MAYBE,
    ticket=MAYBE,
    purpose=NAMES,
    fresh=st.booleans(),
)
WHOLES = partial(
    st.builds,
    Understanding,
    kind=NAMES,
    matter=MAYBE,
    confidence=SHARES,
    ranking=st.lists(st.builds(Guess, NAMES, SHARES), max_size=3).map(tuple),
    appeal_type=MAYBE,
    urgent=st.booleans(),
    confidential=st.booleans(),
    n_matters=COUNTS,
    evidence=st.lists(WORDS, max_size=3).map(tuple),
    model=NAMES,
    degraded=st.booleans(),
    latency_ms=SHARES,
    margin=SHARES,
    rule=NAMES,
    destination_confidence=st.none() | SHARES,
    threshold=st.none() | SHARES,
)
UNDERSTANDINGS = WHOLES(
    parts=st.lists(st.builds(Part, WORDS, WHOLES(parts=st.just(()))), max_size=3).map(tuple)
)


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
        assert await work.events(number) == one.events
        assert await work.question(one.question.id) == one.question
    assert [line.message for line in await store.mailbox.since(chat, 0, 9)] == [one.outbound]
    assert await store.desk.prediction_of(number) == prediction


@pytest.mark.parametrize(
    ("value", "strategy"),
    [
        (Ticket, TICKETS),
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
