"""Words that stand in any message whatever it is about: they make nothing alike. Data.

Who changes them runs `tests/routing/hot/test_events.py` and `benchmarks/hot_spots.py`.
"""

from __future__ import annotations

import re

_POLITE = (
    "尊敬的|领导|您好|你好|麻烦|拜托|谢谢|感谢|请问一下|请问|请求|恳请|恳求|希望|盼望|强烈|"
    "市长|书记|局长|镇长|县长|政府|有关部门|相关部门|主管部门|部门|单位|人员|同志"
)
_OFFICE = (
    "咨询|反映|反应|投诉|举报|反馈|关注|建议|回复|答复|解决|处理|管理|相关|有关|规定|问题|情况|"
    "事情|工作|进行|存在|造成|导致|严重|影响|生活|居住|老百姓|百姓|市民|群众|村民|居民|业主"
)
_PEOPLE = "我们村|咱们村|我们|你们|他们|它们|俺们|咱们|大家|自己|本人|我家|俺家|家里|人家"
_TIMES = (
    "后半夜|大半夜|半夜|黑夜|白天|夜里|深夜|凌晨|晚上|什么时候|啥时候|这几天|好几天|几天了|几天|半个月|一个月|个月|每天|天天|天了|现在|目前|已经|"
    "以经|一直|至今|最近|今天|昨天|前天|多年|多次|之后|之前|时候|时间|开始"
)
_GRAMMAR = (
    "但是|因为|所以|而且|并且|如果|或者|以及|还有|没有|不能|不会|可以|应该|需要|是否|是不是|能不能|"
    "有没有|为什么|为啥|为何|什么|怎么办|怎么|咋办|咋|如何|非常|十分|特别|这个|那个|这些|那些|这样|"
    "其他|没人管|没人来|不管|赶紧|赶快|尽快|附近|旁边|周边|村里|这边|那边|门口|小区|社区|物业|老板|"
    "[的了是我你咱俺吗呢吧啊呀嘛在有和也都就还着把被让叫给这那个到从去来说很太又再才]"
)
FILLER = re.compile("|".join((_POLITE, _OFFICE, _PEOPLE, _TIMES, _GRAMMAR)))
"""The longer words of each kind stand before the shorter ones."""
