"""How pantry goods and flowers look, by slug."""

from app.demo.pictures.colour import mix, noise, ramp
from app.demo.pictures.goods import blocks as b
from app.demo.pictures.goods import bouquets
from app.demo.pictures.goods import flowers as f
from app.demo.pictures.goods import packs as p
from app.demo.pictures.scene import Look
from app.demo.pictures.staging import in_bowl, of, on_board, on_plate, one
from app.demo.pictures.vessels import bowl


def _rice(paper: str, mark: str, grain: str, tip: str, motif: str) -> Look:
    return one(
        p.bag(
            paper, mark, motif=motif, extra=p.pile(b.grain_of(grain, tip, size=0.042), reach=0.5, high=0.2, count=240)
        )
    )


def _bouquet(bloom: f.Bloom, wrap: str, ribbon: str, count: int = 9, filler: f.Bloom | None = None) -> Look:
    return one(bouquets.bouquet(((bloom, count),), wrap, ribbon, filler=filler))


_BREATH = f.spray("#fdfcf8", count=26, reach=0.4)

LOOKS: dict[str, Look] = {
    "zhefang-gongmi": _rice("#f0e2c0", "#b8862e", "#fdfaf0", "#f1e6cc", "hill"),
    "wuchang-daohuaxiang": _rice("#f6f0e0", "#c0392b", "#fdfcf6", "#efe9d8", "sun"),
    "mojiang-zimi": _rice("#e6dcec", "#5c2f6a", "#3f1f3c", "#6a3f66", "leaf"),
    "guangnan-babaomi": _rice("#e6f0e0", "#3f8a5c", "#fcfaf2", "#e6e6d4", "flower"),
    "honghe-hongmi": _rice("#f6dccf", "#a84a34", "#a8503c", "#c9806a", "wave"),
    "diqing-qingkemi": _rice("#dfe9f2", "#3f6a94", "#cdbb84", "#9c8a54", "hill"),
    "mengzi-ganmixian": one(b.straight("#fbf8ee", band="#c0392b")),
    "kunming-xianmixian": one(
        lambda rng: [
            bowl(),
            *(each.moved(0, 0.3) for each in b.tangle("#fdfbf2", count=60, reach=0.62, thick=0.042, gloss=0.55)(rng)),
        ]
    ),
    "tengchong-ersi": on_plate(b.tangle("#f7f3e2", count=70, reach=0.85, thick=0.04, high=0.45, flat=0.5)),
    "kunming-erkuai": on_board(b.block((1.3, 0.42, 0.75), b.speckled("#fbf8ee", "#eee7d2"), rounding=0.16, slices=3)),
    "xuanwei-qiaomian": one(b.straight("#8f7a52", band="#5f8a4c")),
    "dongbei-xuehuafen": one(
        p.bag(
            "#f2f5f8",
            "#3f7fb8",
            motif="flower",
            extra=p.pile(b.lump("#fdfdfa", size=0.16, rough=0.15), reach=0.45, high=0.12, count=24),
        )
    ),
    "honghe-yumimian": one(
        p.bag(
            "#fbeec4",
            "#e0a020",
            motif="sun",
            extra=p.pile(b.lump("#f3c544", size=0.14, rough=0.2), reach=0.45, high=0.12, count=26),
        )
    ),
    "luoping-caiziyou": p.oil_bottle("#e9a21e", "#fdf3c4", "#d99a1c", motif="flower"),
    "yangbi-hetaoyou": p.oil_bottle("#d9b04a", "#efe6d2", "#7a5a34", motif="leaf", cap="#5c4026"),
    "guangnan-chayou": p.oil_bottle("#e3c04c", "#e6f0e0", "#3f7f4c", motif="drop", cap="#3f7f4c"),
    "yuanmou-huashengyou": p.oil_bottle("#efb02e", "#fbe6d0", "#b8482e", motif="sun", cap="#b8322f"),
    "kunming-tianjiangyou": p.oil_bottle("#3a1c10", "#f7e6c4", "#a8322a", motif="wave", cap="#a8322a"),
    "qujing-jiucaihua": p.jar(p.grainy("#5f8f3a", "#33581f", 14), "#f0f4de", "#4a7f34", lid="#4a7f34", motif="leaf"),
    "zhaotong-jiang": p.jar(p.grainy("#8a2f1c", "#4a160e", 11), "#f9e3cc", "#a8322a", lid="#b8322f", motif="sun"),
    "qiubei-hulajiao": in_bowl(
        b.lump(lambda q: mix("#8f2416", "#3f140e", ramp(noise(q, 20), -0.2, 0.5)), size=0.05, squash=0.5, rough=0.3),
        0.085,
        wide=8,
        high=4,
        colour="#efe7dc",
    ),
    "kunming-suanyancai": p.jar(p.grainy("#b08f34", "#7a5c1e", 8), "#f3eecb", "#8a7a2c", lid="#5f6f2c", motif="leaf"),
    "xishuangbanna-baihujiao": in_bowl(
        b.lump(lambda q: mix("#efe6cf", "#c9b48c", ramp(noise(q, 12), -0.3, 0.6)), size=0.08, squash=1, rough=0.1),
        0.15,
        wide=5,
        high=3,
        colour="#8a5a40",
    ),
    "jingmai-pucha": on_board(
        b.disc(
            lambda q: mix("#4f4a2a", "#9c9468", ramp(noise(q * (1, 0.4, 1), 11), -0.2, 0.7)),
            radius=0.85,
            thick=0.3,
            dent=0.08,
        ),
        size=(2.3, 2.0),
    ),
    "baoshan-kafei": in_bowl(b.bean("#5c3018", "#2c140a"), 0.24, wide=4, high=3, colour="#f1ece2"),
    "luoping-caihuami": p.jar(p.grainy("#f7e2a4", "#f0cf74", 3), "#fff6d6", "#e0a41e", lid="#e0a41e", motif="flower"),
    "yangbi-hetao": of(
        b.walnut,
        (
            (-0.75, -0.1, 0.8),
            (0.0, -0.4, 0.8),
            (0.72, -0.1, 0.8),
            (-0.36, 0.45, 0.8),
            (0.4, 0.45, 0.8),
            (0.02, 0.06, 0.8),
        ),
    ),
    "dounan-kaluola": _bouquet(f.rose("#7a0a1c", "#c8142e"), "#2f2a2c", "#c8142e"),
    "dounan-diana": _bouquet(f.rose("#e0688c", "#f6b8c8"), "#fbeef2", "#e58aa4"),
    "dounan-xueshan": _bouquet(f.rose("#efe8cf", "#fffdf6"), "#dfe8e2", "#9fb8a4"),
    "dounan-kabuqinuo": _bouquet(f.rose("#a8744e", "#dcb592"), "#efe4d4", "#a8744e"),
    "dounan-duotou": _bouquet(f.rose("#ef8a5c", "#f9c9a4", size=0.22), "#f6efe4", "#d98a6a", 19),
    "dounan-baihe": _bouquet(f.lily("#f7d9e4", "#fffaf8"), "#eef2e6", "#7fa56a", 6),
    "dounan-kangnaixin": _bouquet(f.carnation("#d9486a", "#f28aa4"), "#fbeff2", "#d9486a", 10),
    "dounan-yangjiegeng": _bouquet(f.rose("#c9b8e6", "#efe6fa", size=0.33), "#f1eef8", "#9a84c4", 9),
    "dounan-xiuqiu": one(bouquets.stems(f.cluster_ball("#8fa8ea", "#5f78c4", size=0.5), count=1, tall=1.35)),
    "dounan-xiangrikui": one(bouquets.stems(f.sunflower(), count=3, tall=1.45, vase="#7fa0b8")),
    "dounan-mantianxing": one(
        bouquets.bouquet(((f.spray("#fdfcfa", size=0.045, count=44, reach=0.42), 12),), "#e6dcf0", "#a48ac4", tall=1.1)
    ),
    "dounan-youjiali": one(bouquets.bouquet(((f.eucalyptus, 12),), "#efe9dc", "#8a7a5c", tall=1.15)),
    "dounan-zhoumohua": one(
        bouquets.bouquet(
            (
                (f.rose("#e58a4c", "#f9c48c"), 4),
                (f.carnation("#d9486a", "#f6a8bc", size=0.28), 3),
                (f.sunflower(0.34), 2),
                (f.rose("#c9b8e6", "#efe6fa", size=0.3), 3),
            ),
            "#e9dcc4",
            "#c98a5c",
            filler=_BREATH,
        )
    ),
    "nuanyang-kangnaixin": one(
        bouquets.bouquet(
            ((f.carnation("#ef7a3c", "#fbb26a"), 6), (f.carnation("#f2c84a", "#fbe69a", size=0.28), 4)),
            "#fff1dc",
            "#ef8a4c",
            filler=_BREATH,
        )
    ),
    "jinning-duorou": one(bouquets.succulents),
    "dounan-hudielan": one(bouquets.orchid),
}
