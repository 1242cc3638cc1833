"""Switching models in the running service, with the real model: whatever dies when, messages are
read by the model of the row, by the one before it, or by the word lists, and all of them are."""

from __future__ import annotations

import asyncio
import json
import os
import time
from pathlib import Path

import pytest

from liandong.settings import Settings
from liandong.shipped import shipped_archive
from nlu.train import train
from tests.acceptance.dying import SECOND, SWITCH_POINTS
from tests.acceptance.model_yard import (
    Yard,
    health,
    kill,
    say,
    says,
    server_of,
    servers_of,
    serves,
    talking,
)
from tests.acceptance.running import ROOT, command, rows, running
from tests.nlu.archives import copy_as_of


@pytest.fixture
def yard(tmp_path: Path) -> Yard:
    """The shipped model in a folder of its own."""
    settings = Settings()
    archive = shipped_archive(settings)
    if not archive.is_file():
        train(ROOT, settings.rasa_python, settings.models_dir)
    data, models = tmp_path / "data", tmp_path / "models"
    models.mkdir()
    copy = models / archive.name
    try:
        os.link(archive, copy)
    except OSError:  # another file system
        copy.write_bytes(archive.read_bytes())
    return Yard(data, models, archive.name.removesuffix(".tar.gz"))


def everything_is_read(yard: Yard, messages: int) -> None:
    assert rows(yard.data, "SELECT status, count(*) FROM inbox GROUP BY 1") == [("done", messages)]
    found = yard.models_of_messages()
    assert len(found) == messages
    assert all(len(models - {"keywords"}) <= 1 <= len(models) for models in found)


async def test_command_line__activates_and_rolls_back_while_residents_write(yard: Yard) -> None:
    async with running(yard.data, **yard.settings) as service:
        await serves(service, yard.shipped)
        await yard.register(yard.add())
        async with talking(service) as times:
            who = ("--by", "王五", "--reason", "试试", "--wait", "60")
            activated = await command(yard.data, "nlu", "activate", SECOND, *who, **yard.settings)
            assert f"在用 {SECOND}" in activated
            listed = json.loads(await command(yard.data, "nlu", "list", "--json", **yard.settings))
            assert listed["services"][0]["taken_up"]
            assert (listed["active"], listed["previous"]) == (SECOND, yard.shipped)
            before = len(times)
            began = time.monotonic()
            await yard.write(active=yard.shipped)
            await serves(service, yard.shipped)
            assert time.monotonic() - began < 10
            while len(times) < before + 3:
                await asyncio.sleep(0.05)
        everything_is_read(yard, len(times))
        assert {model for models in yard.models_of_messages() for model in models} == {
            SECOND,
            yard.shipped,
        }


@pytest.mark.parametrize("point", SWITCH_POINTS)
async def test_killed__in_the_middle_of_a_switch_the_row_alone_decides(
    point: str, yard: Yard
) -> None:
    async with running(yard.data, die_at=point, **yard.settings) as service:
        await serves(service, yard.shipped)
        await yard.register(yard.add())
        await yard.write(active=SECOND, previous=yard.shipped)
        assert await asyncio.wait_for(service.killed(), 60) == -9
    async with running(yard.data, **yard.settings) as service:
        found = await serves(service, SECOND)
        assert (found["models_version"], found["models_problem"]) == (
            (await yard.row()).version,
            "",
        )
        await say(service)
        everything_is_read(yard, 1)
        assert yard.models_of_messages() == [{SECOND}]


async def test_killed_servers__all_messages_are_read_and_the_switch_comes_to_its_end(
    yard: Yard,
) -> None:
    async with running(yard.data, **yard.settings) as service:
        await serves(service, yard.shipped)
        await yard.register(yard.add())
        async with talking(service) as times:
            await yard.write(active=SECOND, previous=yard.shipped)
            kill(await server_of(service, SECOND))  # while it starts
            kill(await server_of(service, yard.shipped))  # the old one, meanwhile
            await serves(service, SECOND)
            kill(await server_of(service, SECOND))  # as soon as it serves
            await serves(service, SECOND)
        everything_is_read(yard, len(times))
        async with asyncio.timeout(30):
            while rows(yard.data, "SELECT count(*) FROM tickets WHERE degraded") != [(0,)]:
                await asyncio.sleep(0.2)


async def test_unusable_models__leave_the_old_one_serving_and_are_said(yard: Yard) -> None:
    async with running(yard.data, **yard.settings) as service:
        await serves(service, yard.shipped)
        other = copy_as_of(
            yard.models / f"{yard.shipped}.tar.gz", yard.models / "nlu-other.tar.gz", "3.5.17"
        )
        cut = yard.models / "nlu-cut.tar.gz"
        cut.write_bytes(other.read_bytes()[:-1000])
        gone = yard.add("nlu-gone")
        await yard.register(gone)
        gone.unlink()
        for name, said in (("nlu-other", "3.5.17"), ("nlu-cut", "不完整"), ("nlu-gone", "不在了")):
            await yard.write(active=name, previous=yard.shipped)
            assert (await says(service, said))["model"] == yard.shipped
            assert not servers_of(service, name)
        await say(service)
        assert yard.models_of_messages() == [{yard.shipped}]
    async with running(yard.data, **yard.settings) as service:
        found = await serves(service, yard.shipped)
        assert "不在了" in str(found["models_problem"])
        await yard.write(active="nlu-cut", previous="nlu-gone")
        await yard.write(active="nlu-cut", previous="nlu-gone")
    async with running(yard.data, **yard.settings) as service:
        await says(service, "现在由 关键词 识别")
        await say(service)
        assert {"keywords"} in yard.models_of_messages()


async def test_canary_and_shadow__one_reads_its_township_the_other_changes_nothing(
    yard: Yard,
) -> None:
    async with running(yard.data, **yard.settings) as service:
        await serves(service, yard.shipped)
        for name in (SECOND, "nlu-third"):
            await yard.register(yard.add(name))
        row = await yard.write(
            active=yard.shipped, canary=SECOND, townships=("141026100",), shadow="nlu-third"
        )
        async with asyncio.timeout(60):
            while rows(yard.data, "SELECT version, canary, shadow FROM nlu_followers") != [
                (row.version, SECOND, "nlu-third")
            ]:
                await asyncio.sleep(0.1)
        await say(service, "府城镇高壁村三组路灯坏了三天没人管")
        await say(service, "和川镇议亭村的路上有个大坑")
        assert sorted(map(sorted, yard.models_of_messages())) == [[yard.shipped], [SECOND]]
        query = "SELECT inbox_id, model, live_model, label, differs FROM shadow_readings"
        async with asyncio.timeout(30):
            while len(found := rows(yard.data, query)) < 2:
                await asyncio.sleep(0.1)
        assert found == [
            (1, "nlu-third", SECOND, "street_lamp", 0),
            (2, "nlu-third", yard.shipped, "road", 0),
        ]


async def test_changed_sentences__do_not_change_what_serves(yard: Yard, tmp_path: Path) -> None:
    """Once somebody has chosen a model, no start waits for a training of changed files."""
    async with running(yard.data, **yard.settings) as service:
        await serves(service, yard.shipped)
        await yard.register(yard.add())
        await yard.write(active=SECOND, previous=yard.shipped)
        await serves(service, SECOND)
    (yard.models / f"{yard.shipped}.tar.gz").unlink()  # as if it had never been trained
    async with running(yard.data, **yard.settings) as service:
        await serves(service, SECOND)
        assert (await health(service))["model"] == SECOND
