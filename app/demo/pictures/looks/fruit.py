"""How fruit looks, by slug."""

from app.demo.pictures.arrange import FIVE, THREE, TWO
from app.demo.pictures.colour import mix, noise, ramp
from app.demo.pictures.forms import ball
from app.demo.pictures.goods import tropical as t
from app.demo.pictures.goods.fruit import blush, fruit
from app.demo.pictures.scene import Look
from app.demo.pictures.staging import beside, heaped, in_bowl, of, one

_BACK = ((-0.6, -0.2, 0.9), (0.35, -0.35, 0.9))
_FRONT = (0.22, 0.72, 0.86)
_BLUEBERRY = ball(
    0.13,
    lambda p: mix(
        mix("#3a4d94", "#2c3768", ramp(noise(p, 9), -0.2, 0.8)), "#9fb0dc", ramp(noise(p, 14, "bloom"), 0, 1) * 0.55
    ),
    0.2,
    fine=(20, 28),
)
_BAYBERRY = ball(
    0.17,
    lambda p: mix("#8d1233", "#3f0a22", ramp(noise(p, 9), -0.3, 0.6)),
    0.35,
    rough=lambda p: 0.07 * noise(p, 11),
    fine=(36, 50),
)
_KUMQUAT = fruit("oval", blush("#f59a1b", "#ee7d10"), 0.6, rough=0.005, stem=None)


def _mango(base: str, cheek: str, much: float = 0.5) -> Look:
    whole = fruit("egg", blush(base, cheek, much=much), 0.4, tall=1.05)
    return of(
        lambda rng: [each.turned("z", -62).moved(-0.42, 0.44, 0) for each in whole(rng)],
        TWO,
        (t.cut_half(0.42, base, ((0, "#f9b733"), (0.93, "#fbd06a"))), (0.1, 0.85, 0.82)),
        turn=22,
    )


LOOKS: dict[str, Look] = {
    "zhaotong-chou-pingguo": of(
        fruit("apple", blush("#d9c25e", "#b5482e", much=0.5, spots="#8f6a35"), 0.25, green=True)
    ),
    "yantai-hongfushi": of(fruit("apple", blush("#f3d36b", "#cb2730", much=0.72), 0.55)),
    "akesu-bingtangxin": of(
        fruit("apple", blush("#efd577", "#d3392f", much=0.55), 0.5),
        _BACK,
        (t.cut_half(0.46, "#c9352c", ((0, "#f2d98c"), (0.45, "#fbf3d2"), (0.95, "#d9483c"))), _FRONT),
    ),
    "chenggong-baozhuli": of(fruit("round", blush("#c9cf5a", "#a9b04a", much=0.3, spots="#8a8a3e"), 0.4, tall=0.95)),
    "kuerle-xiangli": of(fruit("pear", blush("#c4c84f", "#c96a45", much=0.25, spots="#93902f"), 0.45, tall=0.9), FIVE),
    "luxi-gaoyuan-li": of(fruit("pear", blush("#d8b85a", "#b8342f", much=0.75), 0.5, tall=0.85)),
    "binchuan-bingtangcheng": of(
        fruit("round", blush("#f39a1e", "#f08314"), 0.4, rough=0.006, stem="#5a7a2c", green=True),
        _BACK,
        (t.cut_half(0.46, "#f39a1e", ((0, "#ffb13a"), (0.84, "#ffe9bb"), (0.95, "#f39a1e"))), _FRONT),
    ),
    "wuming-wogan": of(fruit("flat", blush("#f48a16", "#ea6f0e"), 0.5, rough=0.005, stem="#5a7a2c", green=True)),
    "huaning-miju": of(fruit("flat", blush("#f3a72a", "#9fae3d", much=0.35), 0.45, rough=0.006, green=True), FIVE),
    "rongan-jinju": heaped(lambda rng: [each.scaled(0.3).moved(0, -0.16, 0) for each in _KUMQUAT(rng)], 0.29, 4, 3),
    "ruili-ningmeng": of(
        fruit("oval", blush("#7fae35", "#a9c24d", much=0.4), 0.5, rough=0.006, stem=None, tall=0.8),
        _BACK,
        (t.cut_half(0.42, "#7fae35", ((0, "#d3e48b"), (0.82, "#f4f6d9"), (0.95, "#7fae35"))), _FRONT),
    ),
    "menglun-miyou": of(
        fruit("pear", blush("#d3d35a", "#b6bf4a", much=0.4), 0.35, rough=0.006, stem="#6c8a3a", tall=0.92),
        ((-0.45, -0.25, 1.15),),
        (t.cut_half(0.52, "#d3d35a", ((0, "#f7c9b0"), (0.72, "#fbf3e6"), (0.95, "#d3d35a"))), (0.55, 0.5, 1)),
    ),
    "lijiang-xuetao": of(fruit("peach", blush("#f6d98f", "#d83a52", much=0.6), 0.15, crease=0.08, green=True)),
    "shilin-renshenguo": of(fruit("egg", blush("#f0e3a4", "#7a4b8c", much=0.28), 0.5, stem="#6c8a3a"), TWO),
    "malong-huangtao": of(
        fruit("peach", blush("#f6b93c", "#ef9230", much=0.4), 0.15, crease=0.08),
        _BACK,
        (t.cut_half(0.45, "#f3a93a", ((0.0, "#a8552c"), (0.3, "#f7b63e"), (0.95, "#f3a93a"))), _FRONT),
    ),
    "weixi-meiguili": of(fruit("plum", blush("#8c2a50", "#4d1a3d"), 0.45, crease=0.05), FIVE),
    "mengzi-pipa": of(
        fruit("egg", blush("#f2a93b", "#e08a28", much=0.35), 0.2, stem="#8a6a3e", green=True, tall=0.9), FIVE
    ),
    "fumin-yangmei": heaped(lambda _: [_BAYBERRY], 0.33, 4, 3),
    "yuanjiang-jinhuang-mang": _mango("#f2c143", "#f5b02e"),
    "huaping-shengxin-mang": _mango("#e9a52f", "#cf5a2e", 0.45),
    "xishuangbanna-boluo": one(t.pineapple),
    "hekou-xiangjiao": one(t.bananas),
    "jinghong-huolongguo": beside(
        t.dragon_fruit,
        t.cut_half(0.46, "#d92d6b", ((0, "#c41c5a"), (0.88, "#f3a3c0"), (0.97, "#d92d6b")), dots="#2a0f1c"),
        (0.72, 0.5, 1.0),
    ),
    "menglian-niuyouguo": beside(
        fruit("pear", blush("#3f5a2a", "#2b3d1f"), 0.25, rough=0.02, tall=0.95),
        t.cut_half(0.46, "#3f5a2a", ((0, "#8a5a33"), (0.36, "#eee39a"), (0.8, "#b9cf66"), (0.97, "#3f5a2a"))),
        (0.65, 0.45, 1.0),
    ),
    "baihualing-baixiangguo": of(
        fruit("round", blush("#6a3050", "#40203a"), 0.4, stem=None, tall=0.96),
        _BACK,
        (t.cut_half(0.45, "#6a3050", ((0, "#f0b32a"), (0.7, "#f7e8c8"), (0.92, "#6a3050")), dots="#2b2118"), _FRONT),
    ),
    "mengla-boluomi": one(t.jackfruit),
    "sanya-guifei-mang": _mango("#f0b945", "#e0454e", 0.65),
    "wenchang-yeqing": one(t.coconut),
    "yuanmou-suanjiao": of(t.tamarind, (*FIVE, (0, 0.05, 0.75))),
    "chengjiang-lanmei": in_bowl(lambda _: [_BLUEBERRY], 0.25, wide=4, high=3, lift=0.28),
    "huize-caomei": of(t.strawberry, (*((x * 0.82, z * 0.9, s) for x, z, s in FIVE), (0, 0.08, 0.8))),
    "mile-putao": one(t.bunch("#c7d98a", "#86a34a", size=0.15, frosted=True)),
    "binchuan-yangguang": one(t.bunch("#d5e28c", "#93b24a", size=0.18)),
    "jianshui-hongti": one(t.bunch("#b8405a", "#7a1f3a", size=0.16, frosted=True)),
    "malong-shumei": in_bowl(t.berry("#d9315a", "#9c1638", 0.16), 0.3, colour="#eef3f7", wide=4, high=2),
    "mengzi-tianshiliu": of(
        t.pomegranate,
        _BACK,
        (t.cut_half(0.48, "#c9483f", ((0, "#b81f3a"), (0.84, "#f1dca0"), (0.94, "#c9483f")), dots="#f0637a"), _FRONT),
    ),
    "binchuan-ruanzi-shiliu": of(t.pomegranate, THREE),
    "yuanmou-xigua": beside(
        t.melon(1.08, t.stripes), t.wedge("#ee3b42", "#cfe09a", "#2f6b33", seeds="#2a1a14"), (0.6, 0.7, 0.95)
    ),
    "hami-xizhoumi": beside(
        t.melon(1.3, t.netted("#cdb45e", "#f2e9c8")),
        t.wedge("#f5a252", "#bcd08a", "#cdb45e", pale="#f7d79a"),
        (0.55, 0.75, 0.85),
    ),
    "mengla-mugua": of(
        t.papaya,
        ((-0.1, -0.3, 1.2),),
        (t.cut_half(0.44, "#e9a03a", ((0, "#3b2a24"), (0.35, "#f08a3c"), (0.95, "#e9a03a"))), (0.35, 0.62, 0.95)),
        turn=12,
    ),
}
