"""Different words for one thing: 断水 and 水龙头不出水, 歌厅 and KTV. Data.

People who see the same thing name it differently; each line is one thing or one trouble, its own
name first. Who changes it runs `tests/routing/hot/test_events.py`.
"""

from __future__ import annotations

import re

THINGS = """
护栏 栏杆 栏干
井盖 窨井盖
水管 管子 管道 自来水管
水塔 水池子
机井 水井 深井
水泵 抽水泵
水渠 渠道 渠里
河堤 堤坝 河坝 护坝
挖沙 采砂 采沙 挖砂 偷沙 沙子
电线杆 电杆 线杆
变压器 配电箱
信号塔 基站
消防通道 生命通道 救命通道
停车位 车位 乱停 停满车
垃圾桶 垃圾箱 垃圾池 垃圾台 垃圾点
建筑垃圾 渣土 建筑渣土
下水道 下水井 污水管 排水沟
厕所 公厕 茅房 茅厕
学校 小学 中学 校门
食堂 营养餐
石料厂 石场 采石场 石子厂
搅拌站 搅拌厂
煤矿 矿上 矿井 挖煤
养猪场 猪场 猪圈
工地 施工 盖楼 打桩
歌厅 ktv 卡拉ok
烧烤 烤串 烤肉 夜宵
广场舞 跳舞
拉煤车 煤车 运煤车
大车 货车 重车 渣土车
野狗 流浪狗 恶狗 大黄狗
农药 除草剂 除草药
果树 苹果树 苹果
占地款 占地 征地 补偿款 占地的钱
工资 工钱 血汗钱 薪水
班车 公交 客车 公交车
电视 机顶盒
选举 换届 拉票 选票 贿选
账目 村账 账本
冰雹 雹子 冷子
松树 松林
砖厂 砖瓦厂 砖窑
涵洞 涵管
电动车 电瓶车 电动自行车
健身器材 单杠 双杠
房产证 房本 不动产证
地租 租金 流转费 承包费
坟墓 修坟 大坟 坟地 豪华墓 修墓
"""
TROUBLES = """
停水 没水 断水 不出水 不上水 不来水 没有水 吃不上水 水停了 没自来水
停电 没电 断电 没有电
停气 没气 没有气 天然气停 打不着火
不热 冰凉 温度不够 冻得 才十几度
灯坏 不亮 不着 灯灭 灯黑 灭了 灯不明 路灯坏
手机信号 手机没信号 打不了电话 手机没有信号 打不出电话
水浑 浑水 浑的 泥沙 发黄 黄水 黄黄
臭味 臭气 臭得 恶臭 难闻 臭不可闻
尘土 粉尘 扬尘 灰尘 煤灰 黑灰 灰太大 灰大 灰也大
冒烟 黄烟 黑烟 浓烟 油烟
噪音 噪声 扰民 轰隆 太吵 吵得 睡不着 睡不成 没法睡
坑洼 大坑 水坑 坑太多 路烂 压坏 压烂 碾烂 烂了
塌方 塌了 冲塌 冲垮 冲断 冲开 决口
结冰 冰冻 积雪 结了冰 冻了 一层冰
漏水 漏雨 渗水 爆管 水管爆 管爆
堵塞 堵了 堵死 淤积 返水
裂缝 裂口 开裂 震裂 裂了
病死 死了 病了 口蹄疫 瘟疫 接一个死
拱了 糟蹋 拱完
咬人 咬了 咬伤
拖欠 欠薪 没发 没给 不给结
涨价 涨到 乱涨 又涨 翻了一倍 涨物业费
锁着 锁了 锁门
拉肚子 拉稀 腹泻 呕吐
虫害 粘虫 虫子 蚜虫
水压低 水压太小 水压小 上不去水 流得细 水太小 水流小
网卡 卡得 转圈圈 网速 宽带慢
狗粪 狗屎 遛狗 不拴绳
死鱼 鱼漂 死了好多鱼 鱼死了
歪斜 歪了 快倒了 斜得
垃圾成堆 垃圾堆 堆成山 没人拉 没清 溢出来 不清垃圾
"""


def _names(lines: str) -> dict[str, str]:
    return {word: line.split()[0] for line in lines.strip().splitlines() for word in line.split()}


_NAMES = _names(THINGS) | _names(TROUBLES)
_WORDS = re.compile("|".join(sorted(_NAMES, key=lambda word: (-len(word), word))))


def concepts_in(plain: str) -> frozenset[str]:
    """The things and troubles that a folded text names, each by its own name."""
    return frozenset(_NAMES[word] for word in _WORDS.findall(plain))
