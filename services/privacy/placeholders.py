"""The typed placeholders that stand for personal data, and what a model reads in their place."""

from __future__ import annotations

import re
from enum import StrEnum


class Placeholder(StrEnum):
    """What stood there; people see the type, nobody the value."""

    NAME = "〔姓名〕"
    PHONE = "〔电话〕"
    IDENTITY = "〔证件号〕"
    CARD = "〔卡号〕"
    PLATE = "〔车牌〕"
    HANDLE = "〔微信〕"
    """An account of WeChat, QQ and the like."""
    MAIL = "〔邮箱〕"
    LINK = "〔网址〕"
    ADDRESS = "〔地址〕"
    TICKET = "〔工单号〕"
    NUMBER = "〔号码〕"
    """A long number of unknown meaning: an account, a contract, a meter."""


ANY = re.compile("|".join(map(re.escape, Placeholder)))
_REPEATED = re.compile(f"({ANY.pattern})(?:\\s*\\1)+")
_NEUTRAL = {
    Placeholder.NAME: "某某",
    Placeholder.PHONE: "13800000000",
    Placeholder.IDENTITY: "000000",
    Placeholder.CARD: "000000",
    Placeholder.PLATE: "晋L00000",
    Placeholder.HANDLE: "wx000000",
    Placeholder.MAIL: "name@example.com",
    Placeholder.LINK: "https://example.com",
    Placeholder.ADDRESS: "0号",
    Placeholder.TICKET: "LD-00000000-0000-0",
    Placeholder.NUMBER: "000000",
}


def squeezed(text: str) -> str:
    """One placeholder where the same one stood several times in a row."""
    return _REPEATED.sub(r"\1", text)


def learnt(text: str) -> str:
    """A masked sentence as an example says it: invented values where the placeholders were.

    The names of the placeholders are words of matters (电话 of telecom, 证件号 of the household
    register), and no resident ever writes them. The normal form of every message makes all numbers
    equal, so that an invented number is to the model what the real one will be.
    """
    return ANY.sub(lambda found: _NEUTRAL[Placeholder(found.group())], text)
