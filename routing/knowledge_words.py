"""The words of a question that say nothing of its subject, and the subject that is left. Pure.

Lists of words are data: who changes them runs `tests/routing/test_knowledge_match.py`, which asks
every question of the classifier's own sentences.
"""

from __future__ import annotations

import re
import unicodedata

FREE = "免费"
_FREE_WORDS = re.compile(
    "(?:不要|不用|不收|不花|不掏|不交|不出)(?:一分)?(?:钱|费)(?:的)?|不收费|不要学费|不用花钱|"
    "(?:要不要|用不用|掏不掏|花不花|收不收|交不交)(?:再)?(?:交|掏|花)?(?:钱|费)|要钱不|"
    "免交|白给|白看|白领|不交费|零收费|免不免费?|免了费|免收费?|免費"
)
"""The ways to say that something costs nothing."""

_GENERIC = re.compile("免费|收费|费用|补贴|补助|政策|优惠|福利|服务|扶持|减免|免")
"""What many questions are about: it counts little."""

_FILLER = re.compile(
    "请问一下|请问|想问问|想问一下|我想问|想问|问问|问一下|我想知道|想知道|想了解一下|想了解|了解一下|"
    "我想咨询一下|咨询一下|想咨询|咨询|麻烦|你好|您好|听说|听人说|听广播说|那个|这个|就是|"
    "给俺说说|给我说说|说说|念念|能不能|可不可以|是不是|是真的吗|是真的|真的假的|真的|有没有|还有没有|还有没|"
    "有哪些|都有啥|有啥|有甚|都有|哪些|哪儿|哪里|在哪|到哪|去哪|"
    "怎么办理|怎样办理|咋办理|如何办理|怎么办|咋办|怎么领|咋领|怎么申请|咋申请|如何申请|怎么弄|咋弄|怎么看|咋看|咋个|"
    "怎么|怎样|如何|咋样|咋|啥时候|什么时候|什么|甚么|多少钱|多少|几个|"
    "咱们县里|咱们县|我们县|咱县里|咱县|县里|县上|政府|国家|公家|咱们|咱这儿|咱这|咱|我们|俺们|俺家|俺|我家|我|"
    "您|你们|你|现在|今年|目前|要不要|用不用|需要|可以|能行|行不行|行不|还要|还能|还|也|都|能|要|是|有|的|了|吗|嘛|呢|"
    "吧|呀|啊|哦|么|不|没|谁|给|在|就|对|和|跟|与|把|请|想|一下|一直"
)
"""What says nothing: polite words, question words, particles. The longest stand first."""

TROUBLE = re.compile(
    "坏了|坏咧|坏的|看不了|看不成|看不上|没信号|收不到|不出图|停了|断了|没给|(?<!给)不给|没发|没领到|没收到|没到账|"
    "少给|少发|(?<!让)不让|(?<!管)不管|拒绝|刁难|收了我|收了俺|收我|收俺|多收|乱收|偷着收|投诉|举报|骗|欠|拖|扣"
)
"""Somebody tells what went wrong: no general answer is one to them."""

_WORD_RUNS = re.compile(r"\w+")
_CLAUSE_ENDS = re.compile(r"[,;.!?、，；。！？\n]+")


def normalised(text: str) -> str:
    """Half-width, lower case, one word for everything that costs nothing."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return _FREE_WORDS.sub(FREE, plain)


def content_of(text: str) -> tuple[str, ...]:
    """The runs of characters that say what a question is about."""
    bare = _FILLER.sub(" ", _GENERIC.sub(" ", normalised(text)))
    return tuple(_WORD_RUNS.findall(bare))


def clauses_of(text: str) -> tuple[str, ...]:
    """What stands between two signs."""
    return tuple(part for part in _CLAUSE_ENDS.split(text) if part.strip())


def generic_in(text: str) -> frozenset[str]:
    """The words that many questions have."""
    return frozenset(_GENERIC.findall(normalised(text)))


def trouble_in(text: str) -> frozenset[str]:
    """Words that tell of something gone wrong."""
    return frozenset(TROUBLE.findall(normalised(text)))
