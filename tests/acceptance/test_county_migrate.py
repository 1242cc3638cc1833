"""`liandong county migrate` from end to end, on the sample county in a database of its own."""

from __future__ import annotations

import asyncio
import codecs
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from liandong.__main__ import make_app
from liandong.bootstrap import load_office, utc_now
from liandong.prepare import prepare
from liandong.settings import Settings
from services.office import Office
from storage.county_store import CountyStore
from storage.database import Database
from storage.memory_coordination import MemoryWakeups
from storage.unit_of_work import SqlUnitOfWorkFactory
from tests.acceptance.running import ROOT, environment
from tests.routing.plans import ANZE_2021
from tests.storage.values import ticket
from tickets import life
from tickets.states import State
from tickets.ticket import Ticket

OPENED = ticket(
    "LD-20261123-0001-0",
    township="141026200",
    village="141026200201",
    grid="14102620020101",
    owner="group:141026200:infrastructure",
    person="c145",
)
CLOSED = replace(OPENED, number="LD-20261123-0002-8", state=State.CLOSED, clocks=())


@pytest.fixture(scope="session")
def _sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("before")
    asyncio.run(prepare(Settings(data_dir=folder, database_url=""), sample=True))
    return folder


@pytest.fixture(autouse=True)
def url(_sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with the sample county and two tickets."""
    shutil.copytree(_sample_folder, tmp_path, dirs_exist_ok=True)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"LIANDONG_{name.upper()}", raising=False)
    monkeypatch.setenv("LIANDONG_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "120")
    url = f"sqlite:///{tmp_path / 'liandong.db'}"
    asyncio.run(add_tickets(url))
    return url


async def add_tickets(url: str) -> None:
    database = Database(url)
    async with SqlUnitOfWorkFactory(database, MemoryWakeups())() as work:
        for each in (OPENED, CLOSED):
            await work.add_ticket(each, [life.received(each)])
        await work.commit()
    await database.close()


def migrate(*options: str, plan: Path = ANZE_2021, answer: str | None = None) -> Result:
    arguments = ["county", "migrate", str(plan), "--on", "2021-07-01", *options]
    return CliRunner().invoke(make_app("county"), arguments, input=answer)


def said(result: Result) -> str:
    """What was printed, without the line breaks of the terminal."""
    return result.output.replace("\n", "")


async def _state(url: str) -> tuple[int, Office, Ticket | None, Ticket | None]:
    database = Database(url)
    try:
        office = await load_office(database, utc_now)
        version = await CountyStore(database).version()
        async with SqlUnitOfWorkFactory(database, MemoryWakeups())() as work:
            tickets = [await work.ticket(each.number) for each in (OPENED, CLOSED)]
        return version, office, tickets[0], tickets[1]
    finally:
        await database.close()


def unchanged(url: str) -> bool:
    version, office, opened, _ = asyncio.run(_state(url))
    return (version, len(office.county.tree.villages), opened) == (1, 106, OPENED)


def changed(url: str) -> bool:
    version, office, opened, closed = asyncio.run(_state(url))
    assert opened is not None and opened.owner in office.county.org.units
    assert office.county.grids.by_code[str(opened.grid)].is_present
    assert (opened.clocks, opened.person, closed) == (OPENED.clocks, "c145", CLOSED)
    return (version, len(office.county.tree.villages), opened.township) == (2, 71, "141026105")


def test_dry_run__shows_every_move_and_changes_nothing(url: str) -> None:
    result = migrate("--dry-run")
    words = said(result)
    assert result.exit_code == 0 and unchanged(url)
    for shown in ("马必乡", "马壁镇", "马必乡荆村", "7→6", "106→71", "323→323", "其中 1 件要移"):
        assert shown in words
    assert "35 行的依据是推断" in words and "核对" in words


def test_yes__county_and_tickets_change_together(url: str) -> None:
    result = migrate("--yes")
    assert result.exit_code == 0 and "移了 1 件工单" in said(result)
    assert changed(url)


def test_postgres__as_well(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANDONG_DATABASE_URL", postgres_url)
    asyncio.run(prepare(Settings(), sample=True))
    asyncio.run(add_tickets(postgres_url))
    assert migrate("--yes").exit_code == 0
    assert changed(postgres_url)


def test_without_yes__it_is_asked_first(url: str) -> None:
    refused = migrate(answer="n\n")
    assert refused.exit_code == 1 and "没有执行" in said(refused) and unchanged(url)
    assert migrate(answer="y\n").exit_code == 0 and changed(url)


def test_second_time__there_is_nothing_to_do(url: str) -> None:
    migrate("--yes")
    result = migrate("--yes")
    assert result.exit_code == 0 and "已经执行过" in said(result)
    assert changed(url)


def test_second_time__what_was_filed_since_under_the_old_county_is_moved(url: str) -> None:
    migrate("--yes")
    late = replace(OPENED, number="LD-20261123-0003-6")

    async def file() -> None:
        database = Database(url)
        async with SqlUnitOfWorkFactory(database, MemoryWakeups())() as work:
            await work.add_ticket(late, [life.received(late)])
            await work.commit()
        await database.close()

    asyncio.run(file())
    assert "有 1 件" in said(migrate("--dry-run"))
    assert "移了 1 件" in said(migrate("--yes"))


def test_killed_before_the_commit__nothing_changed(url: str, tmp_path: Path) -> None:
    command = ["county", "migrate", str(ANZE_2021), "--on", "2021-07-01", "--yes"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.acceptance.dying", "before_commit", *command],
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        check=False,
    )
    assert done.returncode == -9
    assert unchanged(url)
    assert migrate("--yes").exit_code == 0 and changed(url)


def test_mistakes__are_said_all_at_once_and_nothing_changes(url: str, tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    lines = ANZE_2021.read_text(encoding="utf-8").splitlines()
    wrong = [
        line.replace("风池", "凤凰池").replace("141026200201,", "141026200999,") for line in lines
    ]
    plan.write_text("\n".join(wrong), encoding="utf-8")
    result = migrate("--yes", plan=plan)
    assert result.exit_code == 1 and unchanged(url)
    assert "3 处需要修改" in said(result) and "第6行" in said(result)


def test_plan__may_have_a_byte_order_mark_and_empty_lines(url: str, tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_bytes(codecs.BOM_UTF8 + ANZE_2021.read_bytes() + b",,,,,,,,\r\n\r\n")
    assert migrate("--yes", plan=plan).exit_code == 0 and changed(url)


def test_plan__in_another_encoding_is_refused_in_a_sentence(url: str, tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_bytes(ANZE_2021.read_text(encoding="utf-8").encode("gb18030"))
    result = migrate("--yes", plan=plan)
    assert result.exit_code == 1 and "CSV UTF-8" in said(result) and unchanged(url)


def test_day__that_has_not_come_is_refused(url: str) -> None:
    result = migrate("--yes", "--on", "2999-01-01")
    assert result.exit_code == 1 and "还没到" in said(result) and unchanged(url)


def test_no_database__is_not_made_by_looking(tmp_path: Path) -> None:
    (tmp_path / "liandong.db").unlink()
    result = migrate("--dry-run")
    assert result.exit_code == 1 and "县的数据" in said(result)
    assert not (tmp_path / "liandong.db").exists()
