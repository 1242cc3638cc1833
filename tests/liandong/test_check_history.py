"""`liandong check --history`: silent when all is well, names ticket and place when it is not."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from liandong.__main__ import make_app
from liandong.history_check import sentence
from tests.county.desk import Desk, said
from tests.storage.stores import sql_store
from tests.tickets.world import saved, world_of
from tickets.integrity import Break, Fault

_WORLD = world_of(17, 30)
Check = Callable[..., Result]


@pytest.fixture
def check() -> Check:
    """`liandong check --history …`."""

    def run(*options: str) -> Result:
        return CliRunner().invoke(make_app("check"), ["check", "--history", *options])

    return run


@pytest.fixture
def database(desk: Desk, settings: Path) -> sqlite3.Connection:
    """The database file, open to whoever has its password."""

    async def write() -> None:
        async with sql_store(desk.url) as store:
            await saved(store.units_of_work, _WORLD.steps)

    asyncio.run(write())
    return sqlite3.connect(settings / "liandong.db", isolation_level=None)


def test_history__that_nobody_touched(database: sqlite3.Connection, check: Check) -> None:
    done = check()
    assert done.exit_code == 0 and "30 件工单：历史没有断" in done.stdout
    assert json.loads(check("--json").stdout) == {"ok": True, "tickets": 30, "breaks": []}


def test_history__says_which_event_of_which_ticket(
    database: sqlite3.Connection, check: Check
) -> None:
    number = next(iter(_WORLD.tickets))
    (second,) = database.execute(
        "SELECT id FROM ticket_events WHERE ticket = ? ORDER BY id LIMIT 1 OFFSET 1", (number,)
    ).fetchone()
    database.execute(
        "UPDATE ticket_events SET text = 'nothing of the kind' WHERE id = ?", (second,)
    )
    done = check()
    assert done.exit_code == 1
    assert f"{number}：第 2 条记录" in said(done) and "查出 1 处" in said(done)
    (found,) = json.loads(check("--json").stdout)["breaks"]
    assert (found["number"], found["fault"], found["position"]) == (number, "chain", 2)


def test_history__says_what_was_changed_in_a_row(
    database: sqlite3.Connection, check: Check
) -> None:
    number = next(n for n, ticket in _WORLD.tickets.items() if ticket.satisfaction is None)
    database.execute("UPDATE tickets SET satisfaction = 5 WHERE number = ?", (number,))
    done = check()
    assert done.exit_code == 1 and f"{number}：工单和它的历史记录不一致（satisfaction）" in said(
        done
    )


@pytest.mark.parametrize("fault", Fault)
def test_sentence__there_is_one_for_every_fault(fault: Fault) -> None:
    assert sentence(Break("LD-1", fault, "bogus", 7)).startswith("LD-1：")


def test_sentence__of_what_was_cut_off() -> None:
    assert "第 7 条记录起被删掉了" in sentence(Break("LD-1", Fault.CHAIN, "", 7))


def test_no_database__is_a_sentence(settings: Path, check: Check) -> None:
    done = check()
    assert done.exit_code == 1 and "liandong db upgrade" in said(done)
