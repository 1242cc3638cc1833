"""The appeal type by words, for when no model is there to say it (annotation guide, rule 9)."""

from __future__ import annotations

import re

from nlu.normalise import simplified

_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "report",
        re.compile(r"举报|举暴|检举|揭发|违纪|违法|贪污|受贿|偷排|盗伐|偷砍|套取|冒领|赌博|假冒"),
    ),
    (
        "praise",
        re.compile(
            r"表扬|锦旗|点(?:个)?赞|(?:感谢|谢谢).{0,20}(?:师傅|同志|医生|大夫|书记|网格员|支书)"
        ),
    ),
    (
        "suggestion",
        re.compile(
            r"建议|提(?:个|一个)?意见|能不能定(?:个)?|倡议|不如|最好是?能|要是能.{0,12}就好"
        ),
    ),
    (
        "complaint",
        re.compile(
            r"投诉|凭(?:啥|什么)|没人管|不管|推来推去|踢皮球|推诿|态度|乱收费|欺负|不讲理|骗|赖(?:着|账)|"
            r"一直不给|不给(?:钱|发|办|结|修)|拖(?:着|欠)|扰民|糊弄|黑心|太(?:差|吵|不像话)|倒是|[!！]{2,}"
        ),
    ),
    (
        "consult",
        re.compile(
            r"请问|咨询|想问|问一?下|打听|多少钱|标准是|怎么(?:办理|申请|报名|弄|算)|咋(?:办理|申请|报名|算)|"
            r"需要(?:啥|什么|哪些)|能不能(?:报|办|用|领)|可以(?:吗|不)|是不是|几月|啥时候|什么时候|哪(?:里|儿)|[吗么呢不]\s*[?？]?$|[?？]\s*$"
        ),
    ),
)


def appeal_type_of(text: str) -> str:
    """One of the six; `help` where no word says otherwise."""
    plain = simplified(text)
    return next((kind for kind, words in _RULES if words.search(plain)), "help")
