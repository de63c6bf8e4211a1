"""What to look at first: used by the banner of the demo and by tests."""

from typing import NamedTuple

FLAGSHIPS = (
    "lijiang-xuetao",
    "binchuan-yangguang",
    "chengjiang-lanmei",
    "yuanmou-fanqie",
    "shangri-la-songrong",
    "nanhua-jizong",
    "saba-wuhua",
    "wuding-zhuangji",
    "ningde-dahuangyu",
    "eryuan-xianniunai",
    "dounan-kaluola",
    "xianhua-bing",
)
"""The products with video, panorama and spin frames, and more reviews than others."""


VISITORS_CART = "ygc_DemoDemoDemoDemoDemo01"
"""What opens the cart of the demo's visitor."""


class Sample(NamedTuple):
    """A product with everything on its page, a point that has it, and a lot whose cold chain broke."""

    product_slug: str
    pickup_point_code: str
    alarm_lot_code: str


ALARM_PRODUCT = "luoping-hongzun"
SAMPLE = Sample(product_slug=FLAGSHIPS[0], pickup_point_code="KM-WH-01", alarm_lot_code="YGWSQ4XG")
