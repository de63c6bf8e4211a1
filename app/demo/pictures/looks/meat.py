"""How meat, poultry and eggs look, by slug."""

from app.demo.pictures.arrange import ONE
from app.demo.pictures.colour import mix, noise, ramp
from app.demo.pictures.goods import meat as m
from app.demo.pictures.goods.blocks import lump, stack
from app.demo.pictures.goods.packs import pile
from app.demo.pictures.scene import Look
from app.demo.pictures.staging import in_bowl, of, on_board, on_plate, on_tray, one

_PORK = m.layered(
    (
        (-0.42, "#e9b79b"),
        (-0.26, "#f7e3d4"),
        (-0.1, "#c8555a"),
        (0.03, "#f9e9dd"),
        (0.2, "#c24e55"),
        (0.3, "#f7e6d8"),
        (0.5, "#b8434c"),
    )
)
_BELLY = m.slab((1.7, 0.62, 0.95), lambda p: _PORK(p * (1, 1.55, 1)), rounding=0.1)
_SHIN = [(-0.85, 0.26, 0), (-0.3, 0.32, 0.05), (0.3, 0.32, 0), (0.85, 0.24, -0.05)]
_ROLLS = (
    (-0.62, -0.3, 0.9),
    (0.05, -0.36, 0.9),
    (0.7, -0.3, 0.9),
    (-0.4, 0.2, 0.9),
    (0.32, 0.18, 0.9),
    (-0.05, 0.6, 0.9),
)


def _ham(*, is_sliced: bool) -> Look:
    paint = m.layered(
        (
            (-0.3, "#a8683a"),
            (-0.24, "#f2dfb8"),
            (-0.08, "#b8363c"),
            (0.02, "#e9b08c"),
            (0.25, "#a92c36"),
            (0.5, "#f0d9ae"),
        ),
        wave=0.1,
    )
    piece = m.slab((1.3, 0.7, 0.9), paint, rounding=0.1)
    sliced = m.slab(
        (0.9, 0.05, 0.7),
        lambda p: mix(m.marbled("#b23a3f", "#f4d6b8", much=0.7)(p), "#f3dfb6", ramp(abs(p[..., 2]), 0.27, 0.31)),
        rounding=0.02,
    )
    if is_sliced:
        return on_plate(
            sliced,
            ((-0.5, -0.3, 1), (0.2, -0.4, 1), (-0.15, -0.05, 1), (0.55, 0.05, 1), (-0.45, 0.35, 1), (0.2, 0.45, 1)),
            turn=30,
        )
    return on_board(piece, ((-0.35, -0.1, 1),))


LOOKS: dict[str, Look] = {
    "saba-wuhua": on_board(_BELLY, ONE),
    "saba-liji": on_board(
        m.fillet(_SHIN, (0.12, 0.27, 0.28, 0.1), m.marbled("#cf6a68", "#f3cfc2", much=0.25), flat=0.75)
    ),
    "saba-paigu": on_board(m.ribs("#c24a4c", "#f3d5c4"), ((0, 0, 1.05),)),
    "wujin-qianjia": on_board(m.slab((1.5, 0.5, 1.0), m.marbled("#bf4a50", "#f6ddd0", much=0.9), rounding=0.16), ONE),
    "wujin-tonggu": on_board(m.marrow_bone(), ((-0.35, -0.15, 1), (0.45, 0.25, 1))),
    "saba-roumo": on_plate(m.mince("#c24a4e", "#f4d8cc"), ((0, 0, 1.05),)),
    "wujin-zhuti": on_board(
        m.fillet(
            [(-0.7, 0.28, 0), (-0.2, 0.26, 0.05), (0.3, 0.24, 0), (0.75, 0.2, 0.05)],
            (0.24, 0.27, 0.2, 0.13),
            lambda p: mix("#f0c3ae", "#e29a88", ramp(noise(p, 3), -0.4, 0.8)),
            flat=0.95,
        ),
        ((-0.1, -0.35, 0.95), (0.1, 0.4, 0.95)),
    ),
    "saba-zhugan": on_plate(
        m.slab(
            (1.3, 0.34, 0.9),
            lambda p: mix("#7a1f22", "#541014", ramp(noise(p, 2.5), -0.5, 0.8)),
            rounding=0.16,
            gloss=0.85,
        )
    ),
    "xundian-niulian": on_board(
        m.fillet(_SHIN, (0.16, 0.34, 0.36, 0.14), m.marbled("#8f2228", "#e9cfc0", much=0.5), flat=0.85)
    ),
    "xundian-niunan": on_board(
        m.slab(
            (1.5, 0.5, 0.95),
            m.layered(
                ((-0.18, "#f0dcc4"), (-0.08, "#9c2a2e"), (0.04, "#f2e0cc"), (0.14, "#8f2228"), (0.5, "#f0d8bc")),
                wave=0.1,
            ),
            rounding=0.12,
        )
    ),
    "xundian-niuliji": on_board(
        m.fillet(_SHIN, (0.14, 0.26, 0.26, 0.1), m.marbled("#97262b", "#d9a79c", much=0.2), flat=0.8),
        ((0, -0.2, 1.05),),
    ),
    "diqing-maoniu": on_board(m.slab((1.4, 0.55, 1.0), m.marbled("#7d1a20", "#e4c8b4", much=0.35), rounding=0.2)),
    "xilinguole-feiniu": on_plate(m.roll("#c44a4c", "#fbeae0"), _ROLLS, radius=1.35),
    "xundian-niugu": on_board(
        m.marrow_bone(0.8, "#9c2f30"), ((-0.6, -0.2, 0.85), (0.15, 0.3, 0.85), (0.65, -0.3, 0.8))
    ),
    "dali-niuganba": on_board(
        m.slab(
            (1.5, 0.4, 0.55),
            lambda p: mix("#5a2620", "#8a4638", ramp(noise(p, 5), -0.3, 0.7)),
            rounding=0.14,
            gloss=0.2,
        ),
        ((-0.05, -0.32, 1), (0.05, 0.36, 0.95)),
    ),
    "yanchi-yangpai": on_board(m.ribs("#b8444a", "#f5e2d4", count=7), ((0, 0, 0.95),)),
    "yanchi-yangtui": on_board(
        m.fillet(
            [(-0.8, 0.3, 0), (-0.3, 0.38, 0.03), (0.3, 0.28, 0), (0.85, 0.16, 0)],
            (0.22, 0.42, 0.26, 0.09),
            m.marbled("#b0444a", "#f4e0d2", much=0.8),
            flat=0.85,
        )
    ),
    "shilin-heishanyang": on_board(
        stack(
            (0.5, 0.4, 0.45),
            m.layered(((-0.12, "#b8424a"), (-0.02, "#f0d2c2"), (0.08, "#a83a42"), (0.14, "#f3dccb"), (0.5, "#d9a77f"))),
            rows=2,
            columns=3,
            layers=2,
            rounding=0.09,
            gap=1.12,
        )
    ),
    "xilinguole-yangjuan": on_tray(m.roll("#cf5a5e", "#fdf0ea"), _ROLLS, size=(2.6, 1.8)),
    "shilin-yangza": on_plate(
        pile(
            lump(lambda p: mix("#b98a78", "#e3c6b4", ramp(noise(p, 5), -0.4, 0.6)), size=0.17, rough=0.25),
            reach=0.75,
            high=0.4,
            count=46,
        )
    ),
    "xuanwei-huotui": _ham(is_sliced=False),
    "nuodeng-huotui": on_board(
        m.slab(
            (1.5, 0.75, 0.7),
            m.layered(
                ((-0.3, "#7a4a2a"), (-0.2, "#e9cf9c"), (-0.05, "#8f2a2e"), (0.06, "#dfa67e"), (0.5, "#842228")),
                wave=0.14,
            ),
            rounding=0.18,
        )
    ),
    "xuanwei-larou": on_board(
        m.slab(
            (1.7, 0.5, 0.42),
            m.layered(((-0.16, "#8a4a20"), (-0.06, "#e8bf6c"), (0.02, "#8f3226"), (0.1, "#efcb80"), (0.5, "#7f2a22"))),
            rounding=0.07,
            gloss=0.6,
        ),
        ((0, -0.4, 1), (0.05, 0.12, 1), (-0.05, 0.6, 0.95)),
    ),
    "chuxiong-xiangchang": on_board(
        m.sausage(lambda p: mix("#9c2b22", "#e9b79c", ramp(noise(p, 11), 0.25, 0.7))),
        ((0, -0.5, 1.1), (0.06, -0.12, 1.1), (-0.05, 0.26, 1.1), (0.03, 0.6, 1.1)),
        turn=8,
    ),
    "wuding-laji": on_board(m.bird("#c98a3e", "#8f5220", gloss=0.5)),
    "lijiang-lapaigu": on_board(m.ribs("#8f3a2a", "#d9a36a"), ((0, 0, 1.05),)),
    "xuanwei-huotui-pian": _ham(is_sliced=True),
    "baoshan-niurougan": in_bowl(
        lump(lambda p: mix("#6a2a1c", "#a85a34", ramp(noise(p, 8), -0.3, 0.7)), size=0.2, squash=0.4, rough=0.3),
        0.34,
        colour="#3f3a38",
        wide=3,
        high=3,
    ),
    "wuding-zhuangji": on_board(m.bird("#f2cf8a", "#dba860")),
    "yanjin-wugu": on_board(m.bird("#5f6068", "#35363d")),
    "xishuangbanna-chahuaji": on_plate(m.bird("#f0d9a6", "#d9b27c", long=0.92, slim=0.9), ((0, 0, 0.95),)),
    "wuding-jitui": on_board(m.drumstick("#f3c98c", "#dd9f62"), ((-0.15, -0.4, 0.95), (0.15, 0.35, 0.95))),
    "wuding-jixiong": on_board(
        m.fillet(
            [(-0.7, 0.2, 0), (-0.25, 0.26, 0.08), (0.3, 0.22, 0.02), (0.8, 0.12, -0.1)],
            (0.14, 0.38, 0.3, 0.04),
            lambda p: mix("#f4c6b4", "#eaa796", ramp(noise(p, 3), -0.4, 0.8)),
            flat=0.55,
        ),
        ((0, -0.38, 1), (0.05, 0.38, 1)),
    ),
    "wuding-jichi": on_plate(
        m.wing("#f4d3a4", "#e0a878"),
        ((-0.5, -0.45, 0.95), (0.45, -0.4, 0.95), (-0.45, 0.05, 0.95), (0.5, 0.12, 0.95), (0, 0.55, 0.95)),
        turn=30,
    ),
    "wuding-jizhua": on_plate(
        m.claw("#f3dfae"), ((-0.35, -0.45, 0.85), (0.45, -0.2, 0.85), (-0.4, 0.2, 0.85), (0.3, 0.5, 0.85)), turn=40
    ),
    "wuding-jiza": on_plate(
        pile(
            lump(lambda p: mix("#8f2f2c", "#c9706a", ramp(noise(p, 4), -0.5, 0.7)), size=0.19, rough=0.18, gloss=0.75),
            reach=0.75,
            high=0.35,
            count=38,
        )
    ),
    "yiliang-kaoya-pei": on_board(m.bird("#f3ddc0", "#e0b894", long=1.2, slim=0.86)),
    "luliang-banya": on_board(m.bird("#d9a868", "#a8703a", long=1.15, slim=1.0, gloss=0.5)),
    "yiliang-yatui": on_board(m.drumstick("#e9b98c", "#c98a5c"), ((-0.15, -0.4, 0.95), (0.15, 0.35, 0.95))),
    "shizong-rouge": on_plate(
        m.bird("#e6b9a4", "#c78a76", long=0.9, slim=0.85), ((-0.35, -0.2, 0.68), (0.4, 0.25, 0.66))
    ),
    "luliang-erou": on_board(
        stack(
            (0.55, 0.34, 0.5),
            m.layered(((-0.06, "#b84a4a"), (0.04, "#c8605c"), (0.09, "#f4e2c8"), (0.5, "#f0d8b4"))),
            rows=2,
            columns=3,
            layers=2,
            rounding=0.1,
            gap=1.12,
        )
    ),
    "wuding-tujidan": one(m.eggs("#d9a878")),
    "xundian-xianjidan": one(m.eggs("#f0d9c0", box_colour="#9fb0a0")),
    "yanjin-lvke-dan": one(m.eggs("#b9d3c0", box_colour="#c0a884")),
    "yiliang-yadan": one(m.eggs("#dfe6dc", size=0.27)),
    "shizong-anchun-dan": one(m.eggs("#efe6d0", "#5a4632", rows=3, columns=5, size=0.2, box_colour="#d9d3c4")),
    "luliang-edan": one(m.eggs("#faf8f2", rows=1, columns=3, size=0.36)),
    "wuding-chusheng-dan": one(m.eggs("#e3bd98", rows=3, columns=4, size=0.2)),
    "yiliang-pidan": of(
        m.eggs("#9fae9c", "#5f6f60", rows=2, columns=3),
        ((-0.1, -0.35, 0.9),),
        (pile(lump("#2a2a20", size=0.2), reach=0.2, high=0.1, count=3), (0.45, 0.75, 0.9)),
        turn=6,
    ),
    "luliang-xianyadan": one(m.eggs("#d5e2e0", rows=2, columns=4, box_colour="#c9a06a")),
}
