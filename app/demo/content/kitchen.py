"""Ready to cook, and bakery: per child category (slug, name, subtitle, origin, producer, price, life, spec set)."""

from app.demo.content.shapes import ProductFacts

READY: dict[str, tuple[ProductFacts, ...]] = {
    "huo-guo": (
        ("qiguoji-taocan", "云南汽锅鸡净菜", "鸡块菌菇配齐，蒸两小时", "云南昆明", "ck", 4980, 4, "dish"),
        ("junzi-huoguo", "云南菌子火锅套餐", "六种菌配老鸡汤底", "云南昆明", "ck", 8980, 3, "dish"),
        ("suanla-yu-taocan", "酸辣鱼净菜", "鱼片腌好，酸菜料包", "云南昆明", "ck", 3980, 3, "dish"),
        ("lapaigu-huoguo", "丽江腊排骨火锅", "腊排骨配时蔬蘸水", "云南昆明", "ck", 6980, 5, "dish"),
        ("tongguo-yu", "抚仙湖铜锅鱼净菜", "鱼块小瓜汤料，十五分钟", "云南昆明", "ck", 5980, 3, "dish"),
    ),
    "xiao-chao": (
        ("xiaochao-huangniurou", "小炒黄牛肉净菜", "肉已切腌，热锅两分钟", "云南昆明", "ck", 3680, 3, "dish"),
        ("laonai-yangyu", "老奶洋芋净菜", "洋芋蒸压，配茴香糊辣", "云南昆明", "ck", 1580, 4, "dish"),
        ("heisan-duo", "黑三剁净菜", "玫瑰大头菜配肉末青椒", "云南昆明", "ck", 2280, 3, "dish"),
        ("hongsan-duo", "红三剁净菜", "番茄青椒肉末，拌饭王", "云南昆明", "ck", 2180, 3, "dish"),
        ("jianchao-niugan", "爆炒牛肝菌净菜", "预煮熟制，蒜椒配好", "云南昆明", "ck", 4280, 3, "dish"),
        ("jiucai-hexia", "韭菜炒河虾净菜", "虾净韭鲜，一炒就香", "云南昆明", "ck", 2980, 3, "dish"),
    ),
    "shu-shi": (
        ("yiliang-kaoya", "宜良烤鸭半成品", "烤至九成，回炉皮脆", "云南昆明", "yl", 4680, 7, "dish"),
        ("daiwei-ningmengji", "傣味柠檬鸡", "手撕鸡配柠檬料汁", "云南昆明", "ck", 3280, 3, "dish"),
        ("qingzhen-luniurou", "清真卤牛肉", "老卤慢炖，切片装盒", "云南昆明", "ck", 4980, 5, "dish"),
        ("boluo-fan", "傣味菠萝紫米饭", "微波三分钟，果香糯", "云南昆明", "ck", 1880, 4, "dish"),
    ),
    "mi-xian-taocan": (
        ("guoqiao-mixian", "过桥米线家庭装", "鸡骨高汤，配菜八样", "云南昆明", "ck", 2980, 4, "dish"),
        ("xiaoguo-mixian", "小锅米线套装", "酸腌菜鲜肉末，一锅煮", "云南昆明", "ck", 1980, 4, "dish"),
        ("xidoufen-shaoersi", "腾冲稀豆粉烧饵丝", "豆粉底料，烤饵丝配油条", "云南昆明", "ck", 1780, 4, "dish"),
    ),
}
BAKERY: dict[str, tuple[ProductFacts, ...]] = {
    "dian-shi-gao-dian": (
        ("xianhua-bing", "现烤玫瑰鲜花饼", "食用玫瑰，层层酥皮", "云南昆明", "bk", 2680, 15, "pastry"),
        ("yuntui-yuebing", "云腿硬壳月饼", "宣威火腿，咸甜酥香", "云南昆明", "bk", 3980, 30, "pastry"),
        ("dali-xizhou-baba", "喜洲破酥粑粑", "玫瑰红糖馅，回炉酥", "云南大理", "bk", 1880, 4, "pastry"),
        ("zimi-gao", "墨江紫米糕", "软糯不粘牙，微甜", "云南昆明", "bk", 1680, 7, "pastry"),
        ("kuqiao-bing", "小哨苦荞饼", "苦荞微苦，蜂蜜回甜", "云南昆明", "bk", 1480, 10, "pastry"),
        ("kunming-lvdougao", "昆明绿豆糕", "细润清凉，配茶点心", "云南昆明", "bk", 1880, 20, "pastry"),
    ),
    "mian-bao": (
        ("xianniunai-tusi", "洱源鲜奶吐司", "七成鲜奶，拉丝松软", "云南昆明", "bk", 1580, 4, "toast"),
        ("quanmai-tusi", "全麦核桃吐司", "全麦过半，核桃现烤", "云南昆明", "bk", 1780, 4, "toast"),
        ("haiyan-huangyoujuan", "海盐黄油卷", "外脆内软，咸香爆汁", "云南昆明", "bk", 890, 3, "bread"),
        ("rousong-xiaobei", "肉松小贝", "松软蛋糕裹满肉松", "云南昆明", "bk", 1080, 3, "bread"),
        ("kafei-beiguo", "保山咖啡贝果", "咖啡入面，嚼劲十足", "云南昆明", "bk", 980, 4, "bread"),
    ),
    "dan-gao": (
        ("lanmei-qishi", "蓝莓轻乳酪蛋糕", "澄江蓝莓，入口轻盈", "云南昆明", "bk", 3980, 3, "cake"),
        ("meigui-qifeng", "玫瑰戚风蛋糕", "玫瑰酱夹心，不腻", "云南昆明", "bk", 2980, 4, "cake"),
        ("mangguo-bandi", "芒果班戟", "大块芒果，奶油清爽", "云南昆明", "bk", 2280, 3, "cake"),
    ),
}
