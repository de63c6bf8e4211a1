"""How vegetables look, by slug."""

from app.demo.pictures.arrange import FIVE, TWO
from app.demo.pictures.colour import mix, noise, ramp
from app.demo.pictures.forms import Paint
from app.demo.pictures.goods import leaves
from app.demo.pictures.goods import vegetables as v
from app.demo.pictures.scene import Look
from app.demo.pictures.staging import heaped, in_basket, in_bowl, of, on_plate, one

_CURVED = [(-1.0, 0.16, 0.1), (-0.5, 0.18, -0.05), (0.2, 0.16, -0.08), (0.9, 0.15, 0.16)]
_STRAIGHT = [(-0.85, 0.22, 0), (-0.4, 0.23, 0.03), (0.3, 0.22, 0.02), (0.85, 0.2, -0.03)]
_ROW = ((-0.1, -0.5, 1), (0.08, 0.05, 1.02), (-0.02, 0.6, 1))
_CHERRY = v.tomato("#dd2f26", "#e2542c")


def _skin(colour: str, other: str, scale: float = 3) -> Paint:
    return lambda p: mix(colour, other, ramp(noise(p, scale), -0.5, 0.9))


LOOKS: dict[str, Look] = {
    "jinning-xiaobaicai": one(leaves.greens("#7fbf4d", "#3f8a35", "#f0f4e2", thick=0.11, size=(0.8, 0.56))),
    "songming-shanghaiqing": one(
        leaves.greens("#6fb043", "#347a32", "#cfe3a8", thick=0.14, size=(0.72, 0.58), leaves=13)
    ),
    "tonghai-bocai": one(
        leaves.greens("#57a03a", "#2a6a2b", "#8fbf5c", thick=0.05, root="#d9668a", size=(0.7, 0.42), leaves=15)
    ),
    "kunming-kucai": one(leaves.greens("#8cc152", "#4d9238", "#d3e6ae", ruffle=0.14, size=(1.0, 0.5), leaves=12)),
    "jiangchuan-wandoujian": one(
        leaves.herb("#8fcf5e", "#4f9c3e", leaf_size=(0.3, 0.24), stems=14, ruffle=0.02, per=6, high=0.95)
    ),
    "tonghai-kongxincai": one(
        leaves.greens(
            "#74b64a", "#3b8335", "#a9cf7d", thick=0.045, size=(0.75, 0.24), leaves=18, stalk=0.8, ruffle=0.02
        )
    ),
    "songming-shengcai": one(leaves.head("#9fd066", "#dcefb4", "#eef6d8", ruffle=0.12, open_by=30)),
    "jinning-xiqin": one(
        leaves.greens("#86bf50", "#4b8f3a", "#b9d98a", thick=0.12, size=(0.42, 0.34), stalk=1.25, leaves=9, ruffle=0.16)
    ),
    "tonghai-wawacai": of(leaves.head("#e3e58a", "#f6f1c4", "#fbf9e6", tall=1.5, ruffle=0.1, open_by=6), TWO),
    "shilin-jiucai": one(
        leaves.bundle(
            lambda p: mix("#3f8a38", "#7fb552", ramp(p[..., 0], -0.9, 0.2)), count=60, thick=0.026, base="#eef3dc"
        )
    ),
    "eryuan-tonghao": one(
        leaves.herb("#7fbf52", "#3f8f3a", leaf_size=(0.34, 0.2), stems=13, ruffle=0.3, per=8, high=1.1)
    ),
    "xundian-ganlan": one(leaves.head("#a8d07c", "#d6e9b4", "#e9f3d2", ruffle=0.03, open_by=14)),
    "yuanmou-fanqie": of(v.tomato("#d92d23", "#e46a35"), FIVE),
    "yuanmou-shengnv": heaped(lambda rng: [each.scaled(0.36).moved(0, -0.14, 0) for each in _CHERRY(rng)], 0.36, 4, 2),
    "jianshui-qiezi": of(
        v.long_fruit(_CURVED, (0.12, 0.17, 0.19, 0.06), _skin("#4a2a63", "#6a3d86"), 0.8, cap="#5c7a45"), _ROW, turn=12
    ),
    "qiubei-lajiao": of(
        v.long_fruit(
            [(-0.6, 0.1, 0), (-0.2, 0.11, 0.08), (0.2, 0.1, 0.06), (0.62, 0.08, -0.12)],
            (0.12, 0.14, 0.1, 0.01),
            _skin("#3f8a35", "#66a845"),
            0.75,
        ),
        (*FIVE, (0, 0.1, 0.75)),
    ),
    "yuanjiang-xiaomila": of(
        v.long_fruit(
            [(-0.5, 0.08, 0), (-0.2, 0.08, 0.07), (0.15, 0.08, 0.05), (0.5, 0.07, -0.1)],
            (0.07, 0.085, 0.06, 0.006),
            _skin("#d4241f", "#ef5a24"),
            0.8,
        ),
        (
            (-0.7, -0.4, 0.8),
            (0.1, -0.5, 0.8),
            (0.7, -0.2, 0.8),
            (-0.5, 0.15, 0.8),
            (0.25, 0.1, 0.8),
            (-0.1, 0.55, 0.8),
            (0.7, 0.5, 0.8),
        ),
        turn=70,
    ),
    "shouguang-caijiao": of(
        v.bell_pepper("#e2352b", "#b81f22"),
        ((-0.62, -0.1, 0.95),),
        (v.bell_pepper("#f4bf2a", "#dd9a1c"), (0.55, -0.25, 0.95)),
        (v.bell_pepper("#5aa23c", "#38792f"), (0.08, 0.6, 0.9)),
    ),
    "lufeng-huangua": of(
        v.long_fruit(
            _STRAIGHT, (0.12, 0.18, 0.18, 0.1), _skin("#3f8a3a", "#7ab552", 2), 0.5, warts=0.05, cap="#e8c93a"
        ),
        _ROW,
        turn=12,
    ),
    "shizong-nangua": one(v.pumpkin("#d98a3a", "#8f5a2a")),
    "tonghai-xiaogua": of(
        v.long_fruit(_STRAIGHT, (0.15, 0.19, 0.2, 0.15), _skin("#7cb053", "#b4d482", 5), 0.5), _ROW[:2], turn=16
    ),
    "honghe-kugua": of(
        v.long_fruit(_CURVED, (0.1, 0.22, 0.2, 0.03), _skin("#8dbb55", "#cfe29a"), 0.5, warts=0.22, ridges=(9, 0.05)),
        _ROW[:2],
        turn=14,
    ),
    "dehong-sigua": of(
        v.long_fruit(
            [(-1.1, 0.15, 0), (-0.4, 0.16, 0.1), (0.4, 0.18, 0.05), (1.1, 0.15, -0.1)],
            (0.09, 0.13, 0.16, 0.12),
            _skin("#5a9a44", "#8fbf68", 4),
            0.35,
            ridges=(9, 0.04),
        ),
        _ROW,
        turn=10,
    ),
    "zhaotong-tudou": in_basket(v.tuber("#c98a78", "#9c5a4c"), FIVE),
    "xundian-huangxin-yangyu": of(v.tuber("#dcb574", "#a97f45"), (*FIVE, (0, 0.05, 0.75))),
    "luoping-xiaohuangjiang": one(v.ginger),
    "chengjiang-lianou": one(v.lotus_root),
    "chenggong-bailuobo": of(
        v.taproot("#f7f5ec", "#dfe6c8", thick=0.26, long=1.6), ((0.15, -0.35, 1), (0.2, 0.4, 0.96)), turn=10
    ),
    "songming-huluobo": of(v.taproot("#ee7a22", "#c95a14", thick=0.19, long=1.5), _ROW, turn=10),
    "malong-shanyao": one(
        v.shoots(
            lambda p: mix("#a98360", "#7d5c40", ramp(noise(p, 9), -0.2, 0.8)), "#7d5c40", count=6, long=2.0, thick=0.13
        )
    ),
    "jianshui-caoya": on_plate(v.shoots("#fbf7e6", "#dfe2a0", count=9, long=1.7, thick=0.1)),
    "midu-xiangyu": of(
        v.tuber("#8a6548", "#5c4030", long=1.1, rough=0.06),
        ((-0.5, -0.15, 1.1),),
        (v.taro_half, (0.5, 0.3, 1.0)),
    ),
    "yuxi-woju": one(
        v.shoots(
            lambda p: mix("#a9c77d", "#6fa04c", ramp(p[..., 0] + noise(p, 5) * 0.2, -0.9, 0.7)),
            "#6fa04c",
            count=4,
            long=2.0,
            thick=0.17,
        )
    ),
    "mojiang-zishu": of(
        v.tuber("#7a3a66", "#532247", long=1.5, rough=0.06),
        ((-0.25, -0.4, 0.95), (0.45, -0.1, 0.9)),
        (v.potato_half("#7a3a66", "#8a4aa0"), (-0.1, 0.55, 0.9)),
    ),
    "yuanmou-sijidou": of(
        v.pod(_skin("#7db34c", "#4f8f3a"), long=1.6, bumpy=0.05),
        ((-0.1, -0.5, 1), (0.1, -0.3, 1), (-0.05, -0.1, 1), (0.08, 0.1, 1), (-0.1, 0.3, 1), (0.05, 0.5, 1)),
        turn=12,
    ),
    "binchuan-candou": in_bowl(v.peas("#8fc25a", "#6aa043", size=0.16, flat=0.6), 0.26),
    "luliang-wandou": in_bowl(v.peas("#76b83f", "#569a33"), 0.25, colour="#eef3f7", high=3),
    "midu-maodou": of(
        v.pod(_skin("#8bb85a", "#5f9440"), long=1.0, thick=0.13, beans=3, bumpy=0.2),
        ((-0.6, -0.4, 1), (0.3, -0.5, 1), (-0.2, 0.0, 1), (0.75, 0.05, 1), (-0.6, 0.45, 1), (0.25, 0.5, 1)),
        turn=50,
    ),
    "kunming-lvdouya": on_plate(v.sprouts("#9db85a")),
    "kunming-huangdouya": on_plate(v.sprouts("#f0cf62", size=0.085)),
    "xishuangbanna-bohe": one(leaves.herb("#6fb85a", "#2f7f3f", leaf_size=(0.26, 0.2), stems=10, ruffle=0.14, per=9)),
    "dehong-dayuansui": one(
        leaves.greens("#5fa545", "#2f7433", "#7fb45c", leaves=16, size=(1.0, 0.16), stalk=0.2, ruffle=0.1, thick=0.04)
    ),
    "kunming-xiaoxiangcong": one(
        leaves.bundle(
            lambda p: mix("#f2f5e2", "#4f9a40", ramp(p[..., 0], -0.7, -0.15)),
            count=26,
            thick=0.035,
            base="#fbfbf2",
            spread=0.22,
        )
    ),
    "dali-huixiang": one(
        leaves.herb("#7fc05a", "#4a9a44", leaf_size=(0.3, 0.05), stems=18, per=12, ruffle=0.3, high=1.25)
    ),
    "menghai-xiangmaocao": one(
        leaves.bundle(
            lambda p: mix("#efe9c2", "#7ba552", ramp(p[..., 0], -0.6, 0.3)),
            count=16,
            thick=0.055,
            base="#e9dfc0",
            spread=0.3,
            high=1.9,
        )
    ),
}
