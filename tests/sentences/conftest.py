"""A small project in a folder of its own, and a copy of the shipped one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

SMALL = {
    "domain.yml": """\
# 说明
intents:
  # 事项
  - road  # 道路损坏与修路
  - bridge  # 桥梁涵洞
  - fire  # 火情
  # 消息种类
  - thanks  # 感谢

responses:
  utter_emergency_fire:
    - text: "火警 119"
""",
    "nlu/config.yml": """\
pipeline:
  - name: nlu.components.message_classifier.MessageClassifier
    urgent_intents:
      [accident, fire,
       violence]  # 危险
    confidential_intents: [discipline_report]
  - name: RegexEntityExtractor
""",
    "nlu/thresholds.yml": "default: 0.82\nby_intent:\n  bridge: 0.84\n  road: 0.8\n",
    "nlu/keywords/things.yml": """\
road:
  strong: [坑, 路面, '水泥 路',
    路基]
  weak: [路]
bridge:
  strong: [桥, 路面]
  # 涵洞也算
""",
    "nlu/keywords/danger.yml": "fire:\n  strong: [着火]\n  weak:\n  - 烟\n",
    "nlu/golden/must_pass.csv": "text,field,value\n路坏了一个坑,matter,road\n谢谢,kind,thanks\n",
    "nlu/golden/several.csv": (
        'text,n_matters,matters\n"路坏了,桥也塌了",2,road|bridge\n火,1,fire\n'
    ),
}


def block(intent: str, *lines: str, metadata: str = "appeal_type: help") -> str:
    listed = "".join(f"    - {line}\n" for line in lines)
    said = f"  metadata:\n    {metadata}\n" if metadata else ""
    return f"- intent: {intent}\n{said}  examples: |\n{listed}"


def file_of(*blocks: str) -> str:
    return 'version: "3.1"\nnlu:\n' + "".join(blocks)


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def texts(root: Path) -> dict[str, str]:
    """Every file with what it says."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes().decode()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def changed(before: dict[str, str], after: dict[str, str]) -> dict[str, tuple[set[str], set[str]]]:
    """For each file that is different the lines that went and the lines that came."""
    return {
        name: (
            set(before.get(name, "").splitlines()) - set(after.get(name, "").splitlines()),
            set(after.get(name, "").splitlines()) - set(before.get(name, "").splitlines()),
        )
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three matters and a kind."""
    found = tmp_path / "project"
    write(
        found,
        {
            **SMALL,
            "nlu/data/road.yml": file_of(block("road", "路坏了", "路上有[坑](hole)")),
            "nlu/data/bridge.yml": file_of(block("bridge", "桥塌了", "路 坏了桥")),
            "nlu/data/fire.yml": file_of(block("fire", "着火了"), block("road", "路边草着了吗")),
            "nlu/data/thanks.yml": file_of(block("thanks", "谢谢", metadata="")),
            "nlu/golden/road.yml": file_of(block("road", "考一考这条路")),
            "nlu/golden/bridge.yml": file_of(block("bridge", "考一考这座桥")),
        },
    )
    return found


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A copy of the shipped files."""
    found = tmp_path / "shipped"
    for folder in ("data", "golden", "keywords", "dev"):
        shutil.copytree(ROOT / "nlu" / folder, found / "nlu" / folder)
    for name in ("domain.yml", "nlu/config.yml", "nlu/thresholds.yml"):
        shutil.copy(ROOT / name, found / name)
    return found
