"""Places that every county lies outside of: provinces and prefectures of the country.

They are named as outside, and they keep names inside them from being read as a village here (海东
in 上海东站). A county's neighbours are its own data (aliases with source "neighbour").
"""

from __future__ import annotations

PROVINCES = (
    "北京 天津 河北 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 "
    "重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 内蒙古 内蒙 台湾 香港 澳门"
).split()

PREFECTURES = (
    "石家庄 唐山 秦皇岛 邯郸 邢台 张家口 承德 沧州 廊坊 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 "
    "吕梁 呼和浩特 包头 赤峰 通辽 鄂尔多斯 呼伦贝尔 沈阳 大连 鞍山 抚顺 丹东 锦州 营口 铁岭 长春 四平 通化 "
    "哈尔滨 齐齐哈尔 大庆 佳木斯 牡丹江 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 "
    "杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 滁州 阜阳 "
    "亳州 福州 厦门 莆田 泉州 漳州 龙岩 宁德 南昌 景德镇 萍乡 九江 赣州 上饶 济南 青岛 淄博 枣庄 烟台 潍坊 "
    "济宁 泰安 威海 日照 临沂 德州 聊城 菏泽 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 "
    "三门峡 南阳 商丘 信阳 驻马店 武汉 黄石 十堰 宜昌 襄阳 荆门 孝感 荆州 黄冈 长沙 株洲 湘潭 衡阳 邵阳 "
    "岳阳 常德 张家界 郴州 怀化 广州 韶关 深圳 珠海 汕头 佛山 湛江 茂名 肇庆 惠州 东莞 中山市 潮州 南宁 柳州 "
    "桂林 北海市 三亚 海口 成都 绵阳 德阳 宜宾 乐山 南充 贵阳 遵义 昆明 曲靖 丽江 大理市 拉萨 西安 铜川 宝鸡 "
    "咸阳 渭南 延安 汉中 榆林 兰州 嘉峪关 天水 西宁 银川 乌鲁木齐 侯马"
).split()

FAR_PLACES = (*PROVINCES, *PREFECTURES)
