"""Pork, beef, mutton, poultry and eggs: per child category the facts of each product."""

from app.demo.content.shapes import ProductFacts

MEAT: dict[str, tuple[ProductFacts, ...]] = {
    "zhu-rou": (
        ("saba-wuhua", "撒坝猪五花肉", "肥瘦相间，红烧不腻", "云南楚雄", "cx", 2280, 4, "meat"),
        ("saba-liji", "撒坝猪里脊", "嫩瘦无筋，滑炒糖醋", "云南楚雄", "cx", 2380, 4, "meat"),
        ("saba-paigu", "撒坝猪肋排", "肉厚带脆骨，清炖红烧", "云南楚雄", "cx", 2980, 4, "bone"),
        ("wujin-qianjia", "乌金猪前夹肉", "放养黑猪，肉香油润", "云南曲靖", "xw", 2680, 4, "meat"),
        ("wujin-tonggu", "乌金猪筒骨", "骨髓饱满，煲汤奶白", "云南曲靖", "xw", 1680, 4, "bone"),
        ("saba-roumo", "撒坝猪现绞肉末", "三肥七瘦，当日现绞", "云南楚雄", "cx", 2080, 3, "meat"),
        ("wujin-zhuti", "乌金猪前蹄", "剁块净毛，软糯胶质", "云南曲靖", "xw", 1980, 4, "bone"),
        ("saba-zhugan", "撒坝猪猪肝", "当日屠宰，爆炒嫩滑", "云南楚雄", "cx", 1380, 3, "meat"),
    ),
    "niu-rou": (
        ("xundian-niulian", "寻甸黄牛腱子", "筋肉交错，卤煮切片", "云南昆明", "xd", 4580, 5, "meat"),
        ("xundian-niunan", "寻甸黄牛腩", "带筋带油，番茄慢炖", "云南昆明", "xd", 3980, 5, "meat"),
        ("xundian-niuliji", "寻甸黄牛里脊", "逆纹嫩切，小炒爆香", "云南昆明", "xd", 5280, 5, "meat"),
        ("diqing-maoniu", "迪庆牦牛腿肉", "高原散养，肉味浓郁", "云南迪庆", "sg", 5680, 5, "meat"),
        ("xilinguole-feiniu", "锡林郭勒肥牛卷", "涮煮十秒，奶香嫩滑", "内蒙古锡林郭勒", "nm", 3680, 270, "frozen"),
        ("xundian-niugu", "寻甸牛骨汤料", "锯段带髓，慢火熬汤", "云南昆明", "xd", 1680, 5, "bone"),
        ("dali-niuganba", "大理牛干巴", "盐腌风干，油炸喷香", "云南大理", "el", 4980, 60, "ham"),
    ),
    "yang-rou": (
        ("yanchi-yangpai", "盐池滩羊羊排", "不膻不腻，烤涮皆宜", "宁夏吴忠", "nx", 5280, 6, "bone"),
        ("yanchi-yangtui", "盐池滩羊后腿肉", "细嫩少脂，手抓葱爆", "宁夏吴忠", "nx", 5580, 6, "meat"),
        ("shilin-heishanyang", "石林黑山羊带皮肉", "清汤羊肉，薄荷蘸水", "云南昆明", "sl", 4880, 4, "bone"),
        ("xilinguole-yangjuan", "锡林郭勒羔羊卷", "六月龄羔羊，涮锅鲜嫩", "内蒙古锡林郭勒", "nm", 3880, 270, "frozen"),
        ("shilin-yangza", "石林羊杂碎", "洗净切配，煮汤即可", "云南昆明", "sl", 2680, 3, "meat"),
    ),
    "huotui-larou": (
        ("xuanwei-huotui", "宣威火腿心", "发酵两年，蒸炒煲汤", "云南曲靖", "xw", 3680, 180, "ham"),
        ("nuodeng-huotui", "诺邓火腿块", "井盐腌制，陈香醇厚", "云南大理", "el", 3980, 180, "ham"),
        ("xuanwei-larou", "宣威腊五花", "柴火熏香，蒸饭透亮", "云南曲靖", "xw", 2980, 90, "ham"),
        ("chuxiong-xiangchang", "楚雄麻辣香肠", "肥三瘦七，花椒点睛", "云南楚雄", "cx", 2680, 90, "ham"),
        ("wuding-laji", "武定腊壮鸡", "整鸡腌晒，切块蒸香", "云南楚雄", "wd", 6880, 60, "ham"),
        ("lijiang-lapaigu", "丽江腊排骨", "煮火锅底，咸鲜浓香", "云南丽江", "lj", 4280, 90, "ham"),
        ("xuanwei-huotui-pian", "宣威火腿切片", "撕开即用，配蜜瓜吐司", "云南曲靖", "xw", 3280, 45, "ham"),
        ("baoshan-niurougan", "保山火瓢牛肉干", "手撕有嚼劲，微辣", "云南保山", "bs", 3880, 180, "ham"),
    ),
}
POULTRY_AND_EGGS: dict[str, tuple[ProductFacts, ...]] = {
    "ji-rou": (
        ("wuding-zhuangji", "武定壮鸡", "养足二百天，汽锅炖汤", "云南楚雄", "wd", 6980, 4, "whole"),
        ("yanjin-wugu", "盐津乌骨鸡", "乌皮乌骨，煲汤滋补", "云南昭通", "zt", 5980, 4, "whole"),
        ("xishuangbanna-chahuaji", "版纳茶花鸡", "小巧肉紧，凉拌柠檬鸡", "云南西双版纳", "bn", 4680, 4, "whole"),
        ("wuding-jitui", "武定鸡全腿", "皮黄肉弹，卤烤两宜", "云南楚雄", "wd", 1980, 4, "meat"),
        ("wuding-jixiong", "武定鸡胸肉", "高蛋白，嫩煎水煮", "云南楚雄", "wd", 1580, 4, "meat"),
        ("wuding-jichi", "武定鸡翅中", "均匀饱满，可乐红烧", "云南楚雄", "wd", 2580, 4, "meat"),
        ("wuding-jizhua", "武定去甲鸡爪", "剪甲净皮，卤煮软糯", "云南楚雄", "wd", 1880, 4, "meat"),
        ("wuding-jiza", "武定鸡杂", "胗心肝肠，泡椒爆炒", "云南楚雄", "wd", 1480, 3, "meat"),
    ),
    "ya-e-rou": (
        ("yiliang-kaoya-pei", "宜良麻鸭白条", "体小皮薄，烤炖皆香", "云南昆明", "yl", 3980, 4, "whole"),
        ("luliang-banya", "陆良板鸭", "盐腌风干，蒸食咸香", "云南曲靖", "lp", 4680, 90, "ham"),
        ("yiliang-yatui", "宜良鸭腿", "肉紧皮弹，啤酒焖烧", "云南昆明", "yl", 1680, 4, "meat"),
        ("shizong-rouge", "师宗肉鸽", "现宰乳鸽，清炖红烧", "云南曲靖", "lp", 2680, 4, "dove"),
        ("luliang-erou", "陆良白鹅切块", "带皮剁块，黄焖下饭", "云南曲靖", "lp", 2480, 4, "bone"),
    ),
    "xian-dan": (
        ("wuding-tujidan", "武定散养土鸡蛋", "林下散养，蛋黄挺立", "云南楚雄", "wd", 1680, 30, "egg"),
        ("xundian-xianjidan", "寻甸谷物鲜鸡蛋", "当日捡蛋，谷物喂养", "云南昆明", "xd", 1180, 30, "egg"),
        ("yanjin-lvke-dan", "盐津乌鸡绿壳蛋", "绿壳小巧，蛋白浓稠", "云南昭通", "zt", 2280, 30, "egg"),
        ("yiliang-yadan", "宜良鲜鸭蛋", "个大黄红，腌蛋原料", "云南昆明", "yl", 1880, 30, "egg"),
        ("shizong-anchun-dan", "师宗鹌鹑蛋", "一口一个，卤煮火锅", "云南曲靖", "lp", 880, 25, "egg"),
        ("luliang-edan", "陆良鲜鹅蛋", "一枚约150克，煎蒸香", "云南曲靖", "lp", 4980, 25, "egg"),
        ("wuding-chusheng-dan", "武定初生蛋", "小母鸡头窝蛋，细腻", "云南楚雄", "wd", 2080, 30, "egg"),
    ),
    "dan-zhi-pin": (
        ("yiliang-pidan", "宜良松花皮蛋", "松花清晰，溏心不涩", "云南昆明", "yl", 1680, 90, "egg"),
        ("luliang-xianyadan", "陆良红心咸鸭蛋", "起沙流油，配粥佳品", "云南曲靖", "lp", 1980, 60, "egg"),
    ),
}
