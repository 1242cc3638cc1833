"""What must be right in a whole project before a training: sentences, exam, catalogue together."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from pathlib import Path

import yaml

from nlu.dataset import Dataset, Fault
from nlu.dataset_checks import faults_of
from routing.checks.rows import KINDS

_MUST_PASS = "must_pass.csv"  # noqa: S105 - a file's name


def project_faults(
    root: Path, data: Dataset, golden: Dataset, matters: Collection[str], exam: Path
) -> list[Fault]:
    """Every mistake, by file and line.

    `matters` are those of the county's catalogue, `exam` is the folder of `golden`. Beside what
    `faults_of` finds: an intent that no row of the catalogue answers, an exam sentence that must
    pass under an intent that is no more.
    """
    lines = intent_lines(root / "domain.yml")
    return [
        *faults_of(data, lines, golden=golden),
        *_without_row(root / "domain.yml", lines, matters),
        *_lost_must_pass(exam / _MUST_PASS, lines),
    ]


def intent_lines(domain: Path) -> dict[str, int]:
    """The intents of a domain file with the line that each stands on, from 1."""
    root = yaml.compose(domain.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        return {}
    listed = next((value for key, value in root.value if key.value == "intents"), None)
    if not isinstance(listed, yaml.SequenceNode):
        return {}
    return {_name(node): node.start_mark.line + 1 for node in listed.value}


def _name(node: yaml.Node) -> str:
    """`- road`, or `- road: {use_entities: []}`."""
    return str(node.value[0][0].value if isinstance(node, yaml.MappingNode) else node.value)


def _without_row(domain: Path, lines: dict[str, int], matters: Collection[str]) -> Iterator[Fault]:
    for intent, line in lines.items():
        if intent not in matters and intent not in KINDS:
            yield Fault(domain, line, f"意图 {intent} 在派单目录里没有这一行:认出来也不知道派给谁")


def _lost_must_pass(file: Path, lines: dict[str, int]) -> Iterator[Fault]:
    if not file.is_file():
        return
    with file.open(encoding="utf-8-sig", newline="") as rows:
        reader = csv.DictReader(rows)
        for row in reader:
            if row["field"] == "matter" and row["value"] not in lines:
                text = f"一定要对的话“{row['text']}”要的意图 {row['value']} 在 domain.yml 里没有"
                yield Fault(file, reader.line_num, text)
