"""Dairy and soy: per child category (slug, name, subtitle, origin, producer, price, shelf life, spec set)."""

from app.demo.content.shapes import ProductFacts

DAIRY: dict[str, tuple[ProductFacts, ...]] = {
    "xian-nai": (
        ("eryuan-xianniunai", "洱源鲜牛奶", "巴氏杀菌，七日鲜", "云南大理", "er", 890, 7, "milk"),
        ("eryuan-juanshan", "洱源娟姗鲜奶", "乳脂更高，奶皮浓香", "云南大理", "er", 1280, 7, "milk"),
        ("shilin-xianyangnai", "石林圭山羊奶", "山羊鲜奶，细腻不膻", "云南昆明", "sl", 1380, 7, "milk"),
        ("eryuan-tuozhi", "洱源脱脂鲜奶", "轻负担，口感清爽", "云南大理", "er", 880, 7, "milk"),
        ("eryuan-chunniunai", "洱源高原纯牛奶", "常温储存，整箱划算", "云南大理", "er", 520, 180, "uht"),
        ("xilin-youji-nai", "锡林郭勒有机纯奶", "草原牧场，有机认证", "内蒙古锡林郭勒", "nm", 680, 180, "uht"),
    ),
    "suan-nai": (
        ("eryuan-laosuannai", "洱源老酸奶", "凝固型，勺立不倒", "云南大理", "er", 590, 18, "yogurt"),
        ("meigui-suannai", "大理玫瑰酸奶", "食用玫瑰酱，花香回甘", "云南大理", "er", 790, 18, "yogurt"),
        ("eryuan-wutang-suannai", "洱源无糖酸奶", "生牛乳发酵，零蔗糖", "云南大理", "er", 690, 18, "yogurt"),
        ("shilin-yangnai-suannai", "石林羊奶酸奶", "细滑微酸，乳香浓", "云南昆明", "sl", 890, 18, "yogurt"),
        ("lanmei-suannai", "澄江蓝莓酸奶", "看得见的果粒", "云南大理", "er", 790, 18, "yogurt"),
        ("mangguo-rusuanjun", "芒果乳酸菌饮品", "活菌冷藏，酸甜顺口", "云南大理", "er", 490, 21, "yogurt"),
    ),
    "ru-shan": (
        ("eryuan-rushan", "洱源邓川乳扇", "手工拉制，烤卷玫瑰糖", "云南大理", "er", 2880, 60, "cheese"),
        ("shilin-rubing", "石林圭山乳饼", "羊奶凝压，煎至两面黄", "云南昆明", "sl", 2680, 20, "cheese"),
        ("eryuan-niurubing", "洱源牛乳饼", "奶香温润，蒸火腿夹片", "云南大理", "er", 2280, 20, "cheese"),
        ("shangri-la-suyou", "香格里拉牦牛酥油", "打茶煎饼，乳脂浓郁", "云南迪庆", "sg", 3980, 120, "cheese"),
        ("shangri-la-nailao", "香格里拉牦牛奶酪", "微酸细腻，切片即食", "云南迪庆", "sg", 3680, 45, "cheese"),
    ),
    "huang-you": (
        ("xilin-huangyou", "草原淡味黄油", "动物黄油，煎烤烘焙", "内蒙古锡林郭勒", "nm", 2680, 180, "cheese"),
        ("xilin-dannaiyou", "锡林郭勒淡奶油", "打发稳定，裱花浓汤", "内蒙古锡林郭勒", "nm", 1980, 60, "milk"),
        ("xilin-masulila", "马苏里拉芝士碎", "拉丝绵长，焗饭披萨", "内蒙古锡林郭勒", "nm", 2180, 180, "frozen"),
    ),
}
SOY: dict[str, tuple[ProductFacts, ...]] = {
    "dou-fu": (
        ("shiping-laodoufu", "石屏老豆腐", "井水点制，豆香扎实", "云南红河", "sp", 380, 4, "tofu"),
        ("shiping-nendoufu", "石屏嫩豆腐", "入口即化，皮蛋凉拌", "云南红河", "sp", 360, 4, "tofu"),
        ("jianshui-kaodoufu", "建水小方烤豆腐", "炭火烤鼓，蘸水一绝", "云南红河", "js", 980, 5, "tofu"),
        ("shiping-choudoufu", "石屏臭豆腐", "毛绒发酵，烤炸皆香", "云南红河", "sp", 880, 7, "tofu"),
        ("kunming-doufunao", "昆明豆花", "嫩滑成型，配米线豆花", "云南昆明", "ck", 420, 3, "tofu"),
        ("mojiang-heidoufu", "墨江黑豆豆腐", "黑豆现磨，色灰味醇", "云南普洱", "mj", 580, 4, "tofu"),
    ),
    "dou-gan": (
        ("shiping-doufupi", "石屏豆腐皮", "薄如纸，涮煮不烂", "云南红河", "sp", 980, 30, "soybag"),
        ("shiping-doufugan", "石屏五香豆干", "紧实弹牙，凉拌小炒", "云南红河", "sp", 680, 20, "soybag"),
        ("jianshui-doufuyuan", "建水豆腐圆子", "炸制空心，酿肉煮汤", "云南红河", "js", 780, 7, "soybag"),
        ("shiping-fuzhu", "石屏手工腐竹", "头道浆皮，泡发即煮", "云南红河", "sp", 1380, 180, "soybag"),
        ("kunming-youdoufu", "昆明油豆腐", "蓬松吸汁，红烧火锅", "云南昆明", "ck", 680, 7, "soybag"),
        ("shiping-qianzhang", "石屏千张", "厚薄匀，切丝凉拌", "云南红河", "sp", 780, 7, "soybag"),
    ),
    "dou-jiang": (
        ("kunming-xiandoujiang", "昆明现磨豆浆", "非转基因，当日灌装", "云南昆明", "ck", 480, 4, "drink"),
        ("mojiang-heidoujiang", "墨江黑豆豆浆", "黑豆带皮磨，醇厚", "云南普洱", "mj", 580, 4, "drink"),
        ("kunming-wutang-doujiang", "昆明无糖豆浆", "只有黄豆和水", "云南昆明", "ck", 480, 4, "drink"),
    ),
    "fa-jiao-dou": (
        ("shilin-lufu", "路南卤腐", "玫瑰油卤，细腻咸香", "云南昆明", "sl", 1280, 365, "sauce"),
        ("dali-shuidouchi", "洱源水豆豉", "姜椒拌制，蒸肉提味", "云南大理", "er", 980, 90, "sauce"),
        ("dehong-nadou", "芒市傣味豆豉饼", "炭火烤香，舂蘸水用", "云南德宏", "df", 1180, 180, "dry"),
    ),
}
