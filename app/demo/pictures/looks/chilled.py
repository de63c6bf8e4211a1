"""How dairy and soy goods look, by slug."""

from app.demo.pictures.colour import mix, noise, ramp
from app.demo.pictures.goods import blocks as b
from app.demo.pictures.goods import packs as p
from app.demo.pictures.scene import Look
from app.demo.pictures.staging import in_bowl, of, on_board, on_plate, one

_CUPS = ((-0.5, -0.2, 0.95), (0.5, -0.25, 0.95))
_FRONT = (0.02, 0.5, 0.95)


def _drink(milk: str, paper: str, mark: str, cap: str, motif: str) -> Look:
    return of(
        p.milk_bottle(paper, mark, milk=milk, cap=cap, motif=motif), ((-0.36, -0.1, 1), (0.42, 0.12, 0.96)), turn=14
    )


def _yogurt(paper: str, mark: str, motif: str, fill: str) -> Look:
    return of(
        p.cup(paper, mark, motif=motif),
        _CUPS,
        (
            p.cup(
                paper, mark, motif=motif, lid=None, fill=lambda q: mix(fill, "#fffdf6", ramp(noise(q, 6), -0.6, 0.6))
            ),
            _FRONT,
        ),
        turn=16,
    )


LOOKS: dict[str, Look] = {
    "eryuan-xianniunai": _drink("#fdfaf2", "#f2f6fb", "#3b7fb8", "#3b7fb8", "cow"),
    "eryuan-juanshan": _drink("#fdf6e3", "#fbf3e0", "#a8743a", "#c9974a", "cow"),
    "shilin-xianyangnai": _drink("#fdfbf6", "#eef5ee", "#5a9a6a", "#5a9a6a", "hill"),
    "eryuan-tuozhi": _drink("#fbfcfd", "#eef8fb", "#4fb0cf", "#8fd0e6", "wave"),
    "eryuan-chunniunai": of(
        p.carton("#f7fafc", "#3f86c0", motif="hill"), ((-0.4, -0.15, 1), (0.42, 0.12, 0.96)), turn=8
    ),
    "xilin-youji-nai": of(p.carton("#f6f8ee", "#5f9a45", motif="leaf"), ((-0.4, -0.15, 1), (0.42, 0.12, 0.96)), turn=8),
    "eryuan-laosuannai": _yogurt("#f3ead6", "#a8834c", "hill", "#fbf6e6"),
    "meigui-suannai": _yogurt("#fbe6ee", "#d0547f", "flower", "#f6c3d3"),
    "eryuan-wutang-suannai": _yogurt("#eaf4f6", "#4aa0b4", "wave", "#fcfbf6"),
    "shilin-yangnai-suannai": _yogurt("#eef4e6", "#7aa556", "leaf", "#fbf9ee"),
    "lanmei-suannai": _yogurt("#e8e9f8", "#5560b4", "drop", "#b4b6e6"),
    "mangguo-rusuanjun": _drink("#fbd98a", "#fff4d6", "#ef9a2a", "#ef9a2a", "sun"),
    "eryuan-rushan": on_plate(
        b.scroll(lambda q: mix("#f6e6b8", "#dfc07c", ramp(noise(q, 6), -0.3, 0.8)), thick=0.2),
        ((-0.05, -0.5, 1), (0.08, 0.0, 1), (-0.02, 0.48, 1)),
        radius=1.35,
    ),
    "shilin-rubing": on_board(b.block((1.1, 0.5, 0.9), b.speckled("#fbf6e6", "#efe4c4"), rounding=0.1, slices=3)),
    "eryuan-niurubing": on_board(b.block((1.1, 0.45, 0.9), b.speckled("#f7ecc8", "#ead79c"), rounding=0.12, slices=3)),
    "shangri-la-suyou": on_board(
        b.block((0.95, 0.7, 0.9), lambda q: mix("#f6d26a", "#eebc48", ramp(noise(q, 3), -0.5, 0.8)), rounding=0.22)
    ),
    "shangri-la-nailao": on_board(
        b.block(
            (1.0, 0.6, 0.9), lambda q: mix("#f3e3b4", "#d9bd78", ramp(noise(q, 8), 0.1, 0.7)), rounding=0.05, slices=2
        )
    ),
    "xilin-huangyou": on_plate(
        b.block(
            (1.2, 0.48, 0.62), lambda q: mix("#fbe38c", "#f6d46a", ramp(q[..., 1], -0.2, 0.2)), rounding=0.05, slices=2
        )
    ),
    "xilin-dannaiyou": _drink("#fffdf4", "#f4efe6", "#b04a5a", "#b04a5a", "flower"),
    "xilin-masulila": in_bowl(
        b.lump("#fbf3d0", size=0.1, squash=0.4, rough=0.2), 0.17, wide=5, high=3, colour="#d9e6ea"
    ),
    "shiping-laodoufu": on_board(
        b.stack((0.62, 0.42, 0.62), b.speckled("#f7f0dc", "#e9dcba"), rows=2, columns=3, layers=2, rounding=0.05)
    ),
    "shiping-nendoufu": on_plate(b.block((1.25, 0.5, 0.95), "#fdfaf2", rounding=0.06, gloss=0.7)),
    "jianshui-kaodoufu": on_plate(
        b.stack(
            (0.42, 0.36, 0.42),
            b.crust("#f0d9a0", "#a8642a", 0.36),
            rows=3,
            columns=4,
            layers=2,
            rounding=0.12,
            gap=1.12,
        )
    ),
    "shiping-choudoufu": on_plate(
        b.stack(
            (0.5, 0.34, 0.5),
            lambda q: mix("#b9b09a", "#7d7a6a", ramp(noise(q, 9), -0.3, 0.6)),
            rows=3,
            columns=3,
            layers=2,
            rounding=0.07,
        )
    ),
    "kunming-doufunao": in_bowl(
        b.lump("#fdf9ee", size=0.34, squash=0.5, rough=0.1, gloss=0.75),
        0.5,
        colour="#5f7f9c",
        wide=2,
        high=1,
        lift=0.24,
    ),
    "mojiang-heidoufu": on_board(
        b.stack((0.62, 0.42, 0.62), b.speckled("#a9a4a2", "#77706f"), rows=2, columns=3, layers=2, rounding=0.05)
    ),
    "shiping-doufupi": on_plate(
        b.sheets_folded(lambda q: mix("#f3e3ae", "#e3c97c", ramp(noise(q, 4), -0.3, 0.8)), count=8, size=(1.7, 1.3)),
        radius=1.35,
    ),
    "shiping-doufugan": on_board(
        b.stack(
            (0.55, 0.16, 0.55),
            lambda q: mix("#9c6a38", "#6a4020", ramp(noise(q, 5), -0.4, 0.8)),
            rows=2,
            columns=3,
            layers=3,
            rounding=0.05,
            gloss=0.5,
        )
    ),
    "jianshui-doufuyuan": in_bowl(
        b.lump(lambda q: mix("#d99a44", "#a8662a", ramp(noise(q, 6), -0.3, 0.7)), size=0.26, squash=0.95),
        0.48,
        wide=3,
        high=2,
    ),
    "shiping-fuzhu": one(b.sticks(lambda q: mix("#efd08a", "#d3a450", ramp(noise(q, 6), -0.3, 0.8)))),
    "kunming-youdoufu": in_bowl(
        b.lump(lambda q: mix("#e9b04c", "#b97a28", ramp(noise(q, 7), -0.2, 0.7)), size=0.24, squash=0.9, rough=0.08),
        0.44,
        colour="#7d8a5c",
        wide=3,
        high=2,
    ),
    "shiping-qianzhang": on_board(
        b.sheets_folded(
            lambda q: mix("#f6edcf", "#e4d4a4", ramp(noise(q, 5), -0.3, 0.8)),
            count=10,
            size=(1.6, 1.1),
            gap=0.05,
            wave=0.015,
        )
    ),
    "kunming-xiandoujiang": _drink("#f8efd6", "#f4f7e6", "#7f9a3c", "#7f9a3c", "leaf"),
    "mojiang-heidoujiang": _drink("#a89a96", "#efe9ea", "#4a3f46", "#4a3f46", "drop"),
    "kunming-wutang-doujiang": _drink("#f9f3e0", "#eef6f2", "#4a9a84", "#9fd0c0", "wave"),
    "shilin-lufu": p.jar(
        p.grainy("#b8342a", "#7f1a16", 7),
        "#f7e6d2",
        "#b8342a",
        lid="#2f2f2f",
        motif="flower",
        extra=b.stack((0.2, 0.18, 0.2), "#c9503a", rows=1, columns=2, layers=1, rounding=0.05),
    ),
    "dali-shuidouchi": p.jar(p.grainy("#7a5a2c", "#4a2f18", 16), "#f3ead2", "#6a4a24", lid="#8a6a3a", motif="hill"),
    "dehong-nadou": on_plate(
        b.disc(lambda q: mix("#8a5a30", "#5c361c", ramp(noise(q, 8), -0.3, 0.6)), radius=0.55, thick=0.14, dent=0.01),
        ((-0.5, -0.35, 0.95), (0.5, -0.3, 0.95), (0, 0.4, 0.95)),
        radius=1.4,
    ),
}
