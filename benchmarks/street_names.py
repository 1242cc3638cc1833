"""Places in messages of a city that come without any: names found by their endings.

Only for measuring: the product knows its places from a gazetteer. A name is what stands before an
ending such as 小区 or 路 in two messages or more, as far back as it stays the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import ahocorasick

_ENDINGS = (
    tuple(
        "小区 社区 新城 之城 公馆 花园 家园 花苑 苑 山庄 华府 公寓 新村 国际 名都 名邸 豪庭 雅苑 "
        "嘉园 城 园 湾 郡 府 院".split()
    ),
    tuple("大学 学院 中学 小学 幼儿园 医院 公园 村".split()),
    tuple("大道 路 大桥 隧道".split()),
    tuple("镇 街道".split()),
)
"""The finest first; the last kind is no finer than a township."""
_KIND = {ending: kind for kind, endings in enumerate(_ENDINGS) for ending in endings}
_ENDING = re.compile(f"(?=({'|'.join(sorted(_KIND, key=len, reverse=True))}))")
_NO_NAME = re.compile(
    "[我们你他她它这那的在是有和与及对到从把被给让使将为以于就都也又还很不没要能会可请望求了着过吗呢吧啊"
    "个条些整现目前附近周边全各某区县市省旁里内至由距离等因但而或即每该所并且进出严重影响导致造成投诉"
    "反映举报咨询关于希望建议入向问找级此]"
)
_NO_PLACE = re.compile(
    "政府|人民|文明|卫生|安置|商品|业主|物业|高速|公路|铁路|马路|道路|线路|网络|电路|管路|问路|修路|行路|断头|"
    "必经|十字|三岔|交叉|快速|老旧|开发|住宅|居民|中小|实验|产业|工业|物流|科技|房地产|[一二三四]期|学校|法院|"
    "检察|住院|医院$|配套|全国|中心城|一线城|普惠|子女|公立|民办|私立|集团|高新|国务院|大学城|水泥路"
)
_DISTRICT = re.compile(r"[A-Z]\d+[区县市]")
_LONGEST = 5
"""Characters before the ending."""


def folded(text: str) -> str:
    """Half-width, without the dots that stand within names."""
    return unicodedata.normalize("NFKC", text).replace("·", "").replace(".", "")


class StreetNames:
    """The names that a set of messages shares, and the place of each message."""

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        """`texts` are subjects and details."""
        counts: Counter[str] = Counter()
        for subject, details in texts:
            counts.update(set(_candidates(folded(f"{subject}。{details}"))))
        longer: dict[str, int] = defaultdict(int)
        for name, count in counts.items():
            longer[name[1:]] = max(longer[name[1:]], count)
        kept = {
            name
            for name, count in counts.items()
            if count > 1 and longer[name] < 0.6 * count and not _NO_PLACE.search(name)
        }
        self._counts = counts
        self._names = {_core(name) for name in kept}
        self._finder = ahocorasick.Automaton()
        for name in self._names:
            self._finder.add_word(name, name)
        self._finder.make_automaton()
        self._places = [self._place(*each) for each in texts]
        self._districts = self._by_place(texts)

    def place(self, index: int) -> str | None:
        """The name of a message's estate, school, village or road."""
        return self._places[index]

    def district(self, index: int) -> str:
        """The district of the message's place, else the one it names, else the city."""
        return self._districts[index]

    def _place(self, subject: str, details: str) -> str | None:
        found = [
            ((_kind(name), where, -len(name), end), name)
            for where, text in enumerate((subject, details))
            for end, name in self._finder.iter(folded(text))
            if _kind(name) < len(_ENDINGS) - 1
        ]
        found.sort(key=lambda each: (each[0][1], each[0][0], *each[0][2:]))
        return self._shortest(found[0][1]) if found else None

    def _shortest(self, name: str) -> str:
        """东区阳光新城 is 阳光新城 where that is the commoner name."""
        best = name
        for start in range(1, len(name) - 2):
            tail = name[start:]
            if tail in self._names and self._counts[tail] >= self._counts[best]:
                best = tail
        return best

    def _by_place(self, texts: Sequence[tuple[str, str]]) -> list[str]:
        named = [next(iter(_DISTRICT.findall(" ".join(each))), "") for each in texts]
        votes: dict[str | None, Counter[str]] = defaultdict(Counter)
        for place, district in zip(self._places, named, strict=True):
            if place and district:
                votes[place][district] += 1
        return [
            votes[place].most_common(1)[0][0] if votes[place] else district or "city"
            for place, district in zip(self._places, named, strict=True)
        ]


def _candidates(text: str) -> Iterator[str]:
    for match in _ENDING.finditer(text):
        start, end = match.start(), match.end(1)
        for size in range(1, min(_LONGEST, start) + 1):
            first = text[start - size]
            if not "一" <= first <= "鿿" or _NO_NAME.match(first):
                break
            if size > 1 or len(match[1]) > 1:
                yield text[start - size : end]


def _core(name: str) -> str:
    """阳光新城小区 is 阳光新城, 高桥小区 stays."""
    bare = name.removesuffix("小区").removesuffix("社区")
    ended = len(name) >= 5 and any(bare.endswith(ending) for ending in _KIND)
    return bare if bare != name and ended else name


def _kind(name: str) -> int:
    return min(kind for ending, kind in _KIND.items() if name.endswith(ending))
