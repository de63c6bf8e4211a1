"""The coupons of the demo shop."""

from typing import NamedTuple


class CouponFacts(NamedTuple):
    """A coupon template. `targets` are slugs: categories for CATEGORY, products for PRODUCT.

    `value` is fen off for AMOUNT and percent off for PERCENT, where `cap` bounds it. `from_day` and `to_day` are the
    claim window in days from today; `valid_days` counts from claiming, 0 means until the claim window ends plus 7.
    """

    code: str
    name: str
    kind: str
    scope: str
    value: int
    cap: int
    minimum: int
    limit: int
    per_customer: int
    stackable: bool
    from_day: int
    to_day: int
    valid_days: int
    claimed: int
    targets: tuple[str, ...] = ()


COUPONS: tuple[CouponFacts, ...] = (
    CouponFacts("XINREN20", "新人见面礼", "AMOUNT", "ALL", 2000, 0, 5900, 20000, 1, False, -90, 90, 7, 260),
    CouponFacts(
        "XINREN-GUO", "新人尝鲜水果券", "AMOUNT", "CATEGORY", 800, 0, 2900, 8000, 1, True, -60, 60, 7, 120, ("shuiguo",)
    ),
    CouponFacts("ZHOUMO12", "周末满减", "AMOUNT", "ALL", 1200, 0, 9900, 5000, 2, False, -3, 4, 3, 90),
    CouponFacts("WANCAN88", "晚餐八八折", "PERCENT", "ALL", 12, 1500, 4900, 3000, 1, False, -2, 12, 5, 80),
    CouponFacts(
        "JUNZI-JI", "菌子季九折", "PERCENT", "CATEGORY", 10, 3000, 8900, 1200, 1, True, -20, 40, 10, 60, ("junzi",)
    ),
    CouponFacts(
        "CAILANZI",
        "菜篮子立减",
        "AMOUNT",
        "CATEGORY",
        500,
        0,
        2500,
        10000,
        3,
        True,
        -30,
        30,
        7,
        150,
        ("shucai", "douzhipin"),
    ),
    CouponFacts(
        "ROUDAN15",
        "肉蛋奶补贴",
        "AMOUNT",
        "CATEGORY",
        1500,
        0,
        8000,
        4000,
        1,
        False,
        -10,
        20,
        7,
        70,
        ("rou", "qindan", "ruzhipin"),
    ),
    CouponFacts(
        "HAIXIAN85", "海鲜八五折", "PERCENT", "CATEGORY", 15, 4000, 9900, 800, 1, False, -5, 9, 5, 40, ("shuichan",)
    ),
    CouponFacts(
        "XIANHUA-RI", "周五鲜花日", "PERCENT", "CATEGORY", 20, 1000, 1900, 1500, 2, True, -1, 6, 3, 45, ("xianhua",)
    ),
    CouponFacts(
        "XUETAO5", "雪桃尝鲜券", "AMOUNT", "PRODUCT", 500, 0, 1900, 600, 1, True, -4, 10, 5, 30, ("lijiang-xuetao",)
    ),
    CouponFacts(
        "SONGRONG30",
        "松茸直降券",
        "AMOUNT",
        "PRODUCT",
        3000,
        0,
        12800,
        200,
        1,
        False,
        -6,
        15,
        3,
        25,
        ("shangri-la-songrong",),
    ),
    CouponFacts(
        "NAI-BANJIA",
        "鲜奶第二件半价",
        "PERCENT",
        "PRODUCT",
        25,
        600,
        1700,
        2000,
        2,
        True,
        -8,
        22,
        7,
        35,
        ("eryuan-xianniunai", "eryuan-juanshan"),
    ),
    CouponFacts(
        "HONGBEI9", "烘焙下午茶九折", "PERCENT", "CATEGORY", 10, 800, 2000, 1000, 1, True, 2, 16, 7, 0, ("hongbei",)
    ),
    CouponFacts(
        "GUOQIAO6", "快手菜立减", "AMOUNT", "CATEGORY", 600, 0, 3900, 2500, 1, False, -12, 18, 0, 55, ("kuaishoucai",)
    ),
    CouponFacts("QIANGGUANG", "手慢无十元券", "AMOUNT", "ALL", 1000, 0, 6000, 100, 1, False, -1, 13, 2, 100),
    CouponFacts(
        "ZHONGQIU", "往期中秋礼券", "AMOUNT", "CATEGORY", 1500, 0, 9900, 3000, 1, False, -65, -35, 0, 130, ("hongbei",)
    ),
)
