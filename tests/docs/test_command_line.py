"""The reference of the command line is what the commands do."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import typer

from liandong.__main__ import make_app
from liandong.check_report import document as check_document
from liandong.commands.classify import ERROR_COLUMN
from liandong.county_files import SAMPLE_COUNTY, read_sheets
from liandong.history_check import document as history_document
from liandong.metrics_output import METRIC_COLUMNS, TICKET_COLUMNS
from liandong.metrics_output import document as metrics_document
from liandong.reading import COLUMNS
from liandong.replay_output import COLUMNS as REPLAY_COLUMNS
from liandong.replay_output import document as replay_document
from liandong.replay_words import Words
from routing.checks import TOPICS
from routing.proposal import propose
from routing.replay_report import ReplayReport
from services.measuring import Figures, Selection
from tests.docs.pages import DOCS, ROOT, code, code_block, section, table
from tests.services.town import sample_county
from tickets.metrics import metrics

PAGE = DOCS / "reference" / "command-line.md"
SAID = "府城镇高壁村三组路灯坏了三天没人管"


def _options() -> Iterator[tuple[str, str]]:
    """(command, option) of everything that the application offers."""
    group: typer.core.TyperGroup = typer.main.get_group(make_app())
    for name, command in group.commands.items():
        for part in _parts(command):
            yield name, part.name or name
            for parameter in part.params:
                yield from ((name, option) for option in parameter.opts if option.startswith("--"))


def _parts(command: typer.core.TyperCommand | typer.core.TyperGroup) -> Iterator[Any]:
    """A command, or all commands of a group and of the groups in it."""
    inner = getattr(command, "commands", None)
    if inner is None:
        yield command
        return
    for each in inner.values():
        yield from _parts(each)


def _below(command: str) -> str:
    headings = {"db": "db upgrade"}
    return section(PAGE, headings.get(command, command))


def _from(mark: str, text: str) -> str:
    return text[text.index(mark) :]


@pytest.mark.parametrize(("command", "option"), [*_options()])
def test_command_line__every_option_is_documented(command: str, option: str) -> None:
    assert option == "--help" or option in _below(command)


def test_classify__columns_are_documented_in_their_order() -> None:
    rows = table(_from("| column |", _below("classify")))
    assert [code(row[0]) for row in rows] == [*COLUMNS, ERROR_COLUMN]


def test_simulate__keys_are_documented() -> None:
    rows = table(_from("| key |", _below("simulate")))
    assert {code(row[0]) for row in rows} == json.loads(code_block(PAGE, "json")).keys()


def _shape(value: object) -> object:
    """The keys of an answer, without its values."""
    if isinstance(value, dict):
        return {key: _shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_shape(value[0])] if value else []
    return None


def test_simulate__prints_json_of_the_documented_form_and_nothing_else() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "liandong", "simulate", SAID, "--keywords", "--json"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    assert _shape(json.loads(done.stdout)) == _shape(json.loads(code_block(PAGE, "json")))


def _table_from(mark: str, command: str) -> list[list[str]]:
    """One of several tables of a section: the one whose header begins so."""
    return table(_from(mark, _below(command)).split("\n\n")[0])


def test_replay__columns_are_documented_in_their_order() -> None:
    rows = _table_from("| column of the CSV |", "replay")
    assert [code(row[0]) for row in rows] == [*REPLAY_COLUMNS]


def _keys(command: str, mark: str = "| key of the JSON |") -> list[str]:
    rows = _table_from(mark, command)
    return [key for row in rows for key in re.findall(r"`([^`]+)`", row[0])]


def test_replay__keys_are_documented() -> None:
    county = sample_county()
    proposal = propose(county, read_sheets(SAMPLE_COUNTY)["catalogue"])
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    report = ReplayReport(moment, moment)
    assert _keys("replay") == [*replay_document(report, Words(county, proposal), [])]


def test_check__keys_and_topics_are_documented() -> None:
    assert _keys("check") == [*check_document(sample_county(), [], [], is_sample=True)]
    topics = _table_from("| topic |", "check")
    assert [(code(row[0]), row[0].split()[1]) for row in topics] == [
        (topic, heading.split()[0]) for topic, heading in TOPICS.items()
    ]


def test_check__keys_of_the_history_are_documented() -> None:
    assert _keys("check", "| key with `--history` |") == [*history_document(0, [])]


@pytest.mark.parametrize(
    ("mark", "columns"),
    [("| column of the CSV |", METRIC_COLUMNS), ("| column with `--tickets` |", TICKET_COLUMNS)],
)
def test_metrics__columns_are_documented_in_their_order(
    mark: str, columns: tuple[str, ...]
) -> None:
    assert [code(row[0]) for row in _table_from(mark, "metrics")] == [*columns]


def test_metrics__keys_are_documented() -> None:
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    found = metrics([])
    figures = Figures(Selection(moment, moment), moment, (), found)
    assert _keys("metrics") == [*metrics_document(figures, sample_county(), found[0])]
