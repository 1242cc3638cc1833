"""`liandong nlu …` from validate to an override by two people."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from liandong.bootstrap import utc_now
from liandong.commands.nlu import app
from liandong.commands.nlu_compare import COMPARISON_KEYS
from liandong.training.active import name_of
from liandong.training.tools import training_tools
from services.accounts import Account
from services.console_log import LogEntry
from services.console_policy import ConsoleRole
from tests.training.conftest import Place, made_place
from tests.training.tiny import add_sentence


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Iterator[Place]:
    """The commands' settings are those of the place."""
    folder = tmp_path_factory.mktemp("commands")
    place = made_place(folder, model, folder / "models")
    place.go()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("data_dir", "models_dir", "project_dir", "rasa_python"):
            patch.setenv(f"LIANDONG_{name.upper()}", str(getattr(place.settings, name)))
        patch.setenv("COLUMNS", "200")
        yield place


@pytest.fixture(scope="module")
def trained(here: Place) -> str:
    """The name of the model that `nlu train` made."""
    done = nlu("train", "--by", "admin", "--reason", "试一试")
    assert done.exit_code == 0, done.output
    return next(word for word in done.output.split() if word.startswith("nlu-"))


def nlu(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@pytest.mark.usefixtures("here")
def test_validate__a_good_project() -> None:
    done = nlu("validate")
    assert done.exit_code == 0 and "3 个意图" in done.output


def test_gate_override__by_two_people(here: Place, trained: str, tmp_path: Path) -> None:
    name, pdf = trained, tmp_path / "report.pdf"
    asyncio.run(_accounts(here))
    judged = nlu("gate", name, "--pdf", str(pdf))
    assert judged.exit_code == 1 and "不可以上线" in judged.output
    assert pdf.read_bytes().startswith(b"%PDF")
    asked = nlu("gate", name, "--override", "--by", "li", "--reason", "只有三个意图,试点用")
    assert "还要另一个人同意" in asked.output
    assert "换一个人" in nlu("gate", name, "--agree", "--by", "li").output
    assert "要管理员或复核员" in nlu("gate", name, "--agree", "--by", "zhao").output
    assert "没有叫 qian 的控制台账号" in nlu("gate", name, "--agree", "--by", "qian").output
    assert "wang 同意，可以上线" in nlu("gate", name, "--agree", "--by", "wang").output
    assert nlu("gate", name).exit_code == 0


def test_compare__two_models_as_json(trained: str, model: Path) -> None:
    done = nlu("compare", name_of(model), trained, "--json")
    found = json.loads(done.output[done.output.index("{") :])
    assert [*found] == [*COMPARISON_KEYS]
    assert found["better"] == found["worse"] == []  # the stand-in copies the same model


def test_test__examines_again_and_keeps_the_report(trained: str) -> None:
    before = nlu("gate", trained).output
    assert nlu("test", trained).exit_code == 1
    assert "一项一项看" in before and "一项一项看" in nlu("gate", trained).output


@pytest.mark.usefixtures("here")
def test_gate__unknown_models_are_said_so() -> None:
    done = nlu("gate", "nlu-0")
    assert done.exit_code == 1 and "没有叫 nlu-0 的模型" in done.output
    assert "模型文件 nlu-0.tar.gz 不在了" in nlu("test", "nlu-0").output


@pytest.mark.usefixtures("trained")
def test_jobs__are_listed_with_log_and_cancelled() -> None:
    assert nlu("jobs").output.split("\t")[:1] == ["1"]
    assert "正在把关" in nlu("jobs", "--log", "1").output
    assert "已经结束" in nlu("jobs", "--cancel", "1").output


def test_validate__names_file_and_line(here: Place) -> None:
    add_sentence(here.project, "road", "路灯又不亮了这句是考题")
    golden = here.project / "nlu" / "golden" / "road.yml"
    golden.write_text(golden.read_text("utf-8") + "    - 路灯又不亮了这句是考题\n", "utf-8")
    done = nlu("validate")
    line = (here.project / "nlu" / "data" / "road.yml").read_text("utf-8").count("\n")
    assert done.exit_code == 1 and f"data/road.yml 第{line}行" in done.output


async def _accounts(place: Place) -> None:
    """Li and Wang may override, Zhao may not."""
    reviewer, annotator = frozenset({ConsoleRole.REVIEWER}), frozenset({ConsoleRole.ANNOTATOR})
    async with training_tools(place.settings) as tools:
        for name, roles in (("li", reviewer), ("wang", reviewer), ("zhao", annotator)):
            account = Account(name, f"{name}示例", roles, None, 0, utc_now(), "test")
            await tools.accounts.add(account, "x", LogEntry(utc_now(), "test", "add", name))
