"""Labels read without reading every sentence are those that a full reading finds."""

from __future__ import annotations

from pathlib import Path

from liandong.settings import ROOT
from nlu.dataset import read_dataset
from nlu.labels import taught_labels, worded_labels

SENTENCES = """version: "3.1"
nlu:
- intent: street_lamp
  metadata:
    appeal_type: help
  examples: |
    - 路灯坏了
    - 说的不是 intent: road
- intent: "bridge"
  examples: |
    - 桥断了
- lookup: place
  examples: |
    - 高壁
"""


def test_taught__are_those_of_the_full_reading(tmp_path: Path) -> None:
    (tmp_path / "some.yml").write_text(SENTENCES, encoding="utf-8")
    golden = ROOT / "nlu" / "golden"
    assert taught_labels(tmp_path) == read_dataset(tmp_path).intents == {"street_lamp", "bridge"}
    assert taught_labels(golden) == read_dataset(golden).intents


def test_worded__a_label_without_a_single_word_is_none(tmp_path: Path) -> None:
    words = "street_lamp:\n  strong: [路灯]\nroad:\n  strong: []\n  weak: []\n"
    (tmp_path / "some.yml").write_text(words, encoding="utf-8")
    assert worded_labels(tmp_path) == {"street_lamp"}
