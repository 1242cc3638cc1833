"""What is asked and answered when a message holds several matters (拆单). Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from services.understanding import Part, Understanding

APART = "apart"
"""The option 分开办."""
TOGETHER = "together"
"""The option 就一件事."""
_APART = re.compile(
    r"^(?:是|是的|对|对的|对着|嗯|行|行了|行吧|好|好的|好吧|可以|中|要得|成|同意|没错|"
    r"(?:那就|请|给我)?分开(?:办|吧|来|算)?(?:吧|行|好)?|分|[两三四五]件(?:事)?|是[两三四五]件事?)$"
)
_TOGETHER = re.compile(
    r"^(?:不|不是|不对|不行|不用|不分|别分|不用分|不分开|别分开|不用分开|(?:就|是|就是)?一件事?|"
    r"(?:就|是|就是)?(?:同|就)?一个?(?:件|码|回)?事|(?:放|合)?(?:在)?一[起块](?:办)?吧?|合(?:着|起来)办)$"
)
_PLAIN = re.compile(r"分开|一件事|一起办|别分|不分")
_SIGNS = re.compile(r"[\s\W_]+")


def answer_in(text: str) -> str | None:
    """`APART` or `TOGETHER` where the words say nothing else."""
    bare = _SIGNS.sub("", text)
    if _APART.match(bare):
        return APART
    return TOGETHER if _TOGETHER.match(bare) else None


def speaks_of_splitting(text: str) -> bool:
    """The words can be nothing but an answer to this question, even when it is over."""
    return answer_in(text) is not None and bool(_PLAIN.search(text))


def at_once(understanding: Understanding) -> tuple[Part, ...]:
    """The parts that no question may keep waiting."""
    parts = understanding.parts
    if any(part.understanding.confidential for part in parts):
        return parts
    return tuple(part for part in parts if part.understanding.urgent)


def to_ask(understanding: Understanding) -> tuple[Part, ...]:
    """The parts that the resident is asked about."""
    opened = at_once(understanding)
    return tuple(part for part in understanding.parts if part not in opened)


def as_one(understanding: Understanding) -> Understanding:
    """The message as one matter, as the resident says it is."""
    return replace(understanding, parts=(), n_matters=min(1, understanding.n_matters))
