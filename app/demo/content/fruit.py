"""Fruit: per child category (slug, name, subtitle, origin, producer, price in fen, shelf life in days, spec set)."""

from app.demo.content.shapes import ProductFacts

FRUIT: dict[str, tuple[ProductFacts, ...]] = {
    "ping-guo-li": (
        ("zhaotong-chou-pingguo", "昭通丑苹果", "糖心脆甜，高海拔大温差", "云南昭通", "zt", 980, 30, "jin"),
        ("yantai-hongfushi", "烟台红富士苹果", "果面红润，脆爽多汁", "山东烟台", "yt", 890, 35, "jin"),
        ("akesu-bingtangxin", "阿克苏冰糖心苹果", "果核透明，一口蜜甜", "新疆阿克苏", "ak", 1180, 35, "jin"),
        ("chenggong-baozhuli", "呈贡宝珠梨", "皮薄核小，清甜无渣", "云南昆明", "jn", 780, 25, "jin"),
        ("kuerle-xiangli", "库尔勒香梨", "皮薄肉细，入口即化", "新疆巴州", "ak", 1080, 30, "jin"),
        ("luxi-gaoyuan-li", "泸西高原红梨", "红皮白肉，爽脆汁多", "云南红河", "my", 860, 25, "jin"),
    ),
    "gan-ju": (
        ("binchuan-bingtangcheng", "宾川冰糖橙", "皮薄化渣，甜而不酸", "云南大理", "bc", 880, 20, "jin"),
        ("wuming-wogan", "武鸣沃柑", "现摘带叶，饱满爆汁", "广西南宁", "gx", 780, 20, "jin"),
        ("huaning-miju", "华宁早蜜桔", "早熟上市，皮松好剥", "云南玉溪", "th", 690, 15, "jin"),
        ("rongan-jinju", "融安滑皮金桔", "连皮吃，润喉清香", "广西柳州", "gx", 1280, 15, "half"),
        ("ruili-ningmeng", "瑞丽青柠檬", "汁水足，泡水凉拌都好", "云南德宏", "df", 680, 25, "half"),
        ("menglun-miyou", "勐仑蜜柚", "果肉晶莹，微酸回甜", "云南西双版纳", "bn", 1580, 30, "big"),
    ),
    "tao-li-xing": (
        ("lijiang-xuetao", "丽江雪桃", "雪山水浇灌，脆甜多汁", "云南丽江", "lj", 1980, 10, "jin"),
        ("shilin-renshenguo", "石林人参果", "清甜多汁，冰镇更爽口", "云南昆明", "sl", 980, 15, "jin"),
        ("malong-huangtao", "马龙黄桃", "软糯香甜，果香浓郁", "云南曲靖", "lp", 1380, 7, "jin"),
        ("weixi-meiguili", "维西玫瑰李", "紫皮黄肉，酸甜开胃", "云南迪庆", "sg", 1180, 10, "jin"),
        ("mengzi-pipa", "蒙自甜枇杷", "皮薄肉厚，果汁丰盈", "云南红河", "my", 1680, 5, "half"),
        ("fumin-yangmei", "富民杨梅", "乌紫发亮，酸甜生津", "云南昆明", "sm", 1580, 3, "half"),
    ),
    "re-dai": (
        ("yuanjiang-jinhuang-mang", "元江金煌芒", "核薄肉厚，无丝香甜", "云南玉溪", "yj", 1180, 8, "jin"),
        ("huaping-shengxin-mang", "华坪圣心芒", "晚熟金沙江谷，蜜香浓", "云南丽江", "lj", 1080, 8, "jin"),
        ("xishuangbanna-boluo", "版纳香水菠萝", "不用泡盐水，切开就吃", "云南西双版纳", "bn", 1280, 8, "big"),
        ("hekou-xiangjiao", "河口香蕉", "自然催熟，软糯香甜", "云南红河", "my", 480, 6, "jin"),
        ("jinghong-huolongguo", "景洪红心火龙果", "红肉流心，籽粒脆", "云南西双版纳", "bn", 1080, 10, "jin"),
        ("menglian-niuyouguo", "孟连牛油果", "果肉绵密，核小肉厚", "云南普洱", "pe", 790, 8, "each"),
        ("baihualing-baixiangguo", "百花岭百香果", "一勺满口香，泡水佐餐", "云南保山", "bs", 980, 12, "half"),
        ("mengla-boluomi", "勐腊菠萝蜜果肉", "剥好装盒，爽脆蜜甜", "云南西双版纳", "bn", 1680, 4, "box250"),
        ("sanya-guifei-mang", "三亚贵妃芒", "红妆细嫩，果香馥郁", "海南三亚", "hn", 1380, 8, "jin"),
        ("wenchang-yeqing", "文昌椰青", "开盖即饮，椰汁清甜", "海南文昌", "hn", 1180, 10, "each"),
        ("yuanmou-suanjiao", "元谋甜酸角", "天然果脯，越嚼越香", "云南楚雄", "ym", 1080, 60, "half"),
    ),
    "mei-guo-putao": (
        ("chengjiang-lanmei", "澄江蓝莓", "果径18毫米，脆甜爆汁", "云南玉溪", "fx", 1880, 8, "box125"),
        ("huize-caomei", "会泽高山夏草莓", "当天采摘，果香扑鼻", "云南曲靖", "lp", 2280, 3, "box250"),
        ("mile-putao", "弥勒水晶葡萄", "皮薄无涩，清甜多汁", "云南红河", "my", 1280, 7, "jin"),
        ("binchuan-yangguang", "宾川阳光玫瑰葡萄", "玫瑰香气，脆甜无籽", "云南大理", "bc", 2380, 10, "jin"),
        ("jianshui-hongti", "建水红提", "粒大紧实，甜脆耐放", "云南红河", "my", 1480, 10, "jin"),
        ("malong-shumei", "马龙树莓", "酸甜细腻，烘焙佳选", "云南曲靖", "lp", 2680, 3, "box125"),
    ),
    "gua-shiliu": (
        ("mengzi-tianshiliu", "蒙自甜石榴", "籽软汁多，一颗一捧甜", "云南红河", "my", 1080, 25, "jin"),
        ("binchuan-ruanzi-shiliu", "宾川软籽石榴", "软籽可嚼，清甜不涩", "云南大理", "bc", 1380, 25, "jin"),
        ("yuanmou-xigua", "元谋麒麟西瓜", "沙瓤冰甜，冬季也有", "云南楚雄", "ym", 1980, 12, "big"),
        ("hami-xizhoumi", "西州蜜哈密瓜", "脆爽高甜，网纹细密", "新疆吐鲁番", "ak", 2580, 15, "big"),
        ("mengla-mugua", "勐腊冰糖木瓜", "橙红软糯，炖奶凉拌", "云南西双版纳", "bn", 980, 8, "big"),
    ),
}
