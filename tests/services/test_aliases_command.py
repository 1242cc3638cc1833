"""`liandong county aliases` from end to end, on a county in a database of its own."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from liandong.__main__ import make_app
from liandong.bootstrap import load_office, utc_now
from liandong.prepare import prepare
from liandong.settings import Settings
from routing.places import PlaceFinding
from storage.database import Database
from storage.memory_coordination import MemoryWakeups
from storage.unit_of_work import SqlUnitOfWorkFactory

SHICAO = "141026200209"


async def _propose(settings: Settings, code: str) -> None:
    database = Database(settings.database)
    try:
        async with SqlUnitOfWorkFactory(database, MemoryWakeups())() as work:
            await work.propose_alias("老庙滩", code, utc_now())
            await work.commit()
    finally:
        await database.close()


async def _find(settings: Settings, text: str) -> PlaceFinding:
    database = Database(settings.database)
    try:
        return (await load_office(database, utc_now)).finder.find(text)
    finally:
        await database.close()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"LIANDONG_{name.upper()}", raising=False)
    monkeypatch.setenv("LIANDONG_DATA_DIR", str(tmp_path))
    settings = Settings()
    asyncio.run(prepare(settings, sample=True))
    asyncio.run(_propose(settings, SHICAO))
    return settings


def _aliases(*arguments: str) -> Result:
    return CliRunner().invoke(make_app("county"), ["county", "aliases", *arguments])


def test_list__shows_name_place_and_times(settings: Settings) -> None:
    said = _aliases("list").output
    assert "老庙滩" in said and "马必乡石槽村" in said and SHICAO in said


def test_approve__name_is_found_when_the_county_is_read_again(settings: Settings) -> None:
    assert asyncio.run(_find(settings, "老庙滩那边停水")).village_code is None
    assert _aliases("approve", "老庙滩", SHICAO, "--by", "王示例").exit_code == 0
    assert asyncio.run(_find(settings, "老庙滩那边停水")).village_code == SHICAO
    assert "没有待定" in _aliases("list").output


def test_reject__leaves_the_county_as_it_was(settings: Settings) -> None:
    assert _aliases("reject", "老庙滩", SHICAO, "--by", "王示例").exit_code == 0
    assert asyncio.run(_find(settings, "老庙滩那边停水")).village_code is None
    assert _aliases("approve", "老庙滩", SHICAO, "--by", "王示例").exit_code == 1


def test_approve__place_that_is_no_more_is_refused(settings: Settings) -> None:
    asyncio.run(_propose(settings, "141026999999"))
    assert _aliases("approve", "老庙滩", "141026999999", "--by", "王示例").exit_code == 1


def test_decision__wants_a_name(settings: Settings) -> None:
    assert _aliases("reject", "老庙滩", SHICAO).exit_code == 2
    assert _aliases("reject", "老庙滩", SHICAO, "--by", " ").exit_code == 1


def test_list__without_a_county_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANDONG_DATABASE_URL", "")
    monkeypatch.setenv("LIANDONG_DATA_DIR", str(tmp_path))
    result = _aliases("list")
    assert result.exit_code == 1 and "db upgrade" in result.output
