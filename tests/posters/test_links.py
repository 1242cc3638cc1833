"""Addresses: what a code leads to, and what is refused before it hangs on 323 walls."""

from __future__ import annotations

import pytest

from bot.webchat.links import is_grid_code
from liandong.posters.links import (
    BadAddress,
    BadBotName,
    bot_name,
    chat_link,
    is_loopback,
    telegram_link,
    web_base,
)
from tests.posters.conftest import GAOBI


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("https://example.org", "https://example.org"),
        (" HTTPS://Example.org/ ", "https://example.org"),
        ("http://127.0.0.1:8420", "http://127.0.0.1:8420"),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
    ],
)
def test_web_base__is_brought_into_one_form(text: str, base: str) -> None:
    assert web_base(text) == base


@pytest.mark.parametrize(
    "text",
    [
        "example.org",
        "ftp://example.org",
        "https://",
        "https://example.org/chat",
        "https://example.org?grid=1",
        "https://example.org#x",
        "https://user:word@example.org",
        "https://exa mple.org",
        "https://联动.example",
        "https://example.org:99999",
        "https://example..org",
        "https://300.1.1.1",
        "https://[::1",
        "javascript:alert(1)",
    ],
)
def test_web_base__anything_else_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(BadAddress, match="网址"):
        web_base(text)


@pytest.mark.parametrize(
    ("base", "local"),
    [
        ("http://127.0.0.1:8420", True),
        ("http://localhost", True),
        ("http://[::1]:80", True),
        ("https://example.org", False),
        ("http://192.168.1.2", False),
    ],
)
def test_is_loopback__knows_addresses_that_no_phone_reaches(base: str, local: bool) -> None:
    assert is_loopback(base) is local


def test_bot_name__takes_an_at_sign_and_none() -> None:
    assert (bot_name("@liandong_bot"), bot_name("")) == ("liandong_bot", "")


@pytest.mark.parametrize("text", ["abcd", "a" * 33, "联动机器人", "with-dash", "t.me/some_bot"])
def test_bot_name__of_another_form_is_refused(text: str) -> None:
    with pytest.raises(BadBotName, match="用户名"):
        bot_name(text)


def test_chat_link__carries_a_code_that_the_web_chat_takes() -> None:
    link = chat_link("https://example.org", GAOBI)
    assert link == f"https://example.org/?grid={GAOBI}"
    assert is_grid_code(GAOBI)


def test_telegram_link__is_a_deep_link_with_the_grid() -> None:
    assert telegram_link("liandong_bot", GAOBI) == f"https://t.me/liandong_bot?start={GAOBI}"
