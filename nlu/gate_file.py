"""What the gate demands, from `nlu/gate.yml`: numbers with a word of why, for people to change."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import yaml

from routing.errors import LiandongError
from services.learning.gate_rules import GateRules


class BadGateFile(LiandongError):
    """nlu/gate.yml 写得不对。"""


def read_gate_rules(file: Path) -> GateRules:
    """The defaults with what the file says otherwise. Raises `BadGateFile` naming the key."""
    if not file.is_file():
        return GateRules()
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as exc:
        raise BadGateFile(f"{file.name} 读不出来：{exc}") from exc
    if not isinstance(found, dict):
        raise BadGateFile(f"{file.name} 里应是一行一个“名字: 数字”。")
    known = {field.name: field.type for field in fields(GateRules)}
    for name, value in found.items():
        if name not in known:
            raise BadGateFile(f"{file.name} 里的 {name} 不认识；可用的：{'、'.join(known)}。")
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise BadGateFile(f"{file.name} 里的 {name} 要写成不小于 0 的数字，现在是“{value}”。")
        if known[name] == "int" and int(value) != value:
            raise BadGateFile(f"{file.name} 里的 {name} 要写成整数，现在是“{value}”。")
    return GateRules(**found)
