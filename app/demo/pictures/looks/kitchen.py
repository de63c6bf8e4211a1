"""How ready meals and bakery look, by slug."""

from random import Random

from app.demo.pictures.colour import mix, noise, ramp
from app.demo.pictures.forms import Paint, ball
from app.demo.pictures.goods import meals as k
from app.demo.pictures.goods.blocks import block, lump, stack, tangle
from app.demo.pictures.goods.meat import bird
from app.demo.pictures.goods.sea import shrimp
from app.demo.pictures.goods.tropical import berry
from app.demo.pictures.mesh import Mesh
from app.demo.pictures.scene import Look
from app.demo.pictures.staging import of, on_board, on_plate, one
from app.demo.pictures.vessels import CLAY, COPPER, bowl, plate, pot

_CHICKEN, _FISH = k.chunk("#f3d9a8", "#dcae74", 0.2), k.slice_of("#fdf6f0", "#f0cfc4", radius=0.2)
_BEEF, _PORK = k.chunk("#8a4a30", "#5c2a1c"), k.chunk("#b8644a", "#7f3420", 0.1)
_TOMATO, _CHILLI = k.slice_of("#e2503c", "#c02c20"), k.ring_bit("#d4281f", 0.07)
_SPRING, _HERB = k.ring_bit(), k.herb_bit()
_SHROOM = k.slice_of("#efe0c0", "#8a5a34", radius=0.16)
_PEPPER, _RED = k.sliver("#4f9a3a"), k.sliver("#d4352a")
_TOFU, _EGG = k.slice_of("#fdfaf2", "#f3ead2", radius=0.15, thick=0.09), k.slice_of("#f6b52e", "#fffdf6", radius=0.18)
_SMALL_SHRIMP = lambda rng: [each.scaled(0.4) for each in shrimp("#f0b48c", "#d9703c", legs=False)(rng)]
_BLUE = lambda _: [ball(0.09, "#3f4f94", 0.3, fine=(16, 20)).moved(0, 0.07, 0)]
_STRANDS = tangle("#fdfaf0", count=46, reach=0.62, thick=0.036, high=0.16, gloss=0.5)


def _in_pot(broth: Paint, toppings: tuple[k.Topping, ...], colour: str = CLAY, gloss: float = 0.3) -> Look:
    return one(k.meal(pot(0.95, 0.6, colour, gloss), 0.88, 0.46, broth, toppings))


def _on_dish(sauce: str, toppings: tuple[k.Topping, ...]) -> Look:
    return one(
        k.meal(
            [plate(1.2)],
            0.92,
            0.09,
            lambda p: mix(
                sauce, "#f4f1ea", ramp((p[..., 0] ** 2 + p[..., 2] ** 2) ** 0.5 + noise(p, 3) * 0.08, 0.7, 0.86)
            ),
            toppings,
            gloss=0.5,
        )
    )


def _noodle_bowl(broth: Paint, toppings: tuple[k.Topping, ...], colour: str = "#f4f1ea") -> Look:
    def make(rng: Random) -> list[Mesh]:
        base = k.meal([bowl(1.0, 0.66, colour)], 0.86, 0.44, broth, ())(rng)
        top = k.meal([], 0.7, 0.56, broth, toppings)(rng)[1:]
        return [*base, *(each.moved(0, 0.38, 0) for each in _STRANDS(rng)), *top]

    return one(make)


LOOKS: dict[str, Look] = {
    "qiguoji-taocan": _in_pot(k.oily("#efd083", "#f6e2a4"), ((_CHICKEN, 16), (_SHROOM, 8), (_HERB, 7))),
    "junzi-huoguo": _in_pot(
        k.oily("#e3bb6a", "#f3d894"),
        ((_SHROOM, 20), (k.slice_of("#f3d890", "#c98a2a"), 9), (_CHICKEN, 6), (_SPRING, 12)),
        "#3f3a38",
        0.5,
    ),
    "suanla-yu-taocan": _in_pot(
        k.oily("#d9a03c", "#e0602a"), ((_FISH, 18), (_CHILLI, 12), (_HERB, 8), (k.sliver("#b0a23c"), 8)), "#2f3f4c", 0.6
    ),
    "lapaigu-huoguo": _in_pot(
        k.oily("#c9763a", "#e09a4c"), ((_BEEF, 14), (_TOFU, 7), (_HERB, 9), (_CHILLI, 6)), COPPER, 0.8
    ),
    "tongguo-yu": _in_pot(
        k.oily("#e6c77a", "#f0dca0"),
        ((_FISH, 14), (k.slice_of("#d3e3a0", "#7fae4c"), 8), (_SPRING, 10), (_HERB, 5)),
        COPPER,
        0.85,
    ),
    "xiaochao-huangniurou": _on_dish("#7a3a1c", ((_BEEF, 26), (_PEPPER, 14), (_RED, 12), (_CHILLI, 8))),
    "laonai-yangyu": _on_dish(
        "#e9c26a", ((k.chunk("#f0cf7a", "#dba848", 0.22), 26), (_CHILLI, 10), (_SPRING, 18), (_HERB, 5))
    ),
    "heisan-duo": _on_dish(
        "#4a2a1c", ((_PORK, 40), (k.chunk("#3a2420", "#20120f", 0.08), 40), (_PEPPER, 12), (_CHILLI, 9))
    ),
    "hongsan-duo": _on_dish("#c9492c", ((_TOMATO, 18), (_PORK, 36), (_PEPPER, 14), (_SPRING, 10))),
    "jianchao-niugan": _on_dish(
        "#a8743a", ((k.slice_of("#e9c98c", "#7a4a26", radius=0.22), 24), (_PEPPER, 10), (_RED, 8), (_CHILLI, 8))
    ),
    "jiucai-hexia": _on_dish("#7fa04c", ((k.sliver("#3f8a38", long=0.7, thick=0.035), 40), (_SMALL_SHRIMP, 14))),
    "yiliang-kaoya": on_plate(bird("#a8541e", "#6a2a0e", long=1.1, slim=0.9, gloss=0.75), radius=1.45),
    "daiwei-ningmengji": _on_dish(
        "#d9c46a", ((_CHICKEN, 22), (k.slice_of("#e9e49a", "#a9c24d", radius=0.17), 9), (_CHILLI, 10), (_HERB, 10))
    ),
    "qingzhen-luniurou": on_board(
        block(
            (1.0, 0.6, 0.75),
            lambda p: mix("#6a2f22", "#a8705c", ramp(abs(noise(p, 4)), 0.12, 0.02) * 0.7),
            rounding=0.2,
            slices=4,
        )
    ),
    "boluo-fan": one(
        k.meal(
            [bowl(0.95, 0.6, "#e9b53a")],
            0.84,
            0.48,
            lambda p: mix("#4a2244", "#7a3f6a", ramp(noise(p, 20), -0.2, 0.5)),
            ((k.chunk("#4f2648", "#7a4470", 0.09), 60), (k.chunk("#f6c43c", "#e09a22", 0.12), 14), (_HERB, 3)),
            gloss=0.4,
        )
    ),
    "guoqiao-mixian": _noodle_bowl(
        k.oily("#f0d68c", "#f9ecc0"),
        ((_FISH, 7), (_EGG, 3), (_HERB, 7), (_SPRING, 12), (k.slice_of("#f3c0b4", "#e28a7a"), 5)),
    ),
    "xiaoguo-mixian": _noodle_bowl(
        k.oily("#d99a44", "#e0602a"), ((_PORK, 26), (k.sliver("#a99a3c"), 8), (_SPRING, 14), (_CHILLI, 8)), "#5f7f9c"
    ),
    "xidoufen-shaoersi": _noodle_bowl(
        "#e9c866", ((k.sliver("#d99a3c", thick=0.08), 8), (_CHILLI, 8), (_SPRING, 16), (_HERB, 5)), "#8a5a40"
    ),
    "xianhua-bing": of(
        k.bun("#d9923c", "#f4dcae", stamp="#b8324a", layers=True),
        ((-0.58, -0.2, 1.0), (0.55, -0.32, 1.0)),
        (k.bitten(k.bun("#d9923c", "#f4dcae", layers=True), "#8f1f3c", 0.5, 0.32), (0.05, 0.55, 1.05)),
    ),
    "yuntui-yuebing": of(
        k.bun("#a8682a", "#d9a050", high=0.42),
        ((-0.55, -0.2, 1.0), (0.55, -0.3, 1.0)),
        (k.bitten(k.bun("#a8682a", "#d9a050", high=0.42), "#b8423a", 0.5, 0.42), (0.05, 0.55, 1.0)),
    ),
    "dali-xizhou-baba": on_board(
        k.bun("#c9862e", "#efcf8c", radius=0.72, high=0.24, layers=True), ((-0.35, -0.15, 1.0), (0.45, 0.15, 1.0))
    ),
    "zimi-gao": on_plate(
        stack(
            (0.42, 0.36, 0.42),
            lambda p: mix("#4a2650", "#6f4478", ramp(noise(p, 14), -0.2, 0.6)),
            rows=2,
            columns=3,
            layers=2,
            rounding=0.08,
            gap=1.1,
        )
    ),
    "kuqiao-bing": on_plate(
        k.bun("#8f8a3c", "#c9c06a", radius=0.6, high=0.22),
        ((-0.5, -0.3, 0.95), (0.5, -0.3, 0.95), (0, 0.4, 0.95)),
        radius=1.45,
    ),
    "kunming-lvdougao": on_plate(
        stack(
            (0.4, 0.32, 0.4),
            lambda p: mix("#c4cf7a", "#a4b45a", ramp(noise(p, 16), -0.2, 0.7)),
            rows=3,
            columns=3,
            layers=2,
            rounding=0.06,
            gap=1.1,
        )
    ),
    "xianniunai-tusi": on_board(k.loaf("#b8702c", "#fdf3d9"), size=(2.7, 1.5)),
    "quanmai-tusi": on_board(k.loaf("#8a5428", "#d9b884", seeds="#6a4020"), size=(2.7, 1.5)),
    "haiyan-huangyoujuan": of(
        k.twist("#b8702c", "#f0cf8c", salt="#ffffff"), ((-0.1, -0.45, 1), (0.1, 0.35, 1)), turn=20
    ),
    "rousong-xiaobei": of(
        lump(
            lambda p: mix("#d9a04c", "#a86a28", ramp(noise(p, 18), -0.3, 0.5)),
            size=0.42,
            squash=0.8,
            rough=0.09,
            scale=9,
        ),
        ((-0.55, -0.15, 1), (0.5, -0.2, 1), (0, 0.5, 1)),
    ),
    "kafei-beiguo": of(k.bagel("#5f3518", "#9c6a3c", spot="#2a140a"), ((-0.45, -0.15, 1), (0.55, 0.15, 1))),
    "lanmei-qishi": on_plate(
        k.cake_slice(("#c99a5c", "#fdf3dc", "#fdf6e6", "#fbf0d6"), "#f7eef4", berries=_BLUE), ((0, 0, 1.05),), turn=3
    ),
    "meigui-qifeng": on_plate(
        k.cake_slice(
            ("#f6dca0", "#f6dca0", "#d9688a", "#f6dca0", "#f6dca0"),
            "#f9d3de",
            berries=lambda rng: [each.scaled(0.5).moved(0, 0.06, 0) for each in berry("#e0688c", "#b83f66")(rng)],
        ),
        ((0, 0, 1.05),),
        turn=3,
    ),
    "mangguo-bandi": on_plate(
        k.pillow(lambda p: mix("#f9d35a", "#f3bf3c", ramp(noise(p, 3), -0.4, 0.8))),
        ((-0.5, -0.25, 1), (0.5, -0.2, 1), (0, 0.4, 1)),
        radius=1.4,
    ),
}
