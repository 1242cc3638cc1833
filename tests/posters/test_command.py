"""`liandong county posters` from end to end, on a county in a database of its own."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from liandong.__main__ import make_app
from liandong.prepare import prepare
from liandong.settings import Settings
from tests.posters.conftest import GAOBI
from tests.posters.eyes import Printed

URL = "https://liandong.example.org"


@pytest.fixture(scope="session")
def county_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county")
    asyncio.run(prepare(Settings(data_dir=folder, database_url=""), sample=True))
    return folder


@pytest.fixture(autouse=True)
def _settings(county_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"LIANDONG_{name.upper()}", raising=False)
    monkeypatch.setenv("LIANDONG_DATA_DIR", str(county_folder))


def _posters(target: Path, *options: str) -> Result:
    return CliRunner().invoke(
        make_app("county"), ["county", "posters", "--out", str(target), *options]
    )


def _said(result: Result) -> str:
    """What was printed, without the line breaks of the terminal."""
    return result.output.replace("\n", "")


def test_posters__a_village_is_printed_with_codes_that_lead_into_its_grids(tmp_path: Path) -> None:
    target = tmp_path / "p.pdf"
    options = ("--village", "高壁", "--url", URL, "--telegram-bot", "@liandong_bot")
    result = _posters(target, *options)
    assert result.exit_code == 0 and "✓ 4 张" in _said(result) and "水印" in _said(result)
    with Printed(target.read_bytes()) as printed:
        found = [printed.codes(page).keys() for page in range(len(printed))]
    assert found == [
        {f"{URL}/?grid={code}", f"https://t.me/liandong_bot?start={code}"}
        for code in (f"141026100206{number:02}" for number in range(1, 5))
    ]


def test_posters__address_and_bot_come_from_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANDONG_PUBLIC_URL", URL)
    monkeypatch.setenv("LIANDONG_RESIDENTS_BOT_NAME", "liandong_bot")
    assert _posters(tmp_path / "p.pdf", "--grid", GAOBI).exit_code == 0
    with Printed((tmp_path / "p.pdf").read_bytes()) as printed:
        assert len(printed.codes(0)) == 2


def test_posters__an_address_of_this_machine_is_printed_with_a_warning(tmp_path: Path) -> None:
    result = _posters(tmp_path / "p.pdf", "--grid", GAOBI, "--url", "http://127.0.0.1:8420")
    assert result.exit_code == 0 and "只有本机打得开" in _said(result)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((), "请加 --url"),
        (("--url", "example.org"), "网址“example.org”不对"),
        (("--url", URL, "--telegram-bot", "no"), "用户名“no”不对"),
        (("--url", URL, "--grid", "1"), "没有编码为“1”的网格"),
        (("--url", URL, "--township", "高壁"), "没有叫“高壁”的乡镇"),
    ],
)
def test_posters__a_mistake_is_a_sentence_and_no_file(
    tmp_path: Path, options: tuple[str, ...], sentence: str
) -> None:
    result = _posters(tmp_path / "p.pdf", *options)
    assert result.exit_code == 1 and sentence in _said(result)
    assert list(tmp_path.iterdir()) == []


def test_posters__a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    result = _posters(tmp_path / "none" / "p.pdf", "--grid", GAOBI, "--url", URL)
    assert result.exit_code == 1 and "写不进去" in _said(result)


def test_posters__a_missing_font_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANDONG_POSTER_FONT", str(tmp_path / "none.ttc"))
    result = _posters(tmp_path / "p.pdf", "--grid", GAOBI, "--url", URL)
    assert result.exit_code == 1 and "fonts-noto-cjk" in _said(result)


def test_posters__without_a_county_says_so_and_makes_no_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANDONG_DATA_DIR", str(tmp_path))
    result = _posters(tmp_path / "p.pdf", "--url", URL)
    assert result.exit_code == 1 and "先装入县的数据" in _said(result)
    assert list(tmp_path.iterdir()) == []
