"""Parts of the names customers chose to be seen by."""

SURNAMES = "李王张杨刘陈赵黄周段普高马罗何和木尹苏白龚施代沐"
CALLED = ("女士", "先生", "阿姨", "同学", "妈妈", "老师", "姐", "哥")
MOODS = (
    "爱喝汤的", "早起的", "翠湖边的", "滇池畔的", "爱笑的", "慢悠悠的", "会做饭的", "不吃香菜的",
    "追着太阳的", "春城", "爱吃菌的", "懒懒的", "一口甜", "小城", "三餐四季", "今天也",
)  # fmt: skip
BEINGS = (
    "海鸥", "洋芋", "小锅米线", "蓝花楹", "云朵", "松茸", "乳扇", "小石榴", "菠萝", "橘猫",
    "豆花", "饵块", "番茄", "薄荷", "向日葵", "麻园er", "柴犬", "晚风", "小厨娘", "打工人",
)  # fmt: skip

BRANDS: tuple[tuple[str, str], ...] = (
    ("云岭", "yunling"), ("滇园", "dianyuan"), ("彩云", "caiyun"), ("苍山", "cangshan"), ("碧谷", "bigu"),
    ("雾野", "wuye"), ("山野", "shanye"), ("红土", "hongtu"), ("春城", "chuncheng"), ("雨林", "yulin"),
)  # fmt: skip
LINES: tuple[tuple[str, str], ...] = (
    ("优选", "youxuan"), ("本味", "benwei"), ("鲜集", "xianji"), ("农家", "nongjia"), ("好物", "haowu"),
    ("田记", "tianji"), ("小院", "xiaoyuan"), ("臻品", "zhenpin"), ("晨采", "chencai"), ("良食", "liangshi"),
)  # fmt: skip
GRADES: tuple[tuple[str, str], ...] = (("", ""), ("特级", "teji"), ("一级", "yiji"), ("家庭装", "jiatingzhuang"))
