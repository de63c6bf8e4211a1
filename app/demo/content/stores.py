"""The six stores in Kunming, the distribution centre, the laboratories. Invented, at plausible coordinates."""

from datetime import time
from typing import NamedTuple


class Store(NamedTuple):
    """A pickup point as it is written into the table."""

    code: str
    name: str
    kind: str
    district: str
    address: str
    phone: str
    latitude: str
    longitude: str
    opens_at: time
    closes_at: time
    prep_minutes: int


STORES: tuple[Store, ...] = (
    Store(
        "KM-WH-01",
        "优购生鲜·五华翠湖店",
        "STORE",
        "五华区",
        "翠湖东路36号一层",
        "0871-65100101",
        "25.04831",
        "102.70642",
        time(8, 0),
        time(21, 30),
        45,
    ),
    Store(
        "KM-PL-01",
        "优购生鲜·盘龙北市区店",
        "STORE",
        "盘龙区",
        "北京路延长线987号",
        "0871-65100102",
        "25.09374",
        "102.73115",
        time(8, 0),
        time(21, 30),
        45,
    ),
    Store(
        "KM-GD-01",
        "优购生鲜·官渡世纪城店",
        "STORE",
        "官渡区",
        "彩云北路1516号",
        "0871-65100103",
        "24.97812",
        "102.75926",
        time(8, 0),
        time(22, 0),
        60,
    ),
    Store(
        "KM-XS-01",
        "优购生鲜·西山滇池路店",
        "STORE",
        "西山区",
        "滇池路568号",
        "0871-65100104",
        "25.00247",
        "102.67583",
        time(8, 0),
        time(21, 30),
        45,
    ),
    Store(
        "KM-CG-01",
        "优购生鲜·呈贡大学城自提点",
        "COMMUNITY",
        "呈贡区",
        "聚贤街星汇里3栋底商",
        "0871-65100105",
        "24.83856",
        "102.85417",
        time(9, 0),
        time(21, 0),
        90,
    ),
    Store(
        "KM-WH-02",
        "优购生鲜·五华莲花池社区自提点",
        "COMMUNITY",
        "五华区",
        "学府路商院巷莲花苑5栋",
        "0871-65100106",
        "25.06128",
        "102.70193",
        time(9, 0),
        time(21, 0),
        90,
    ),
)

CENTRE = "优购生鲜昆明鲜配中心"
TRUCK = "冷链干线在途"

LABS: tuple[tuple[str, str, str], ...] = (
    ("dianjian-lab", "云南滇检食品检测有限公司", "DJ"),
    ("chuncheng-lab", "昆明春城农产品质检中心", "CC"),
    ("sanyuan-lab", "西南三源检测技术研究院", "SY"),
)

PARTNERS: tuple[tuple[str, str, str], ...] = (
    ("caiyun-lengchuan", "云南彩云冷链物流有限公司", "LOGISTICS"),
    ("dianchi-nanan", "晋宁滇池南岸蔬菜合作社", "SUPPLIER"),
    ("lianhua-tuanzhang", "莲花池社区团长服务站", "GROUP_LEADER"),
)
"""Partners besides the laboratories: code, name, kind."""
