"""Checks calls and objects against the machine-readable Bot API.

Stricter than Telegram on purpose: an unknown parameter, which the real server ignores, is a
mistake of ours and is reported.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.telegram import prose

SCALARS = ("String", "Integer", "Float", "Boolean", "True", "InputFile")
EMPTY = {"chat_id": "chat_id is empty", "text": "message text is empty"}
TRUTH = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a multipart request."""

    filename: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that the schema does not allow; kind is missing, unknown, type or limit."""

    path: str
    kind: str
    text: str

    @property
    def field(self) -> str:
        return self.path.rsplit(".", 1)[-1]


class BotApiSchema:
    """The methods and types of one version of the Bot API."""

    def __init__(self, document: dict[str, Any]) -> None:
        children = [child for item in document["items"] for child in item["children"]]
        self.version: str = document["api"]["version"]
        self.methods = {c["name"]: c for c in children if c["category"] == "methods"}
        self.types = {c["name"]: c for c in children if c["category"] == "types"}
        self._by_lower = {name.lower(): name for name in self.methods}

    def method_name(self, name: str) -> str | None:
        """The official spelling of a method (names are case-insensitive), or None."""
        return self._by_lower.get(name.lower())

    def answers_true(self, method: str) -> bool:
        return "Returns True" in self.methods[method]["description"]

    def read_call(
        self, method: str, raw: Mapping[str, Any], uploads: Mapping[str, Upload]
    ) -> tuple[dict[str, Any], list[Problem]]:
        """Turn the fields of a request into typed values, with everything wrong about them."""
        fields = {a["name"]: a for a in self.methods[method]["annotations"]}
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for name, value in raw.items():
            if name not in fields:
                problems.append(Problem(name, "unknown", "is not a parameter of this method"))
            elif value is not None:
                values[name] = _decode(fields[name]["type"], value, uploads)
        attached = _attachments(raw)
        for name, upload in uploads.items():
            if name in fields and "InputFile" in fields[name]["type"]:
                values.setdefault(name, upload)
            elif name not in attached:
                problems.append(Problem(name, "unknown", "is a file that nothing refers to"))
        problems += [
            Problem(name, "missing", "is referred to but was not uploaded")
            for name in sorted(attached - set(uploads))
        ]
        problems += self._fields(list(fields.values()), values, "")
        return values, problems

    def problems_of(self, type_name: str, value: Any) -> list[Problem]:
        """Everything that keeps `value` from being an object of this type."""
        return self._value(type_name, value, type_name)

    def _fields(
        self, fields: list[dict[str, Any]], values: dict[str, Any], path: str
    ) -> list[Problem]:
        found: list[Problem] = []
        prefix = f"{path}." if path else ""
        for field in fields:
            name, where = field["name"], f"{prefix}{field['name']}"
            if name not in values:
                if field["required"]:
                    found.append(Problem(where, "missing", "is required"))
                continue
            wrong = self._value(field["type"], values[name], where)
            found += wrong or _limits(field, values[name], where, top=not path)
        return found

    def _value(self, expression: str, value: Any, path: str) -> list[Problem]:
        if expression.startswith("Array of "):
            if not isinstance(value, list):
                return [Problem(path, "type", "must be an Array")]
            inner = expression.removeprefix("Array of ")
            return [p for i, v in enumerate(value) for p in self._value(inner, v, f"{path}[{i}]")]
        names = re.split(r", | or | and ", expression)
        if len(names) > 1:
            return self._best(names, value, path)
        if expression in SCALARS:
            return (
                [] if _is(expression, value) else [Problem(path, "type", f"must be {expression}")]
            )
        return self._object(expression, value, path)

    def _object(self, name: str, value: Any, path: str) -> list[Problem]:
        item = self.types[name]
        if name == "RichText" and isinstance(value, str | list):
            inner = value if isinstance(value, list) else []
            return [p for v in inner for p in self._value(name, v, path)]
        if not isinstance(value, dict):
            return [Problem(path, "type", f"must be {name}")]
        kinds = re.findall(r"^\s*-\s*(\w+)\s*$", item["description"], re.MULTILINE)
        if not item["annotations"] and kinds:
            return self._best([k for k in kinds if k in self.types], value, path)
        known = {a["name"] for a in item["annotations"]}
        unknown = [
            Problem(f"{path}.{key}", "unknown", f"is not a field of {name}")
            for key in value
            if key not in known
        ]
        found = unknown + self._fields(item["annotations"], value, path)
        if name == "InlineKeyboardButton" and not found:
            found += _one_action(value, path)
        return found

    def _best(self, names: list[str], value: Any, path: str) -> list[Problem]:
        """The problems of the alternative that fits best: none when one of them fits."""
        attempts = [self._value(name, value, path) for name in names]
        # A wrong discriminator or shape means "not this one": weigh it above any other fault.
        return min(attempts, key=lambda ps: sum(_misfit(p, path) for p in ps))


@cache
def load_schema(path: Path) -> BotApiSchema:
    """Read the schema once for all tests of a run; it is never changed."""
    return BotApiSchema(json.loads(path.read_text(encoding="utf-8")))


def telegram_says(method: str, problem: Problem) -> str:
    """The description that Telegram gives for this mistake, as near as it is known."""
    known = {
        ("callback_data", "limit"): "BUTTON_DATA_INVALID",
        ("secret_token", "limit"): "secret token contains unallowed characters",
        ("reply_markup", "type"): "object expected as reply markup",
        ("parse_mode", "limit"): "unsupported parse_mode",
    }
    if method == "answerCallbackQuery" and (problem.field, problem.kind) == ("text", "limit"):
        return "Bad Request: MESSAGE_TOO_LONG"
    if problem.kind == "missing" and problem.path in EMPTY:
        return f"Bad Request: {EMPTY[problem.path]}"
    text = known.get((problem.field, problem.kind), f"{problem.path} {problem.text}")
    return f"Bad Request: {text}"


def _decode(expression: str, value: Any, uploads: Mapping[str, Upload]) -> Any:
    """Read one form field; what cannot be read stays as it is and fails the type check."""
    if not isinstance(value, str):
        return value
    if "InputFile" in expression and value.startswith("attach://"):
        return uploads.get(value.removeprefix("attach://"), value)
    if expression == "Integer or String":
        return int(value) if re.fullmatch(r"-?\d+", value) else value
    if expression in ("Boolean", "True"):
        return TRUTH.get(value.lower(), value)
    if expression == "Integer":
        return int(value) if re.fullmatch(r"-?\d+", value) else value
    if expression == "Float":
        return float(value) if re.fullmatch(r"-?\d+(\.\d+)?([eE]-?\d+)?", value) else value
    if "String" in re.split(r" or ", expression):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _attachments(raw: Mapping[str, Any]) -> set[str]:
    flat = json.dumps(dict(raw), default=str)
    return set(re.findall(r'attach://([^"\\]+)', flat))


def _is(scalar: str, value: Any) -> bool:
    if scalar == "String":
        return isinstance(value, str)
    if scalar == "InputFile":
        return isinstance(value, Upload)
    if scalar == "Boolean":
        return isinstance(value, bool)
    if scalar == "True":
        return value is True
    if isinstance(value, bool):
        return False
    return isinstance(value, int) or (scalar == "Float" and isinstance(value, float))


def _limits(field: dict[str, Any], value: Any, path: str, *, top: bool) -> list[Problem]:
    description = field["description"]
    fault = None
    if isinstance(value, str):
        # Counted after parsing, which only the handler of the method does.
        if not (top and "after entit" in description):
            fault = prose.text_fault(field["name"], description, value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        fault = prose.number_fault(description, value)
    return [Problem(path, "limit", fault)] if fault else []


def _misfit(problem: Problem, path: str) -> int:
    inside = problem.path.removeprefix(path).count(".")
    if inside == 0 or (inside == 1 and problem.field == "type" and problem.kind == "limit"):
        return 1000
    return 100 if inside == 1 and problem.kind in ("missing", "unknown") else 1


def _one_action(button: dict[str, Any], path: str) -> list[Problem]:
    actions = set(button) - {"text", "icon_custom_emoji_id", "style"}
    if len(actions) == 1:
        return []
    return [Problem(path, "limit", "text buttons are unallowed in the inline keyboard")]
