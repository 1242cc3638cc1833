"""Every metric, computed from events alone, is what an independent SQL query says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, bindparam, create_engine, text

from services.measuring import Figures
from storage.columns import UtcDateTime
from storage.database import sync_url
from tests.metrics.conftest import Kept
from tests.metrics.queries import SHARES, STATISTICS, TIMES, spelt
from tests.tickets.world import FIRST, HOURS, histories
from tickets.metrics import DEFINITIONS, Arrival, Kind, Metric, facts_of, metrics, repeated
from tickets.working_time import COUNTY_ZONE

_OFFICE = ((8, 0, 12, 0), (14, 30, 18, 0))
_TOLERANCE = 1e-4
"""Minutes; SQLite's days are numbers with some 40 microseconds of grain."""


def named(figures: Figures, code: str) -> Metric:
    return next(metric for metric in figures.metrics if metric.code == code)


@contextmanager
def connection_to(kept: Kept) -> Iterator[Connection]:
    """A plain connection; what is made in it is gone afterwards."""
    assert kept.url is not None
    engine = create_engine(sync_url(kept.url))
    try:
        with engine.connect() as connection:
            _open_the_office(connection, kept.world.now)
            yield connection
            connection.rollback()
    finally:
        engine.dispose()


def _open_the_office(connection: Connection, until: datetime) -> None:
    """The hours of every working day as rows, counted out by hand."""
    connection.execute(text("CREATE TEMPORARY TABLE office_open (opens text, closes text)"))
    if connection.dialect.name == "postgresql":
        connection.execute(
            text(
                "ALTER TABLE office_open ALTER opens TYPE timestamptz USING opens::timestamptz,"
                " ALTER closes TYPE timestamptz USING closes::timestamptz"
            )
        )
    insert = text("INSERT INTO office_open VALUES (:opens, :closes)").bindparams(
        bindparam("opens", type_=UtcDateTime()), bindparam("closes", type_=UtcDateTime())
    )
    day = FIRST.astimezone(COUNTY_ZONE).replace(hour=0, minute=0)
    while day <= until:
        if day.weekday() < 5:
            for hour, minute, to_hour, to_minute in _OFFICE:
                opens = day.replace(hour=hour, minute=minute)
                closes = day.replace(hour=to_hour, minute=to_minute)
                connection.execute(insert, {"opens": opens, "closes": closes})
        day += timedelta(days=1)


def rows(connection: Connection, query: str, now: datetime) -> dict[str, float]:
    """What a query says of each ticket."""
    statement = text(spelt(query, connection.dialect))
    if ":now" in query:
        statement = statement.bindparams(bindparam("now", now, type_=UtcDateTime()))
    found = [(str(number), float(value)) for number, value in connection.execute(statement)]
    assert len(found) == len(dict(found))
    return dict(found)


@pytest.mark.parametrize("code", SHARES)
def test_metric__counts_the_tickets_that_sql_counts(kept_in_sql: Kept, code: str) -> None:
    metric = named(kept_in_sql.figures, code)
    with connection_to(kept_in_sql) as connection:
        found = rows(connection, SHARES[code], kept_in_sql.world.now)
    assert set(metric.base) == set(found)
    assert set(metric.numbers) == {number for number, hit in found.items() if hit == 1}
    whole = sum(found.values())
    expected = whole if metric.kind is Kind.COUNT else whole / len(found)
    assert metric.value == pytest.approx(expected)
    assert (metric.numerator, metric.denominator) == (whole, len(found))


@pytest.mark.parametrize("code", TIMES)
def test_time__of_every_ticket_is_what_sql_adds_up(kept_in_sql: Kept, code: str) -> None:
    figures = kept_in_sql.figures
    ours: dict[str, Any] = {
        each.number: each.sign_minutes if code == "sign_time" else each.handle_minutes
        for each in figures.facts
        if each.number in named(figures, f"{code}_mean").base
    }
    with connection_to(kept_in_sql) as connection:
        found = rows(connection, TIMES[code], kept_in_sql.world.now)
    assert found == pytest.approx(ours, abs=_TOLERANCE)


@pytest.mark.parametrize("statistic", STATISTICS)
@pytest.mark.parametrize("code", TIMES)
def test_time__mean_median_and_p90(kept_in_sql: Kept, code: str, statistic: str) -> None:
    metric = named(kept_in_sql.figures, f"{code}_{statistic}")
    with connection_to(kept_in_sql) as connection:
        found = rows(connection, TIMES[code], kept_in_sql.world.now)
        connection.execute(text("CREATE TEMPORARY TABLE measured (minutes double precision)"))
        values = [{"minutes": minutes} for minutes in found.values()]
        connection.execute(text("INSERT INTO measured VALUES (:minutes)"), values)
        value = connection.scalar(text(STATISTICS[statistic]))
    assert metric.value == pytest.approx(float(value or 0), abs=_TOLERANCE)


def test_queries__there_is_one_for_every_metric() -> None:
    times = {f"{code}_{statistic}" for code in TIMES for statistic in STATISTICS}
    assert {*SHARES, *times} == {definition.code for definition in DEFINITIONS}


def test_world__every_metric_has_something_to_count(kept_in_memory: Kept) -> None:
    for metric in kept_in_memory.figures.metrics:
        assert metric.base, metric.code
        if metric.kind is Kind.SHARE:
            assert 0 < len(metric.numbers) < len(metric.base), metric.code


def test_metrics__are_the_same_wherever_the_histories_are_kept(kept: Kept) -> None:
    now, tickets = kept.world.now, kept.world.tickets.values()
    repeats = repeated(
        Arrival(each.number, each.reporter, each.matter, each.village, each.created_at)
        for each in tickets
    )
    told = histories(kept.world.steps)
    expected = metrics(facts_of(history, HOURS, now, repeats) for history in told)
    assert kept.figures.metrics == expected
