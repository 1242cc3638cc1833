"""A matter that nobody foresaw goes wrong, is corrected, learnt, tried and taken up, and given up
again: the whole loop with the real service, real Rasa, the console's own pages."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from nlu.rasa_env import rasa_python
from nlu.train import train
from tests.acceptance.running import ROOT, Running, classifier_ready, command, rows, running
from tests.acceptance.small_project import project_of
from tests.acceptance.visitor import Visitor, residents_say, shown

NEW = "shared_bike"
WHOLE = bool(os.environ.get("LIANDONG_WHOLE_STORY"))
"""All 21,888 sentences instead of some of each intent: some ten minutes more."""
TOWNSHIP = "府城镇"
PASSWORDS = {"zhang": "yi-ge-hen-chang-de", "li": "ling-yi-ge-hen-chang"}
_FOLDER = Path(__file__).parent / "new_matter"
_CARD = re.compile(
    r'action="/console/inbox/(\d+)".*?<blockquote class="words">(.*?)</blockquote>', re.DOTALL
)
_LABEL = re.compile(r'name="label" value="(\d+)"')
_ROLLBACK_SECONDS = 10
_DANGERS = {"danger_recall", "dangers_kept", "secrecy_recall"}
_NOT_TAKEN_UP = (
    "SELECT count(*) FROM predictions WHERE inbox_id NOT IN (SELECT inbox_id FROM corrections)"
)


def sentences(name: str) -> list[str]:
    return (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").split()


LEARN, LATER = sentences("learn"), sentences("later")


@dataclass
class County:
    """A running service with its own project and models."""

    service: Running
    project: Path

    def read(self, query: str) -> list[tuple[object, ...]]:
        return rows(self.service.data_dir, query)

    async def until(self, query: str, wanted: object, seconds: float = 60) -> None:
        async with asyncio.timeout(seconds):
            while self.read(query) != [(wanted,)]:
                await asyncio.sleep(0.1)

    async def hears(self, texts: list[str]) -> dict[str, tuple[str, str]]:
        """What each text was read as, and by which model, once all were."""
        [(before,)] = self.read("SELECT coalesce(max(id), 0) FROM inbox")
        await residents_say(self.service.url, texts)
        fresh = f"SELECT count(*) FROM inbox WHERE id > {before} AND status = 'done'"
        await self.until(fresh, len(texts))
        found = self.read(
            "SELECT i.payload, p.payload, p.model FROM inbox i JOIN predictions p "
            f"ON p.inbox_id = i.id WHERE i.id > {before}"
        )
        return {
            str(json.loads(str(said))["text"]): (
                str(json.loads(str(read))["matter"]),
                str(model),
            )
            for said, read, model in found
        }


DRAFT: dict[str, str | list[str]] = {
    "code": NEW,
    "name": "共享车",
    "group": "infrastructure",
    "lead_unit": "住建局",
    "min_level": "village",
    "appeal_types": ["complaint", "help"],
    "urgency": "normal",
    "evidence": ["contact"],
    "covers": "扫码的共享单车、电动车：乱停、退押金、收费、坏车",
}


@pytest.fixture(scope="session")
def taught(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A project, and a folder with its model."""
    folder = tmp_path_factory.mktemp("taught")
    project = project_of(folder / "project", None if WHOLE else 60)
    train(project, rasa_python(ROOT), folder / "models")
    return project, folder / "models"


@pytest.fixture
async def county(taught: tuple[Path, Path], tmp_path: Path) -> AsyncIterator[County]:
    project, models = tmp_path / "project", tmp_path / "models"
    shutil.copytree(taught[0], project)
    shutil.copytree(taught[1], models)
    settings = {"project_dir": str(project), "models_dir": str(models), "nlu": "true"}
    async with running(tmp_path / "var", **settings) as service:
        for name, roles in (("zhang", "admin,annotator"), ("li", "admin,reviewer")):
            await command(
                service.data_dir,
                *("account", "add", name, "--person", name, "--roles", roles),
                "--password-stdin",
                typed=PASSWORDS[name],
            )
        await classifier_ready(service.url)
        yield County(service, project)


async def correct(zhang: Visitor) -> int:
    """What came first of the new matter, one by one; what is asked later stays unseen."""
    done = 0
    while cards := _CARD.findall(await zhang.page("/console/inbox")):
        item, words = cards[0]
        # The words that spoke for a reading are marked, which cuts the text in pieces.
        if shown(words).replace(" ", "") in LATER:
            await zhang.send(f"/console/inbox/{item}", verdict="skip")
            continue
        await zhang.send(f"/console/inbox/{item}", intent=NEW, appeal_type="complaint")
        done += 1
    return done


async def review(li: Visitor) -> None:
    """All that was proposed, group by group."""
    while labels := sorted(set(_LABEL.findall(await li.page("/console/review")))):
        await li.send("/console/review/all", label=labels)


async def trained(county: County, zhang: Visitor) -> str:
    """A training from the console; the new model's name."""
    await zhang.page("/console/training")
    await zhang.send("/console/training", reason="加了共享车")
    over = "SELECT count(*) FROM nlu_jobs WHERE state IN ('done', 'failed', 'cancelled')"
    await county.until(over, 1, 1200)
    [(state, problem, model)] = county.read("SELECT state, problem, model FROM nlu_jobs")
    assert state == "done", problem
    return str(model)


async def switch(zhang: Visitor, model: str, what: str, **fields: str | list[str]) -> None:
    await zhang.page(f"/console/models/{model}")
    await zhang.send(f"/console/models/{model}/{what}", reason="试一试", **fields)


async def heard_by(county: County, text: str, wanted: Callable[[str], bool]) -> tuple[str, str]:
    """Ask until a model as wanted answers: a running service follows within a second or two."""
    async with asyncio.timeout(30):
        while True:
            [answer] = (await county.hears([text])).values()
            if wanted(answer[1]):
                return answer
            await asyncio.sleep(0.2)


@pytest.mark.timeout(1800)
async def test_new_matter__from_wrong_to_right_and_back(county: County) -> None:
    url = county.service.url
    before = await county.hears(LEARN + LATER)
    [old] = {model for _, model in before.values()}
    assert NEW not in {matter for matter, _ in before.values()}

    async with (
        await Visitor.signed_in(url, "zhang", PASSWORDS["zhang"]) as zhang,
        await Visitor.signed_in(url, "li", PASSWORDS["li"]) as li,
    ):
        await zhang.page("/console/intents")
        await zhang.send("/console/intents", **DRAFT)
        await county.until(_NOT_TAKEN_UP, 0)
        assert await correct(zhang) > 0.8 * len(LEARN)
        await review(li)
        await zhang.page(f"/console/intents/{NEW}")
        await zhang.send(f"/console/intents/{NEW}/live")
        new = await trained(county, zhang)
        await through_the_gate(county, new, zhang, li)

        await switch(zhang, new, "shadow")
        await county.until("SELECT shadow FROM nlu_serving", new)
        await shadows(county, old, new)

        await switch(zhang, new, "canary", township=await township(county))
        await heard_by(county, f"{TOWNSHIP}高壁村，路灯不亮", lambda model: model == new)
        there = await county.hears([f"{TOWNSHIP}高壁村，{text}" for text in LATER])
        assert {model for _, model in there.values()} == {new}
        assert understood(there) >= 0.5 * len(LATER), there
        elsewhere = await county.hears([f"和川镇和川村，{text}" for text in LATER])
        assert {model for _, model in elsewhere.values()} == {old}

        await switch(zhang, new, "activate")
        await heard_by(county, "你们在忙什么", lambda model: model == new)
        after = await county.hears(LATER)
        assert {model for _, model in after.values()} == {new}
        assert understood(after) >= 0.6 * len(LATER), after

        began = time.monotonic()
        await switch(zhang, old, "rollback")
        matter, _ = await heard_by(county, LATER[3], lambda model: model == old)
        assert time.monotonic() - began < _ROLLBACK_SECONDS
        assert matter == before[LATER[3]][0]


def understood(answers: dict[str, tuple[str, str]]) -> int:
    """How many were taken for the new matter."""
    return sum(matter == NEW for matter, _ in answers.values())


async def township(county: County) -> str:
    found = f"SELECT code FROM divisions WHERE short_name = '{TOWNSHIP}' AND level = 'township'"
    [(code,)] = county.read(found)
    return str(code)


async def through_the_gate(county: County, model: str, zhang: Visitor, li: Visitor) -> None:
    """Everything else as before: that is what the gate looks for.

    With all sentences one in a hundred of the exam's may be read worse. From few not all dangers
    are learnt, and one or the other flips by chance: then, and then only, two people let the
    model through.
    """
    [(report, passed)] = county.read(
        f"SELECT report, passed FROM nlu_models WHERE name = '{model}'"
    )
    findings = json.loads(str(report))["findings"]
    failed = {each["check"] for each in findings if each["binding"] and not each["passed"]}
    assert failed <= (set() if WHOLE else _DANGERS), findings
    assert bool(passed) == (not failed)
    [overall] = [each for each in findings if each["check"] == "overall"]
    assert not WHOLE or overall["numbers"]["lost"] <= 0.01 * 2_330, overall
    if failed:
        page = f"/console/models/{model}/override"
        await zhang.page(f"/console/models/{model}")
        await zhang.send(page, reason="例句少，险情另有词表兜底")
        await li.page(f"/console/models/{model}")
        await li.send(page, agree="1")


async def shadows(county: County, old: str, new: str) -> None:
    """The new model reads along: it differs where it should, and changes nothing."""
    differs = (
        f"SELECT 1 FROM shadow_readings WHERE model = '{new}' AND label = '{NEW}' "
        f"AND live_model = '{old}' AND live_label <> '{NEW}' AND differs LIMIT 1"
    )
    async with asyncio.timeout(60):
        while not county.read(differs):
            read = await county.hears(LATER[:4])
            assert {model for _, model in read.values()} == {old}
