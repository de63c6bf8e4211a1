"""Rice, flour, oil and condiments, flowers: per child category the facts of each product."""

from app.demo.content.shapes import ProductFacts

PANTRY: dict[str, tuple[ProductFacts, ...]] = {
    "mi": (
        ("zhefang-gongmi", "遮放贡米", "软糯回甜，冷饭不硬", "云南德宏", "df", 2980, 365, "rice"),
        ("wuchang-daohuaxiang", "五常稻花香米", "煮时满屋香，粒粒油亮", "黑龙江哈尔滨", "wc", 3980, 365, "rice"),
        ("mojiang-zimi", "墨江紫糯米", "紫黑油润，甜粥粽子", "云南普洱", "mj", 2680, 365, "rice"),
        ("guangnan-babaomi", "广南八宝米", "晶莹软滑，滇东名米", "云南文山", "ws", 3280, 365, "rice"),
        ("honghe-hongmi", "元阳梯田红米", "糙红米，焖饭有嚼劲", "云南红河", "my", 2880, 365, "rice"),
        ("diqing-qingkemi", "迪庆青稞米", "提前浸泡，杂粮饭", "云南迪庆", "sg", 1980, 365, "rice"),
    ),
    "mian-fen": (
        ("mengzi-ganmixian", "蒙自过桥干米线", "久煮不断，汤米线用", "云南红河", "my", 1180, 365, "noodle"),
        ("kunming-xianmixian", "昆明鲜酸浆米线", "酸浆发酵，柔滑微酸", "云南昆明", "ck", 480, 3, "bag"),
        ("tengchong-ersi", "腾冲饵丝", "浸米舂制，大救驾", "云南保山", "bs", 780, 7, "bag"),
        ("kunming-erkuai", "官渡饵块", "切片小炒，炭烤卷油条", "云南昆明", "ck", 680, 7, "bag"),
        ("xuanwei-qiaomian", "宣威苦荞面条", "苦荞三成，清爽有劲", "云南曲靖", "xw", 980, 365, "noodle"),
        ("dongbei-xuehuafen", "东北雪花小麦粉", "蒸馍包饺，筋道雪白", "黑龙江哈尔滨", "wc", 1280, 240, "flour"),
        ("honghe-yumimian", "红河鲜磨玉米面", "石磨粗粮，窝头糊糊", "云南红河", "my", 880, 180, "flour"),
    ),
    "shi-yong-you": (
        ("luoping-caiziyou", "罗平小榨菜籽油", "物理压榨，炒菜起香", "云南曲靖", "lp", 2380, 540, "oil"),
        ("yangbi-hetaoyou", "漾濞冷榨核桃油", "凉拌辅食，坚果清香", "云南大理", "yb", 6980, 540, "oil"),
        ("guangnan-chayou", "广南山茶油", "烟点高，煎炒皆宜", "云南文山", "ws", 5980, 540, "oil"),
        ("yuanmou-huashengyou", "元谋花生油", "浓香压榨，拌炒提味", "云南楚雄", "ym", 3280, 540, "oil"),
    ),
    "tiao-wei": (
        ("kunming-tianjiangyou", "昆明拓东风味甜酱油", "拌米线饵块，甜鲜", "云南昆明", "kw", 980, 540, "sauce"),
        ("qujing-jiucaihua", "曲靖韭菜花", "咸鲜带甜，拌面佐粥", "云南曲靖", "lp", 1080, 270, "sauce"),
        ("zhaotong-jiang", "昭通酱", "豆瓣晒足，麻辣炒肉", "云南昭通", "zt", 1180, 365, "sauce"),
        ("qiubei-hulajiao", "丘北糊辣椒面", "柴火炕香，蘸水必备", "云南文山", "ws", 880, 270, "dry"),
        ("kunming-suanyancai", "昆明老坛酸腌菜", "青菜老坛，炒肉米线", "云南昆明", "kw", 680, 180, "sauce"),
        ("xishuangbanna-baihujiao", "版纳白胡椒粒", "现磨辛香，炖汤去腥", "云南西双版纳", "bn", 1680, 540, "dry"),
    ),
    "cha-mi-jianguo": (
        ("jingmai-pucha", "景迈普洱生茶", "古树春料，花蜜香", "云南普洱", "pe", 5800, 1080, "dry"),
        ("baoshan-kafei", "保山小粒咖啡豆", "中度烘焙，果酸明亮", "云南保山", "bs", 3980, 365, "dry"),
        ("luoping-caihuami", "罗平油菜花蜜", "结晶细腻，奶白清甜", "云南曲靖", "lp", 2680, 540, "sauce"),
        ("yangbi-hetao", "漾濞薄皮核桃", "手捏即开，仁满油香", "云南大理", "yb", 1980, 180, "snack"),
    ),
}
FLOWERS: dict[str, tuple[ProductFacts, ...]] = {
    "mei-gui": (
        ("dounan-kaluola", "斗南卡罗拉红玫瑰", "花头大，瓶插七到十天", "云南昆明", "dn", 1980, 8, "flower"),
        ("dounan-diana", "斗南戴安娜粉玫瑰", "温柔粉色，层次饱满", "云南昆明", "dn", 1880, 8, "flower"),
        ("dounan-xueshan", "斗南雪山白玫瑰", "纯白大朵，家居百搭", "云南昆明", "dn", 1980, 8, "flower"),
        ("dounan-kabuqinuo", "斗南卡布奇诺玫瑰", "奶咖复古色，拍照出片", "云南昆明", "dn", 2280, 8, "flower"),
        ("dounan-duotou", "斗南多头小玫瑰", "一枝多朵，蓬松可爱", "云南昆明", "dn", 1680, 8, "flower"),
    ),
    "qie-hua": (
        ("dounan-baihe", "斗南香水百合", "花苞来货，满室清香", "云南昆明", "dn", 2680, 10, "flower"),
        ("dounan-kangnaixin", "斗南康乃馨", "花期长，送长辈首选", "云南昆明", "dn", 1280, 12, "flower"),
        ("dounan-yangjiegeng", "斗南洋桔梗", "花瓣轻盈，清雅耐看", "云南昆明", "dn", 1880, 9, "flower"),
        ("dounan-xiuqiu", "斗南蓝绣球", "一朵成球，醒水更久", "云南昆明", "dn", 1580, 8, "stem"),
        ("dounan-xiangrikui", "斗南向日葵", "向阳明亮，花盘厚实", "云南昆明", "dn", 1380, 8, "stem"),
        ("dounan-mantianxing", "斗南满天星", "可鲜插可干花，细密", "云南昆明", "dn", 1580, 12, "bouquet"),
        ("dounan-youjiali", "斗南尤加利叶", "清香驱味，配花百搭", "云南昆明", "dn", 980, 12, "bouquet"),
    ),
    "hua-shu": (
        ("dounan-zhoumohua", "斗南周末混搭花束", "花艺师配色，拆开即插", "云南昆明", "dn", 2980, 7, "bouquet"),
        ("nuanyang-kangnaixin", "暖阳康乃馨花束", "含保水包，当日现扎", "云南昆明", "dn", 4980, 7, "bouquet"),
    ),
    "pen-zai": (
        ("jinning-duorou", "晋宁多肉组合盆栽", "晒足高原阳光，好养活", "云南昆明", "jn", 1980, 60, "pot"),
        ("dounan-hudielan", "斗南蝴蝶兰盆花", "双梗多花，花期两三月", "云南昆明", "dn", 5980, 60, "pot"),
    ),
}
