"""One plain form of a message, with the way back to every character as it was written.

Full-width forms, traditional characters and spaces inside names must not hide a place, and the
evidence must still quote the resident's own words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Characters that occur in names of divisions and in the words beside them (cues, suffixes).
_TRADITIONAL = str.maketrans(
    "馬縣鎮鄉東莊溝鄭劉蘭陳興義龍嶺衛華邊黃橋車頭議寧驛灣漢飛羅雲來張楊趙孫韓馮國豐"
    "僑爐園牆關喬蘇窯線裡裏組隊號們這兒個處後會樹種養場陽濱澤區戶與間點幾過說從龐"
    "崗賓廟閣壩岡畢澗隴緱鹽麗銀圍堯禮遠廣寶萬長門鐵鳳風顧雙見紅葉員總醫於為進邨寳",
    "马县镇乡东庄沟郑刘兰陈兴义龙岭卫华边黄桥车头议宁驿湾汉飞罗云来张杨赵孙韩冯国丰"
    "侨炉园墙关乔苏窑线里里组队号们这儿个处后会树种养场阳滨泽区户与间点几过说从庞"
    "岗宾庙阁坝冈毕涧陇缑盐丽银围尧礼远广宝万长门铁凤风顾双见红叶员总医于为进村宝",
)
_SEPARATORS = frozenset(" \u3000\t-\u2013.·•~_*")
"""Nothing inside a name (高 壁, 核.桃.庄), the end of a clause elsewhere: kept as breaks."""
_DROPPED = frozenset("·•・‧_*~～^'\"`“”‘’")
_SIMPLE = re.compile(r"[\u4e00-\u9fff0-9a-z,，。、！？；：（）!?;:()]*")
"""Nothing to drop in it: most messages. The characters keep their places."""
_FOLDED = {**_TRADITIONAL, **str.maketrans("，！？；：（）", ",!?;:()")}
_LINE_BREAKS = frozenset("\n\r\u2028\u2029")


@dataclass(frozen=True, slots=True)
class NormalText:
    """The plain form and, for each of its characters, the index in the original.

    `breaks` are the places in the plain form where a space was: nothing for a name with a space
    in it, but the end of a clause for people who type spaces instead of commas.
    """

    text: str
    origin: tuple[int, ...]
    original: str
    breaks: frozenset[int]

    def before(self, position: int, length: int) -> str:
        """Up to `length` characters before a position, spaces shown as commas."""
        return self._with_breaks(max(0, position - length), position)

    def after(self, position: int, length: int) -> str:
        """Up to `length` characters from a position on, spaces shown as commas."""
        return self._with_breaks(position, min(len(self.text), position + length))

    def _with_breaks(self, start: int, end: int) -> str:
        if not self.breaks:
            return self.text[start:end]
        shown = "".join(
            f",{self.text[i]}" if i in self.breaks else self.text[i] for i in range(start, end)
        )
        return f"{shown}," if end in self.breaks else shown

    def written(self, start: int, end: int) -> tuple[str, int, int]:
        """The words as written, and their offsets, for a span of the plain form."""
        first, last = self.origin[start], self.origin[end - 1] + 1
        return self.original[first:last], first, last


def normalise(text: str) -> NormalText:
    """Fold width, case and script; drop spaces and marks; keep a line break as a comma."""
    if _SIMPLE.fullmatch(text):
        return NormalText(text.translate(_FOLDED), tuple(range(len(text))), text, frozenset())
    plain: list[str] = []
    origin: list[int] = []
    breaks: set[int] = set()
    for index, char in enumerate(text):
        if _is_han(char):
            plain.append(char)
            origin.append(index)
            continue
        if _separates(text, index, char):
            breaks.add(len(plain))
            continue
        for part in _plain(char):
            plain.append(part)
            origin.append(index)
    joined = "".join(plain).translate(_TRADITIONAL)
    return NormalText(joined, tuple(origin), text, frozenset(breaks))


def _separates(text: str, index: int, char: str) -> bool:
    if char in " \u3000\t":
        return True
    if char in _SEPARATORS:
        return _is_han(text[index - 1 : index]) and _is_han(text[index + 1 : index + 2])
    return unicodedata.category(char) == "So" or char in "\ufe0f\u200d"


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _plain(char: str) -> str:
    if char in _LINE_BREAKS:
        return ","
    folded = unicodedata.normalize("NFKC", char).lower()
    return "".join(
        part
        for part in folded
        if not part.isspace()
        and part not in _DROPPED
        and unicodedata.category(part) not in ("Cf", "Cc", "Co", "Mn")
    )
