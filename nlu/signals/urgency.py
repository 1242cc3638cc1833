"""Danger to life or property at this moment (annotation guide, rule 7).

Past events, hypotheticals and metaphors are no danger. Livestock dying now is property in danger,
a hint at suicide is danger. The rules can only raise urgency: what the model calls an emergency
stays one unless the whole text is clearly past or supposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlu.normalise import simplified
from nlu.signals.clauses import clauses

_DANGER = re.compile(
    r"(?<!不)着火|起火|失火|火灾|山火|冒火|火苗|火势|明火|扑不灭|烧起来|烧着|着起来|窜(?:出|到).{0,3}火|看见火|🔥|"
    r"(?:全|都|满|尽)是(?:大|明)?火(?![锅车腿葬])|爆炸|(?:锅炉|罐|瓶|厂|房|库).{0,4}炸了|(?:房|屋|车|电|机|杆|柴|草|林|山).{0,6}冒(?:黄|黑|白|浓)?烟|(?:刚才|现在|又|直).{0,3}冒.{0,2}烟|"
    r"触电|漏电|电(?:着|翻|倒|住)(?:了|人|俺|我|他|她|,|$)|让.{0,6}电(?:着|翻|倒|打)|电线(?:断|掉|垂|耷)|断(?:了的)?电线|打火花|火花|"
    r"煤气中毒|一氧化碳中毒|煤气味|燃气味|臭鸡蛋味|(?:煤气|燃气|天然气|液化气|管子|气罐|氨|瓦斯).{0,6}漏|漏气|"
    r"被?困(?:住|在)|埋(?:住|在)|被埋|压(?:住|在).{0,3}(?:人|腿|身|下)|冒顶|透水|溺水|落水|"
    r"掉(?:进|到|下|了)?.{0,3}(?:井|河|沟|水|窖|崖|坑)(?:里|了)|(?<!压)(?<!水)上不来|"
    r"没(?:有)?(?:呼吸|心跳|脉搏)|昏(?:死|倒|过去)|(?:满脸|满头|浑身|一身|全身|一头)(?:都)?是血|"
    r"昏迷|晕倒|晕过去|不省人事|抽搐|抽过去|口吐白沫|喝农药|喝了药|喘不上气|吐血|大出血|流血不止|血流不止|"
    r"叫不醒|没气了|没声了|快不行了|虚脱|嘴歪|大舌头|见红|破水|疼得?(?:直)?打滚|误(?:喝|吃|服)|"
    r"(?:上吐下泻|又吐又拉|[吐拉]得).{0,6}(?:昏|倒|虚|没劲|站不)|(?:药|蘑菇|席|吃).{0,10}(?:就|直|又|都).{0,2}吐|羊水|要生了|蛇咬|中毒|心梗|"
    r"(?:动|抡|操|抄)(?:起|着|了|上)?.{0,2}(?:刀|锨|锹|棍|斧|镢|钢管|家伙)|持械|斗殴|"
    r"打起来|(?<!老)打架|砍人|杀人|(?:拿|持|提)(?:着|了)?(?:刀|铁锹|斧|棍|菜刀|镢头)|捅人|捅了|要打死|往死里打|"
    r"(?:以后|往后|今后|过了今[天晚黑]).{0,3}用不[着上](?:了|咧)|不想(?:再)?(?:拖累|连累)|没(?:有)?(?:什么|甚|啥)?(?:可)?留恋|"
    r"自杀|轻生|不想活|活着没意思|活不下去|死了算了|不如死|跳楼|跳河|跳井|割腕|遗书|"
    r"走失|走丢|(?<!就)失踪|捡到.{0,8}(?:娃|孩子|小孩)|(?:娃|孩子|闺女|老人|老汉|老妈|爹|爷爷|奶奶).{0,14}(?:没|不)(?:到|回|着)家|"
    r"(?:娃|孩子|老人|老汉|老婆婆|爷爷|奶奶|(?:俺|我)[爹妈娘]).{0,8}(?:不见了|找不(?:见|着|到)了?|没影)|"
    r"(?:坝|堤|埂).{0,4}(?:豁|溃|决)(?:了|开|出)|断(?:了)?(?:粮|炊|顿)|"
    r"山洪|洪水|发大水|泥石流|滑坡|塌方|滚石|决口|溃坝|垮塌|水(?:进|灌|漫)(?:了|到|进)?(?:屋|家|院)|"
    r"(?:水|河).{0,3}涨到|山.{0,3}(?:溜|滑)下来|(?:泥浆|石头|土).{0,6}(?:下来了|往下)|(?:一直|正|直|还在).{0,3}掉土|塌下来|"
    r"快(?:要)?(?:塌|倒)|(?:正|一直|不停)往下(?:掉|滑|塌)|"
    r"救命(?!水|钱|药)|快来(?:个?人)?救|快救|(?:着了|引着|点着|烧到|烧红).{0,8}(?:房|屋|院|柴|草|树|林|山|羊|牛|猪|垛)|"
    r"(?:房|屋|院|柴|草|树林|松林|山|羊圈|牛棚|垛).{0,6}(?:着了|引着|点着|烧了)"
)
_DYING_STOCK = re.compile(
    r"(?:猪|羊|牛|鸡|鸭|鹅|骡|马|驴|牲口|蜂|鱼)(?!肉|圈舍).{0,14}"
    r"(?:下不(?:下|出)来|难产|快不行|快死|口吐白沫|倒地|起不来|"
    r"(?:一个接一个|接二连三|一天).{0,4}死|(?:今天|今早|刚|正|又).{0,4}死|死(?:个不停|不停|得快))"
)
_TOGETHER = (
    (
        re.compile(r"(?:猪|羊|牛|鸡|鸭|鹅|骡|马|驴|牲口)(?!肉|圈舍)"),
        re.compile(
            r"倒(?:了|下).{0,2}(?:[一二两三四五六七八九十几]|\d).{0,2}(?:只|头|匹|口)|直抽|蹬腿|"
            r"站不(?:起|住|稳)"
        ),
    ),
    (
        re.compile(r"吵|骂|哭|赌气|想不开|离婚|逼债|挨打"),
        re.compile(r"(?:拿|提|抱|揣|带)(?:着|了|走)?.{0,4}(?:农药|百草枯|敌敌畏|鼠药|安眠药)"),
    ),
)
"""Danger when the second is said after the first, in whichever clauses: animals that fall, poison
in the hand of somebody in despair."""
_PAST = re.compile(
    r"去年|前年|大前年|头年|早年|那年|当年|往年|年年|每年|以前|从前|(?<![一-鿿])过去|上个?月|上周|上个?礼拜|"
    r"前些天|前几天|前一阵|前段时间|上回|上次|前天|大前天|(?:几|\d+|[一二三四五六七八九十两半]+)个?(?:年|月)前|"
    r"(?:正|二|三|四|五|六|七|八|九|十|腊)月(?:里|份)|\d+月(?:份|里|\d+)|曾经|梦见|电影|电视(?:剧|上)|故事|那一回|那次"
)
_IF = (
    r"要是|万一|假如|如果|假使|若是|倘若|防止|以防|预防|避免|谨防|演练|该咋防|怎么防|"
    r"早晚(?:得|要)|迟早"
)
_HYPOTHETICAL = re.compile(_IF)
_SUPPOSED = re.compile(
    _IF + r"|会不会|怕.{0,12}(?:着火|触电|出事|塌|漏|中毒|淹|掉|砸)|担心|"
    r"防(?:火|汛|洪|震|煤气)|宣传|培训|讲讲|讲座|科普|补贴|保险|报警器|检查一下|装(?:一?个)|容易"
)
_METAPHOR = re.compile(
    r"气炸|肺.{0,2}炸|火大|上火|恼火|窝火|发火|火冒三丈|一肚子火|心里着火|急得.{0,3}着火|着急上火|"
    r"急死|气死|笑死|累死|烦死|热死|冻死人|吵死|愁死|想死你|爱死|美死|"
    r"烂成河|水火|火爆|红红火火|(?:打架|吵架).{0,4}(?:录像|小说|电视|游戏)|"
    r"价格.{0,3}炸|手机.{0,3}(?:不见|找不)|快递.{0,4}(?:失踪|不见)|爆炸性"
)
_THINGS = re.compile(r"火锅|火车|火腿|烟花爆竹|炸(?:油糕|麻花|油条|鸡)")
"""Things with a word of danger in their name. They say nothing either way."""
_OVER = re.compile(
    r"已(?:经)?(?:灭|扑灭|救|找到|脱险|修好|没事|处理)|修好了|(?:调解|处理)(?:好|完)了|判了|"
    r"扑灭了|找(?:到|着|见)了|救(?:上|出)来了|虚惊|没事了|"
    r"出院|下葬|去世|过世|赔(?:偿|我|谁|多少|钱)|寻谁赔"
)
_NOW = re.compile(
    r"(?<![到直])现在|这会儿|这阵|正(?:在|着|往|冒|烧|打)|还在(?:烧|冒|涨|流|漏|打|掉)|刚才|刚刚|刚(?:着|掉|被|发)|"
    r"眼看|赶紧|赶快|快来|快点来|救|急急|马上|今(?:天|早|晚|黑)|又(?:着|漏|塌)|越(?:烧|来)"
)


@dataclass(frozen=True, slots=True)
class Urgency:
    """Whether there is danger now, and the words that said so (or said not)."""

    urgent: bool
    words: tuple[str, ...] = ()


def urgency(text: str, *, emergency: bool = False) -> Urgency:
    """`emergency`: the classifier holds the message for an emergency."""
    plain = simplified(text)
    parts = clauses(_THINGS.sub("", _METAPHOR.sub("", plain)))
    words = tuple(dict.fromkeys(_dangers(parts)))
    if words:
        return Urgency(True, words)
    if emergency and not _not_now(plain):
        return Urgency(True, ("紧急事项",))
    return Urgency(False)


def _dangers(parts: list[str]) -> Iterator[str]:
    """Words of danger in clauses that speak of now; a past or supposed time lasts until then."""
    elsewhere = False
    for number, part in enumerate(parts):
        now = bool(_NOW.search(part))
        if _PAST.search(part) or _SUPPOSED.search(part) or _OVER.search(part):
            elsewhere = not now or bool(_SUPPOSED.search(part))
        elif now:
            elsewhere = False
        danger = _DANGER.search(part) or _DYING_STOCK.search(part)
        danger = danger or _together("".join(parts[:number]), part)
        if danger and not elsewhere:
            yield danger[0]


def _together(before: str, part: str) -> re.Match[str] | None:
    for scene, sign in _TOGETHER:
        found = sign.search(part)
        if found and scene.search(before + part):
            return found
    return None


def _not_now(whole: str) -> bool:
    """Clearly past, supposed, over, or a manner of speaking."""
    signs = (_PAST, _HYPOTHETICAL, _OVER, _METAPHOR)
    return any(sign.search(whole) for sign in signs) and not _NOW.search(whole)
