"""The gate's numbers in a file: shipped as they are in the code, refused where they are wrong."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import pytest
import yaml

from nlu.gate_file import BadGateFile, read_gate_rules
from services.learning.gate_rules import GateRules
from tests.nlu.project import ROOT


def test_shipped_file__says_every_number_of_the_code() -> None:
    file = ROOT / "nlu" / "gate.yml"
    assert yaml.safe_load(file.read_text(encoding="utf-8")) == asdict(GateRules())


def test_missing_file__is_the_defaults(tmp_path: Path) -> None:
    assert read_gate_rules(tmp_path / "gate.yml") == GateRules()


def test_some_numbers__change_only_these(tmp_path: Path) -> None:
    (tmp_path / "gate.yml").write_text("dangers_lost: 2\n", encoding="utf-8")
    assert read_gate_rules(tmp_path / "gate.yml") == replace(GateRules(), dangers_lost=2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("danger: 1\n", "danger 不认识"),
        ("dangers_lost: 很多\n", "dangers_lost 要写成不小于 0 的数字"),
        ("dangers_lost: -1\n", "不小于 0"),
        ("dangers_lost: 0.5\n", "整数"),
        ("shown: true\n", "数字"),
        ("- 1\n", "一行一个"),
        ("a: [\n", "读不出来"),
    ],
)
def test_wrong__is_refused_by_name(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "gate.yml").write_text(text, encoding="utf-8")
    with pytest.raises(BadGateFile, match=said):
        read_gate_rules(tmp_path / "gate.yml")
