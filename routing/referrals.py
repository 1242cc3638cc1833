"""Where to turn with what is not for this service: the kind of the matter, from its words. Pure.

Only asked when a message is out of scope already: the words below stand in many real matters
(电费, 快递, 律师) and must never take one away. The numbers are national ones and stand in
domain.yml (`utter_referral_…`), where a county may change the sentences.

The kinds are tried from top to bottom: what is dangerous or a trick first, then what one office in
the whole country does, then what belongs to another place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

ReferralKind = Literal[
    "emergency",
    "code",
    "ads",
    "lottery",
    "railway",
    "post",
    "carriers",
    "power",
    "court",
    "discipline",
    "tax",
    "housing_fund",
    "social_security",
    "law",
    "market",
    "transport",
    "weather",
    "homework",
    "other_place",
]
KINDS: tuple[ReferralKind, ...] = get_args(ReferralKind)
BY_AREA: frozenset[ReferralKind] = frozenset(
    {"tax", "housing_fund", "social_security", "law", "market", "transport", "court"}
)
"""Numbers that each place answers for itself: from elsewhere its area code goes first."""

WORDS: Mapping[ReferralKind, str] = {
    "emergency": (
        "着火|起火|火灾|煤气泄漏|车祸|出事故|撞了人|撞人|抢劫|抢钱|持刀|打死|杀人|晕倒|昏迷|没气了|"
        "救命|中毒|溺水|触电|报警|急救"
    ),
    "code": (
        r"<\s*/?\s*\w+[^>]*>|select\s.+\sfrom\b|insert\s+into|drop\s+table|delete\s+from|\bcurl\b|"
        r"rm\s+-rf|^\s*[{\[].*[}\]]\s*$|role\s*:|system\s+content|set_admin|\bdef\s+\w+\(|"
        r"系统提示词|(?:忽略|无视|忘记|忘掉)(?:你)?(?:之前|以前|上面|前面)|扮演|你现在是|从现在起你|"
        r"写(?:个|一个|段|一段)?(?:代码|程序|脚本)|\bpython\b|\bjava\b|编程"
    ),
    "ads": (
        "加微信|加我|加v|量大从优|价格面议|刷单|日结|无抵押|秒批|当天放款|低息贷款|急用钱找我|"
        "办证刻章|刻章|点击链接|点链接|恭喜您|获得一等奖|代开发票|招工|包吃住|出售|转让|高价回收|"
        "专业疏通|扫码领|免费领取|内部消息"
    ),
    "lottery": (
        "双色球|大乐透|彩票|福彩|体彩|开奖|中奖|开啥号|买几号|股票|炒股|大盘|基金|比特币|期货|理财产品"
    ),
    "railway": "火车|高铁|动车|绿皮车|列车|抢票|12306|卧铺|改签",
    "post": "快递|包裹|邮件|邮政|寄丢|(?<![a-z])ems(?![a-z])|顺丰|中通|圆通|韵达|申通|12305",
    "carriers": (
        "话费|流量|宽带|手机卡|电话卡|套餐|销号|携号|中国移动|移动公司|移动营业厅|联通|中国电信|"
        "电信公司|电信营业厅|5g|(?<!\\d)(?:10086|10010|10000)(?!\\d)"
    ),
    "power": "电费|停电|电表|供电|国家电网|国网|95598",
    "court": "判决|法院|法官|开庭|庭审|上诉|再审|强制执行|执行局|立案|仲裁裁决|老赖|12368",
    "discipline": "贪污|受贿|行贿|纪委|监委|(?:举报|检举).{0,8}(?:干部|书记|局长|领导|官)|12388",
    "tax": "(?<!省)税务|报税|交税|个税|个人所得税|退税|税费|税收|纳税|发票|12366",
    "housing_fund": "公积金|12329",
    "social_security": (
        "社保|社会保险|养老金|养老保险|退休金|失业金|失业保险|工伤认定|社会保障卡|12333"
    ),
    "law": (
        "律师|打官司|官司|起诉|法律|遗产|继承|离婚|合同纠纷|公证|赔偿标准|判几年|犯法|违法吗|12348"
    ),
    "market": (
        "网购|网上买|淘宝|天猫|拼多多|京东|抖音买|直播间买|假货|退货|退款|商家|卖家|客服不理|"
        "消费者|12315|三包|保修"
    ),
    "transport": (
        "客车|大巴|出租车|网约车|滴滴|打车|公交|地铁|高速|收费站|过路费|(?<![a-z])etc(?![a-z])|12328"
    ),
    "weather": (
        "天气|天氣|气温|几度|多少度|下雨|下雪|降雨|降温|刮风|刮不刮|刮大风|带伞|冷不冷|热不热|"
        "台风|雾霾|晴天|阴天"
    ),
    "homework": (
        "作文|作业|翻译|翻成|译成|英语|英文|数学题|解方程|方程|等于几|等于多少|[\\d一二三四五六七八九十]"
        "+(?:加|减|乘|除)[\\d一二三四五六七八九十]+|鸡兔同笼|作者是谁|造句|古诗|背诵|论文|演讲稿|检讨书|"
        "讲个笑话|讲个故事|唱个歌|唱首歌|写首诗|做梦|解梦|算命|运气|属相|星座|减肥|怎么做菜|红烧|"
        "食谱|好看的电|电视剧|电影|小说|游戏|总统|最高的山|首都|分数线"
    ),
}
"""Words of each kind; a row for a kind that has none is not needed."""

_PATTERNS = {kind: re.compile(WORDS[kind], re.MULTILINE) for kind in KINDS if kind in WORDS}
_OF_A_PLACE = re.compile(
    "政策|办理|咋办|怎么办|谁管|谁修|归谁|没人管|投诉|反映|坏了|停水|停气|漏水|小区|物业|医保|低保|"
    "户口|身份证|学校|上学|入学|提取|申请|工资|补贴|补助|拆迁|路灯|路不|修路|垃圾|噪|污染|"
    "政府|社区|街道|村委"
)
"""What people of another place would bring to their own government."""
_PROVINCE = re.compile(
    "北京|天津|河北|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|"
    "海南|重庆|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|香港|澳门|台湾|外省|外县|外地|外市"
)
"""Far places that need no gazetteer; without 山西, which is home."""


@dataclass(frozen=True, slots=True)
class Referral:
    """Where somebody is sent, and by which words."""

    kind: ReferralKind
    words: tuple[str, ...]
    place: str = ""
    """The place outside of the county that the message names."""


def referral_of(text: str, outside: str | None = None) -> Referral | None:
    """The kind of a message that is out of scope; None where nothing tells it.

    `outside` is the place outside of the county that the message names, if it names one.
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    far = _PROVINCE.search(plain)
    place = outside or (far[0] if far else "")
    for kind, pattern in _PATTERNS.items():
        if found := pattern.search(plain):
            return Referral(kind, (found[0].strip(),), place)
    if place and (found := _OF_A_PLACE.search(plain)):
        return Referral("other_place", (place, found[0]), place)
    return None
