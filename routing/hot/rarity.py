"""How much a shared character says: 人 and 三 say little, 涵 and 坟 much. Data.

The commonest characters of what residents write (without places and filler), counted in the
sentences that the classifier learns from; `python -m benchmarks.common_characters` counts anew. The
rarity of each word in those sentences was tried too and is hardly better.
"""

from __future__ import annotations

_COMMONEST = (
    "一不人上子没里下地年老头要家三水打得十车出过两大开能回电钱天看收他公多想工房机走后口请村户"
    "手几好小证路成院门用道发谁二点办费保住娃学哪补儿生外前跟修名报管半话全面种进交五事往行卖拿"
    "块换养会见放场站四县别算写分找退少合起气装当改字新知接问干动八楼查山条停帮百药今司拉照先底"
    "倒树卡求方清买包边长员六医班跑中光本农以业高盖只花火贴孩线完样明单吃女法死可等期带通病啥号"
    "校安排连快自对土同师石月料心定理店做金墙"
)
_COMMON = (
    "牌所白台黑片羊转听护时款厂网沟记断信坡河烧认压队租次红林灯表掉镇根结送身城化签雨每份早检空"
    "社眼七屋领烟坐满派加申千间苗张轮主东窗流账顶饭亲活万她登民妈果意作助重集米坏井材狗假书调教"
    "资隔器处批亩煤按弄体油票提赔系挖留部西圈比搬挂低菜板邻建第园乡拆告正冒防统关漏旧桥九数件草"
    "推娘取棚牛街皮们错风服救位平评声卫泥量岁丢核壁离续原实妇商局最味复室代婆像贷敢入铁指真翻怕"
    "该残婚文监剩价占爹务脚黄日刚测迁险马热示厕箱居猪标案客承市产归销抽洗冬差矿层裂图扣拖纸银堆"
    "现变免爸腿伤采拍度鸡架库便组夫塌直专货省夜为立印消股视任准填偷血联国区级冲池计礼趟玉睡响喝"
    "铺考解坑音验浇经粮媳广庄警耕选划招木锁杆栽针奶汉失讲课设无落袋基爷堵游渠脸锅受亮缝扶疾整育"
    "协馆废够施泡么傅摊午超疫烂忙毛灰截程钟然规章目破项欠酒冻难政递套备临群喊伙布急借念晚埋食反"
    "弟衣句支存录供麦并托俩窑造阳替骗格炉围暖肥母利置砖床垃刷周摆遍配背棵圾梯力约搭父"
)
_OF = dict.fromkeys(_COMMON, 2) | dict.fromkeys(_COMMONEST, 1)
_RARE = 3


def rarity(character: str) -> int:
    """1 for the 200 commonest characters, 2 for the next 400, 3 for all others."""
    return _OF.get(character, _RARE)
