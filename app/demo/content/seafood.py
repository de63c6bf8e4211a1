"""Fish and seafood: per child category (slug, name, subtitle, origin, producer, price, shelf life, spec set)."""

from app.demo.content.shapes import ProductFacts

SEAFOOD: dict[str, tuple[ProductFacts, ...]] = {
    "dan-shui-yu": (
        ("chengjiang-kanglangyu", "澄江抗浪白鱼", "抚仙湖水养，铜锅煮鱼", "云南玉溪", "cj", 5880, 3, "fish"),
        ("luoping-hongzun", "罗平虹鳟", "冷泉养殖，肉色橙红", "云南曲靖", "lb", 3980, 3, "fish"),
        ("luoping-xunyu", "鲁布革鲟鱼", "骨软无刺，清蒸火锅", "云南曲靖", "lb", 4580, 3, "fish"),
        ("yiliang-jiyu", "宜良鲜鲫鱼", "活鱼现杀，奶白汤底", "云南昆明", "yl", 1480, 3, "fish"),
        ("eryuan-caoyu", "洱源草鱼净段", "去鳞去脏，酸辣水煮", "云南大理", "el", 1680, 3, "fish"),
        ("yuanjiang-luofei", "元江罗非鱼", "刺少肉厚，香茅烤鱼", "云南玉溪", "yj", 1780, 3, "fish"),
        ("jiangchuan-datouyu", "江川大头鱼头", "胶质丰厚，剁椒清炖", "云南玉溪", "cj", 2680, 3, "fish"),
        ("mengla-jiangtuan", "勐腊江团净膛", "皮滑无鳞，豆豉清蒸", "云南西双版纳", "bn", 3280, 3, "fish"),
    ),
    "hai-yu": (
        ("ningde-dahuangyu", "宁德大黄鱼", "蒜瓣肉，清蒸雪菜", "福建宁德", "nd", 3680, 4, "fish"),
        ("zhoushan-daiyu", "舟山带鱼段", "银鳞油润，干煎红烧", "浙江舟山", "zs", 3280, 240, "frozen"),
        ("zhoushan-xiaohuangyu", "舟山小黄鱼", "去脏净膛，酥炸椒盐", "浙江舟山", "zs", 2680, 240, "frozen"),
        ("zhanjiang-jinchang", "湛江金鲳鱼", "肉厚刺少，香煎清蒸", "广东湛江", "zj", 2380, 4, "fish"),
        ("zhanjiang-longdanban", "湛江珍珠龙胆斑", "胶质皮厚，清蒸鲜甜", "广东湛江", "zj", 6880, 4, "fish"),
        ("dalian-duobaoyu", "大连多宝鱼", "裙边软糯，低脂少刺", "辽宁大连", "dl", 4280, 4, "fish"),
        ("luoping-zunyunan", "罗平虹鳟鱼腩", "切块去刺，煎烤鲜嫩", "云南曲靖", "lb", 6980, 3, "meat"),
    ),
    "xia-xie": (
        ("zhanjiang-jiweixia", "湛江基围虾", "鲜活锁氧，白灼弹牙", "广东湛江", "zj", 3280, 3, "shrimp"),
        ("zhanjiang-qingxiaren", "湛江青虾仁", "去线开背，解冻即炒", "广东湛江", "zj", 3980, 300, "frozen"),
        ("ningde-suozixie", "宁德梭子蟹", "膏满肉甜，清蒸年糕", "福建宁德", "nd", 5680, 3, "shrimp"),
        ("yiliang-xiaolongxia", "宜良小龙虾", "稻田养殖，腮白黄满", "云南昆明", "yl", 3880, 3, "shrimp"),
        ("dalian-bianxie", "大连面包蟹切块", "熟冻锁鲜，蟹黄饱满", "辽宁大连", "dl", 4980, 300, "frozen"),
        ("eryuan-xiaohexia", "洱源小河虾", "鲜炸酥脆，韭菜同炒", "云南大理", "el", 2980, 3, "shrimp"),
    ),
    "bei-lei": (
        ("dalian-shanbei", "大连虾夷扇贝", "肉柱饱满，蒜蓉粉丝", "辽宁大连", "dl", 2680, 3, "shell"),
        ("zhuanghe-shenghao", "大连庄河生蚝", "肥美爆汁，炭烤清蒸", "辽宁大连", "dl", 2380, 4, "shell"),
        ("ningde-huajia", "宁德花甲", "吐净泥沙，爆炒鲜甜", "福建宁德", "nd", 1880, 3, "shell"),
        ("zhoushan-youyu", "舟山鱿鱼须", "弹脆入味，铁板爆炒", "浙江舟山", "zs", 2880, 300, "frozen"),
        ("ningde-zicai", "霞浦头水紫菜", "头水现采，免洗无沙", "福建宁德", "nd", 1580, 365, "dry"),
        ("dalian-kunbu", "大连厚叶海带", "胶质足，炖汤软糯", "辽宁大连", "dl", 1180, 365, "dry"),
        ("jiangchuan-tianluo", "江川田螺", "剪尾净养，紫苏辣炒", "云南玉溪", "cj", 1680, 3, "shell"),
    ),
}
