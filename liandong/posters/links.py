"""The addresses behind a poster's codes. Each carries the grid, so that nobody has to type it."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from routing.errors import LiandongError

_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_BOT = re.compile(r"[A-Za-z0-9_]{5,32}")


class BadAddress(LiandongError):
    """网址要写成 https://example.org 的样子：只有域名和端口，不带路径和参数。"""


class BadBotName(LiandongError):
    """机器人的用户名是 5 到 32 个英文字母、数字或下划线，例如 example_bot。"""


def web_base(text: str) -> str:
    """A base address in its plain form `https://host[:port]`; raises `BadAddress`.

    A path is refused: the chat's own redirects begin at the root, so below a path it would break
    only after the posters hang.
    """
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as exc:
        raise BadAddress(f"网址“{text}”不对。{BadAddress.__doc__}") from exc
    more = parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc
    if parts.scheme not in ("http", "https") or more or not _is_host(host):
        raise BadAddress(f"网址“{text}”不对。{BadAddress.__doc__}")
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port else "")


def is_loopback(base: str) -> bool:
    """Whether an address of `web_base` only opens on the machine itself."""
    host = urlsplit(base).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def bot_name(text: str) -> str:
    """A Telegram user name without its @, empty for none; raises `BadBotName`."""
    name = text.strip().removeprefix("@")
    if name and not _BOT.fullmatch(name):
        raise BadBotName(f"机器人用户名“{text}”不对。{BadBotName.__doc__}")
    return name


def chat_link(base: str, grid: str) -> str:
    """The web chat with the grid in it (`bot.webchat` notes it and drops it from the address)."""
    return f"{base}/?grid={grid}"


def telegram_link(bot: str, grid: str) -> str:
    """The residents' bot with the grid as `/start` payload: Telegram allows 64 of A-Za-z0-9_-."""
    return f"https://t.me/{bot}?start={grid}"


def _is_host(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return _HOST.fullmatch(host) is not None and not host.replace(".", "").isdigit()
    return True
