"""docs/reference/settings.md's table, made from the settings themselves."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from liandong.settings import ROOT, Settings


def _default(field: FieldInfo) -> str:
    value = field.default
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if isinstance(value, Path):
        value = value.relative_to(ROOT).as_posix()
    if isinstance(value, bool):
        value = "true" if value else "false"
    return f"`{value}`" if value != "" else "empty"


def settings_table() -> str:
    """One row for each setting: environment variable, default, meaning."""
    prefix = Settings.model_config["env_prefix"]
    lines = ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        secret = " (secret)" if field.annotation is SecretStr else ""
        variable = f"`{prefix}{name.upper()}`"
        lines.append(f"| {variable} | {_default(field)} | {field.description}{secret} |")
    return "\n".join(lines)
