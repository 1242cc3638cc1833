"""`liandong nlu intents` lists what there is, for people and for programs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from liandong.__main__ import make_app
from liandong.settings import ROOT
from tests.county.books import SAMPLE
from tests.county.desk import Desk, said


@pytest.fixture(autouse=True)
def _project(settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tmp_path / "project"
    for folder in ("data", "golden", "keywords"):
        shutil.copytree(ROOT / "nlu" / folder, project / "nlu" / folder)
    shutil.copy(ROOT / "domain.yml", project / "domain.yml")
    monkeypatch.setenv("LIANDONG_PROJECT_DIR", str(project))


def intents(*options: str) -> Result:
    return CliRunner().invoke(make_app("nlu"), ["nlu", "intents", *options])


def test_intents__with_their_examples(desk: Desk) -> None:
    found = json.loads(intents("--json").stdout)["intents"]
    assert {each["code"] for each in found} == {row["matter"] for row in SAMPLE["catalogue"]}
    assert all(each["count"]["data_written"] >= 10 for each in found)
    assert {each["state"] for each in found} == {"live"}


def test_intents__only_what_changed(desk: Desk) -> None:
    desk.rename("street_lamp", "lamp")
    done = intents("--changed")
    assert done.exit_code == 0 and "改了代码 → lamp" in said(done) and "bridge" not in done.output


def test_intents__without_a_database_is_a_sentence(settings: Path) -> None:
    done = intents()
    assert done.exit_code == 1 and "liandong db upgrade" in said(done)
