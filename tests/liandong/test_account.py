"""`liandong account`: the first admin is made here."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from liandong.__main__ import make_app
from storage.migrate import upgrade

PASSWORD = "river-stone-42"


@pytest.fixture(autouse=True)
def _database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LIANDONG_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    upgrade(f"sqlite:///{tmp_path / 'liandong.db'}")


def account(*words: str, typed: str = PASSWORD) -> Result:
    return CliRunner().invoke(make_app("account"), ["account", *words], input=f"{typed}\n")


def add(name: str, roles: str, *more: str, typed: str = PASSWORD) -> Result:
    person = ("--person", "王示例", "--roles", roles, "--password-stdin")
    return account("add", name, *person, *more, typed=typed)


def test_account__first_admin_is_listed_without_the_password() -> None:
    assert add("admin1", "admin,reviewer").exit_code == 0
    listed = account("list")
    assert listed.output.split("\n")[0].split("\t") == ["admin1", "王示例", "管理员、复核员"]


@pytest.mark.parametrize(
    ("name", "roles", "typed"),
    [
        ("admin1", "admin", "short"),
        ("admin1", "boss", PASSWORD),
        ("admin1", "", PASSWORD),
        ("Admin 1", "admin", PASSWORD),
        ("desk1", "dispatcher", PASSWORD),
        ("admin1", "admin", ""),
    ],
)
def test_account__bad_input_makes_none(name: str, roles: str, typed: str) -> None:
    refused = add(name, roles, typed=typed)
    assert refused.exit_code == 1
    assert account("list").stdout.strip() == ""


def test_account__two_passwords_must_be_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter([PASSWORD, "river-stone-43"])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))
    assert account("add", "admin1", "--person", "王示例", "--roles", "admin").exit_code == 1


def test_account__last_admin_stays() -> None:
    add("admin1", "admin")
    assert account("close", "admin1").exit_code == 1
    assert account("roles", "admin1", "--roles", "annotator").exit_code == 1
    add("admin2", "admin")
    assert account("close", "admin1").exit_code == 0
    assert "已停用" in account("list").output


def test_account__password_is_set_anew() -> None:
    add("admin1", "admin")
    assert account("password", "admin1", "--password-stdin", typed="another-river").exit_code == 0
    assert account("password", "nobody1", "--password-stdin").exit_code == 1
