"""Mushrooms of Yunnan: per child category (slug, name, subtitle, origin, producer, price, shelf life, spec set)."""

from app.demo.content.shapes import ProductFacts

MUSHROOMS: dict[str, tuple[ProductFacts, ...]] = {
    "ye-sheng-jun": (
        ("shangri-la-songrong", "香格里拉松茸", "未开伞，刺身炭烤", "云南迪庆", "sg", 12800, 3, "mush"),
        ("nanhua-jizong", "南华鸡枞", "菌中之冠，鲜似鸡汤", "云南楚雄", "nh", 8800, 3, "mush"),
        ("yimen-heiniugan", "易门黑牛肝菌", "肉厚香浓，爆炒至熟", "云南玉溪", "yi", 5800, 4, "mush"),
        ("nanhua-huangniugan", "南华黄牛肝菌", "须炒熟炒透，香滑", "云南楚雄", "nh", 5200, 4, "mush"),
        ("chuxiong-ganbajun", "楚雄干巴菌", "撕丝炒饭，异香独绝", "云南楚雄", "nh", 16800, 3, "mush"),
        ("yimen-qingtoujun", "易门青头菌", "滑嫩清甜，煮汤焖饭", "云南玉溪", "yi", 3800, 3, "mush"),
        ("nanhua-naijiangjun", "南华奶浆菌", "断面出浆，清甜脆嫩", "云南楚雄", "nh", 3600, 3, "mush"),
        ("lijiang-yangdujun", "丽江鲜羊肚菌", "菌帽完整，炖汤醇厚", "云南丽江", "lj", 6800, 4, "mush"),
        ("yimen-jiyoujun", "易门鸡油菌", "杏黄带果香，奶油同烩", "云南玉溪", "yi", 4200, 4, "mush"),
    ),
    "zai-pei-jun": (
        ("songming-pinggu", "嵩明平菇", "肉厚滑嫩，家常快炒", "云南昆明", "sm", 480, 4, "mush"),
        ("tonghai-xianggu", "通海鲜香菇", "菇面起花，香气足", "云南玉溪", "th", 780, 6, "mush"),
        ("jinning-jinzhengu", "晋宁金针菇", "根白丝细，涮锅爽脆", "云南昆明", "jn", 360, 10, "bag"),
        ("yuxi-xingbaogu", "玉溪杏鲍菇", "手撕如肉，煎烤弹牙", "云南玉溪", "th", 580, 10, "mush"),
        ("jinning-baiyugu", "晋宁白玉菇", "柄长脆嫩，汤色清亮", "云南昆明", "jn", 520, 10, "bag"),
        ("qujing-chashugu", "曲靖鲜茶树菇", "柄脆香浓，炖鸡一绝", "云南曲靖", "lp", 880, 6, "mush"),
        ("dali-jisongrong", "大理姬松茸鲜品", "杏仁香气，焖炖皆可", "云南大理", "el", 1880, 4, "mush"),
        ("tengchong-heimuer", "腾冲鲜黑木耳", "肉厚有弹性，凉拌脆", "云南保山", "bs", 780, 6, "mush"),
        ("zhaotong-zhusun", "昭通鲜竹荪", "网裙完整，吸满汤汁", "云南昭通", "zt", 2680, 4, "mush"),
    ),
    "gan-jun": (
        ("nanhua-gan-niugan", "南华牛肝菌干片", "低温烘干，泡发即香", "云南楚雄", "nh", 3980, 365, "dry"),
        ("shangri-la-gan-songrong", "香格里拉松茸干片", "薄片留香，煲汤只需几片", "云南迪庆", "sg", 8800, 365, "dry"),
        ("lijiang-gan-yangdu", "丽江羊肚菌干", "剪柄足干，炖汤鲜醇", "云南丽江", "lj", 9800, 365, "dry"),
        ("qujing-gan-chashugu", "曲靖茶树菇干", "细柄无渣，老火靓汤", "云南曲靖", "lp", 1680, 365, "dry"),
        ("tengchong-gan-muer", "腾冲小碗耳干木耳", "一朵一碗，泡发十倍", "云南保山", "bs", 1580, 540, "dry"),
        ("nanhua-youjizong", "南华油鸡枞", "菜籽油慢炸，拌面下饭", "云南楚雄", "nh", 4580, 180, "sauce"),
    ),
}
