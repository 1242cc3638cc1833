"""`liandong metrics` from end to end: real services, a real database, the sample county."""

from __future__ import annotations

import asyncio
import csv
import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from liandong.__main__ import make_app
from liandong.commands import metrics as command
from liandong.metrics_output import METRIC_COLUMNS, TICKET_COLUMNS
from liandong.metrics_tables import duration
from liandong.period import BadUntil, until_of
from tests.county.desk import Desk, said
from tests.services.town import MONDAY, Town
from tests.storage.stores import sql_store
from tickets.metrics import DEFINITIONS

NOW = MONDAY + timedelta(days=2)
SECRET = "高壁村支书贪污修路的钱"
HIDDEN = "府城镇高壁村路灯坏了，请保密"

Metrics = Callable[..., Result]


async def _live(url: str) -> dict[str, str]:
    """Four tickets: signed in time, left alone, sealed, confidential and left alone."""
    async with sql_store(url) as store:
        town = Town(store)
        lamp = await town.open_lamp("anna")
        await town.say("府城镇高壁村停水了", "beth")
        await town.say(SECRET, "carl")
        await town.say(HIDDEN, "dora")
        numbers = {who: (await town.ticket(who)).number for who in ("anna", "beth", "carl", "dora")}
        assert lamp.person is not None
        town.now = MONDAY + timedelta(hours=1)
        await town.cadre(lamp.person, lamp.number, "sign")
    return numbers


@pytest.fixture
def numbers(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The numbers of the tickets by who wrote; the clock of the command stands two days later."""
    monkeypatch.setattr(command, "utc_now", lambda: NOW)
    return asyncio.run(_live(desk.url))


@pytest.fixture
def metrics(numbers: dict[str, str]) -> Metrics:
    """`liandong metrics …`."""

    def run(*options: str | Path) -> Result:
        return CliRunner().invoke(make_app("metrics"), ["metrics", *map(str, options)])

    return run


def of(report: dict[str, object], code: str) -> dict[str, object]:
    found = report["metrics"]
    assert isinstance(found, list)
    return next(dict(each) for each in found if each["code"] == code)


def test_table__every_metric_with_its_formula(metrics: Metrics) -> None:
    done = metrics()
    assert done.exit_code == 0 and "3 件工单" in said(done)
    for definition in DEFINITIONS:
        assert definition.name in done.stdout
    assert "33.3%（6%–79%）" in done.stdout and "排名次" in said(done)


def test_json__numbers_and_nothing_else(metrics: Metrics, numbers: dict[str, str]) -> None:
    done = metrics("--json")
    report = json.loads(done.stdout)
    assert report["tickets"] == 3 and "list" not in report
    assert [each["code"] for each in report["metrics"]] == [each.code for each in DEFINITIONS]
    signing = of(report, "sign_in_time_rate")
    assert (signing["numerator"], signing["denominator"]) == (1, 3)
    assert signing["value"] == pytest.approx(1 / 3) and signing["may_rank"] is False
    assert of(report, "sign_time_mean")["value"] == pytest.approx(60, abs=1)
    assert of(report, "solve_rate")["value"] is None


def test_tickets__behind_a_metric_without_the_confidential(
    metrics: Metrics, numbers: dict[str, str]
) -> None:
    done = metrics("--tickets", "sign_in_time_rate")
    rows = [line for line in done.stdout.splitlines() if "LD-" in line]
    assert [numbers["anna"] in rows[0], numbers["beth"] in rows[1]] == [True, True]
    assert "✓" in rows[0] and "✗" in rows[1] and len(rows) == 2
    assert "还有 1 件保密的" in said(done)


def test_sealed__appears_nowhere(metrics: Metrics, numbers: dict[str, str]) -> None:
    for definition in DEFINITIONS:
        done = metrics("--tickets", definition.code, "--json")
        assert numbers["carl"] not in done.output and numbers["dora"] not in done.output


@pytest.mark.parametrize("options", [("--group", "discipline"), ("--unit", "discipline")])
def test_sealed__cannot_be_asked_for(metrics: Metrics, options: tuple[str, str]) -> None:
    done = metrics(*options)
    assert done.exit_code == 1 and "密封" in said(done)


def test_csv__of_metrics_and_of_tickets(
    metrics: Metrics, numbers: dict[str, str], tmp_path: Path
) -> None:
    target = tmp_path / "metrics.csv"
    assert metrics("--csv", target).exit_code == 0
    rows = list(csv.reader(target.read_text(encoding="utf-8-sig").splitlines()))
    assert tuple(rows[0]) == METRIC_COLUMNS and len(rows) == len(DEFINITIONS) + 1
    assert metrics("--tickets", "sign_time_p90", "--csv", target).exit_code == 0
    rows = list(csv.reader(target.read_text(encoding="utf-8-sig").splitlines()))
    assert tuple(rows[0]) == TICKET_COLUMNS
    (row,) = [dict(zip(TICKET_COLUMNS, row, strict=True)) for row in rows[1:]]
    assert row["number"] == numbers["anna"] and float(row["minutes"]) == pytest.approx(60, abs=1)


@pytest.mark.parametrize("word", ["府城镇", "府城", "141026100"])
def test_township__by_its_name_or_code(metrics: Metrics, word: str) -> None:
    done = metrics("--township", word)
    known = word != "府城"
    assert done.exit_code == (0 if known else 1)
    assert ("3 件工单（府城镇）" if known else "没有这个乡镇") in said(done)


@pytest.mark.parametrize("word", ["infrastructure", "基础设施与环境服务组"])
def test_group__by_its_code_or_name(metrics: Metrics, word: str) -> None:
    assert "3 件工单（基础设施与环境服务组）" in said(metrics("--group", word))
    assert "0 件工单" in said(metrics("--group", "agriculture"))


def test_unit__by_its_name(metrics: Metrics) -> None:
    done = metrics("--unit", "group:141026100:infrastructure", "--json")
    assert json.loads(done.stdout)["tickets"] == 3
    assert "没有这个单位" in said(metrics("--unit", "月球站"))


def test_other_words__are_refused_with_what_there_is(metrics: Metrics) -> None:
    assert "没有这个联动服务组" in said(metrics("--group", "moon"))
    done = metrics("--tickets", "happiness")
    assert done.exit_code == 1 and "solve_rate" in said(done)


def test_period__of_days_that_are_over(metrics: Metrics) -> None:
    day = ("--since", "2026-11-23", "--until", "2026-11-23", "--json")
    report = json.loads(metrics(*day).stdout)
    assert report["tickets"] == 3
    assert (report["since"], report["until"]) == (
        "2026-11-23T00:00:00+08:00",
        "2026-11-24T00:00:00+08:00",
    )
    assert json.loads(metrics("--since", "2026-11-24", "--json").stdout)["tickets"] == 0


@pytest.mark.parametrize(
    ("text", "until"),
    [
        (None, NOW),
        ("2026-11-24", datetime(2026, 11, 24, 16, tzinfo=UTC)),
        ("2026-11-25", NOW),
        ("1d", NOW - timedelta(days=1)),
    ],
)
def test_until__is_the_end_of_the_day_or_now(text: str | None, until: datetime) -> None:
    assert until_of(text, MONDAY, NOW) == until


@pytest.mark.parametrize("text", ["2026-11-22", "30d", "gestern", "2026-13-01", "9999999d"])
def test_until__that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(BadUntil):
        until_of(text, MONDAY, NOW)


@pytest.mark.parametrize(
    ("minutes", "said"), [(0.4, "0 分"), (59.6, "1 小时"), (61, "1 小时 1 分"), (1500, "25 小时")]
)
def test_duration__in_hours_and_never_in_days(minutes: float, said: str) -> None:
    assert duration(minutes) == said


@pytest.mark.parametrize("change", ["changes = '{'", "changes = ''", "name = 'bogus'"])
def test_broken_history__is_named_and_nothing_is_printed(
    metrics: Metrics, numbers: dict[str, str], settings: Path, change: str
) -> None:
    with sqlite3.connect(settings / "liandong.db") as database:
        database.execute(f"UPDATE ticket_events SET {change} WHERE ticket = ?", (numbers["beth"],))
    database.close()
    done = metrics("--json")
    assert done.exit_code == 1 and done.stdout == ""
    assert numbers["beth"] in said(done) and "check --history" in said(done)


def test_no_database__is_a_sentence(settings: Path) -> None:
    done = CliRunner().invoke(make_app("metrics"), ["metrics"])
    assert done.exit_code == 1 and "liandong db upgrade" in said(done)
