"""`liandong replay` from end to end, on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import csv
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from liandong.__main__ import make_app
from liandong.commands import replay as command
from liandong.period import BadSince, since_of
from liandong.replay_output import COLUMNS
from storage.tables import COUNTY_VERSIONS, INBOX, OUTBOX, PREDICTIONS, TICKET_EVENTS, TICKETS
from tests.county.books import SAMPLE
from tests.county.catalogues import csv_file, edited, without
from tests.county.desk import Desk, said
from tests.services.town import MONDAY, Town
from tests.storage.stores import sql_store

NOW = MONDAY + timedelta(days=2)
SECRET = "高壁村支书贪污修路的钱"
LAMP = "府城镇高壁村三组路灯坏了三天没人管"
HIDDEN = "府城镇高壁村路灯坏了，请保密"

Replay = Callable[..., Result]


async def _live(url: str) -> None:
    async with sql_store(url) as store:
        town = Town(store)
        lamp = await town.open_lamp("anna")
        await town.say("府城镇高壁村停水了", "beth")
        await town.say(SECRET, "carl")
        await town.say(HIDDEN, "dora")
        assert lamp.person is not None
        town.now = MONDAY + timedelta(hours=1)
        await town.cadre(lamp.person, lamp.number, "sign")


@pytest.fixture(params=["sqlite", "postgres"])
def past(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, settings: Path) -> Desk:
    """A county with four tickets; the clock of the command stands two days later."""
    url = request.getfixturevalue(f"{request.param}_url")
    monkeypatch.setenv("LIANDONG_DATABASE_URL", url)
    monkeypatch.setattr(command, "utc_now", lambda: NOW)
    desk = Desk(url)
    desk.put(SAMPLE)
    asyncio.run(_live(url))
    return desk


@pytest.fixture
def replay(tmp_path: Path) -> Replay:
    """`liandong replay --catalogue …` with the rows of a catalogue."""

    def run(rows: list[dict[str, str]], *options: str | Path) -> Result:
        path = csv_file(tmp_path / "new.csv", rows)
        words = ["replay", "--catalogue", str(path), *map(str, options)]
        return CliRunner().invoke(make_app("replay"), words)

    return run


def everything(desk: Desk) -> list[tuple[object, ...]]:
    """Every row of every table that a replay might touch."""
    return desk.rows(TICKETS, TICKET_EVENTS, PREDICTIONS, INBOX, OUTBOX, COUNTY_VERSIONS)


def test_same_catalogue__says_that_nothing_is_different(past: Desk, replay: Replay) -> None:
    done = replay(SAMPLE["catalogue"])
    assert done.exit_code == 0
    assert "4 件工单" in said(done) and "两份目录的结果完全一样" in said(done)
    assert "4 件的第一个单位和当时一样" in said(done)


def test_other_catalogue__is_told_as_flows_limits_and_climbs(past: Desk, replay: Replay) -> None:
    done = replay(edited("street_lamp", group="livelihood", limits="help:1", min_level="county"))
    told = said(done)
    assert done.exit_code == 0
    assert "2 件（50.0%）第一个接手的单位会不一样" in told
    assert "府城镇基础设施与环境服务组" in told and "住建局" in told and "路灯 2" in told
    assert "3 个工作日" in told and "1 个工作日" in told
    assert "假定新单位和原单位一样快" in told


def test_confidential__is_counted_and_never_listed(
    past: Desk, replay: Replay, tmp_path: Path
) -> None:
    rows = edited("street_lamp", group="livelihood")
    target = tmp_path / "all.csv"
    told = said(replay(rows, "--csv", target))
    columns = [column.name for column in TICKETS.columns]
    tickets = [dict(zip(columns, row, strict=True)) for row in past.rows(TICKETS)]
    numbers = {row["number"]: row["confidential"] for row in tickets}
    hidden = {number for number, secret in numbers.items() if secret}
    assert len(hidden) == 2 and "保密的 2 件" in told
    listed = target.read_text(encoding="utf-8-sig")
    everything_said = told + listed + json.dumps(json.loads(replay(rows, "--json").stdout))
    assert not any(number in everything_said for number in hidden)
    assert all(number in listed for number in set(numbers) - hidden)
    assert not any(words in everything_said for words in (SECRET, HIDDEN, LAMP, "贪污"))


def test_json__is_one_object_with_the_same_sums(past: Desk, replay: Replay) -> None:
    done = replay(edited("street_lamp", group="livelihood", limits="help:1"), "--json")
    report = json.loads(done.stdout)
    assert (report["tickets"], report["confidential"]) == (4, 2)
    assert (report["moved"], report["moved_confidential"], report["changed"]) == (2, 1, 2)
    assert report["flows"] == [
        {
            "from": "group:141026100:infrastructure",
            "from_name": "府城镇基础设施与环境服务组",
            "to": "group:141026100:livelihood",
            "to_name": "府城镇民生保障服务组",
            "tickets": 2,
            "matters": {"street_lamp": 2},
        }
    ]
    assert report["limits"] == [
        {
            "matter": "street_lamp",
            "appeal_type": "help",
            "before": "3",
            "after": "1",
            "tickets": 2,
        }
    ]
    # Nobody took the water and the second lamp: two working days of two hours each, to the top.
    assert report["steps"][0]["rungs"] == 0 and report["climbing"]["before"] == 2
    assert len(report["units"]) == 3


def test_csv__has_a_line_for_each_ticket(past: Desk, replay: Replay, tmp_path: Path) -> None:
    target = tmp_path / "all.csv"
    assert replay(edited("street_lamp", group="livelihood"), "--csv", target).exit_code == 0
    with target.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert tuple(lines[0]) == COLUMNS and len(lines) == 2
    lamp, water = lines
    assert (lamp["changed"], water["changed"]) == ("1", "0")
    assert (lamp["township"], lamp["created"]) == ("府城镇", "2026-11-23")
    assert (lamp["from_name"], lamp["to_name"]) == (
        "府城镇基础设施与环境服务组",
        "府城镇民生保障服务组",
    )
    assert (lamp["limit_before"], lamp["rungs_before"], water["rungs_before"]) == ("3", "0", "3")


def test_gone_and_planned__are_said(past: Desk, replay: Replay) -> None:
    rows = [
        row | {"lead_unit": "数据局", "min_level": "county"}
        if row["matter"] == "water_supply"
        else row
        for row in without("street_lamp")
    ]
    done = replay(rows)
    told = said(done)
    assert done.exit_code == 0
    assert "没有“路灯”（street_lamp）了：这段时间有 2 件，转人工研判" in told
    assert "数据局（还没有这个单位）" in told
    assert "导入时会被拒绝" in told and "组织表里没有县直单位“数据局”" in told


def test_added__matter_without_past_tickets_is_said(past: Desk, replay: Replay) -> None:
    extra = SAMPLE["catalogue"][0] | {"matter": "drone_delivery", "name": "无人机"}
    told = said(replay([*SAMPLE["catalogue"], extra]))
    assert "多了“无人机”（drone_delivery）：过去的工单没有归到它的" in told


def test_replay__writes_nothing(past: Desk, replay: Replay) -> None:
    before = everything(past)
    assert replay(edited("street_lamp", group="livelihood")).exit_code == 0
    assert everything(past) == before


@pytest.mark.parametrize("cells", [{"min_level": "grid"}, {"urgency": ""}])
def test_bad_file__is_a_table_of_mistakes_and_no_result(
    past: Desk, replay: Replay, tmp_path: Path, cells: dict[str, str]
) -> None:
    target = tmp_path / "all.csv"
    before = everything(past)
    done = replay(edited("street_lamp", **cells), "--csv", target, "--json")
    assert done.exit_code == 1 and done.stdout == "" and not target.exists()
    assert "1 处要改" in said(done) and next(iter(cells)) in said(done)
    assert everything(past) == before


def test_csv__never_replaces_the_catalogue(past: Desk, replay: Replay, tmp_path: Path) -> None:
    done = replay(SAMPLE["catalogue"], "--csv", tmp_path / "new.csv")
    assert done.exit_code == 1 and "覆盖" in said(done)
    assert (tmp_path / "new.csv").read_text(encoding="utf-8-sig").startswith("matter,name")


def test_since__leaves_out_what_is_older(past: Desk, replay: Replay) -> None:
    done = replay(SAMPLE["catalogue"], "--since", "2026-11-24", "--json")
    report = json.loads(done.stdout)
    assert report["tickets"] == 0 and report["since"] == "2026-11-24T00:00:00+08:00"


def test_no_tickets__is_one_line(past: Desk, replay: Replay) -> None:
    done = replay(SAMPLE["catalogue"], "--since", "2026-11-24")
    assert "：0 件工单" in said(done) and "假定" not in said(done)


@pytest.mark.parametrize(
    "since", ["30", "0d", "gestern", "2026-13-01", "2026-11-26", "-3d", "9999d9"]
)
def test_since__that_says_nothing_is_refused(past: Desk, replay: Replay, since: str) -> None:
    done = replay(SAMPLE["catalogue"], f"--since={since}")
    assert done.exit_code == 1 and since in said(done) and "30d" in said(done)


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("30d", NOW - timedelta(days=30)),
        ("1d", NOW - timedelta(days=1)),
        ("2026-11-25", datetime(2026, 11, 24, 16, tzinfo=UTC)),
    ],
)
def test_since__days_back_or_midnight_in_the_county(text: str, since: datetime) -> None:
    assert since_of(text, NOW) == since


def test_since__is_never_to_come() -> None:
    with pytest.raises(BadSince, match="还没有到"):
        since_of("2026-11-26", NOW)


def test_no_database__is_a_sentence(settings: Path, replay: Replay) -> None:
    done = replay(SAMPLE["catalogue"])
    assert done.exit_code == 1 and "liandong db upgrade" in said(done)
    assert not (settings / "liandong.db").exists()
