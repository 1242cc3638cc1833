"""Every setting is in the reference, as the code has it."""

from __future__ import annotations

from liandong.settings import Settings
from tests.docs.generated import PARTS, written


def test_settings__every_one_is_documented() -> None:
    page = written("settings")
    missing = [n for n in Settings.model_fields if f"`LIANDONG_{n.upper()}`" not in page]
    assert missing == []


def test_settings__every_one_has_a_meaning() -> None:
    assert [n for n, field in Settings.model_fields.items() if not field.description] == []


def test_settings__the_table_is_up_to_date() -> None:
    assert written("settings") == PARTS["settings"][1]()
