"""How mushrooms look, by slug."""

from random import Random

from app.demo.pictures.arrange import FIVE, THREE, Make
from app.demo.pictures.colour import mix, noise, ramp
from app.demo.pictures.goods import mushrooms as m
from app.demo.pictures.goods.packs import grainy, jar, pile
from app.demo.pictures.mesh import Mesh
from app.demo.pictures.scene import Look
from app.demo.pictures.staging import in_basket, in_bowl, of, on_board, on_plate, one

_SIX = (*FIVE, (0, 0.05, 0.74))
_MATSUTAKE = m.mushroom(
    "closed", m.scaly("#e9d3ac", "#8a5a33"), m.scaly("#f4ead6", "#b98a5c", 9), tall=0.9, thick=0.19, foot=1.05
)
_JIZONG = m.mushroom("point", m.shaded("#6e5a48", "#cdbfa8"), "#f3ede0", tall=1.1, thick=0.13, foot=1.5, wavy=0.05)


def _tall(make: Make, count: int) -> Make:
    def bunched(rng: Random) -> list[Mesh]:
        found = []
        for number in range(count):
            away, angle = 0.42 * ((number + 0.5) / count) ** 0.5, number * 2.399963
            found += [
                each.turned("z", rng.uniform(-7, 7)).moved(
                    away * __import__("math").cos(angle), 0, away * __import__("math").sin(angle)
                )
                for each in make(rng)
            ]
        return found

    return bunched


LOOKS: dict[str, Look] = {
    "shangri-la-songrong": in_basket(_MATSUTAKE, _SIX),
    "nanhua-jizong": of(_JIZONG, FIVE, turn=50),
    "yimen-heiniugan": of(
        m.mushroom("dome", m.shaded("#33241c", "#5a4030"), "#a8835a", tall=0.6, thick=0.24, foot=1.25), FIVE, turn=50
    ),
    "nanhua-huangniugan": of(
        m.mushroom("dome", m.shaded("#d99a35", "#c07a24"), "#f0cf6e", tall=0.6, thick=0.22, foot=1.2), FIVE, turn=50
    ),
    "chuxiong-ganbajun": one(m.frill("#b3a594", "#6a5f56", blades=44, size=0.75)),
    "yimen-qingtoujun": of(
        m.mushroom(
            "wide",
            lambda p: mix("#a9bd86", "#5f8558", ramp(noise(p, 5, "crack"), -0.1, 0.4)),
            "#f6f3ea",
            tall=0.5,
            thick=0.17,
        ),
        FIVE,
        turn=50,
    ),
    "nanhua-naijiangjun": of(
        m.mushroom("funnel", m.shaded("#c9824a", "#e0a86c"), "#e6bb86", tall=0.65, thick=0.17), FIVE, turn=50
    ),
    "lijiang-yangdujun": of(m.morel, FIVE, turn=40),
    "yimen-jiyoujun": of(
        m.mushroom("funnel", m.shaded("#e89a1e", "#f7bb3c"), "#f4b544", tall=0.6, thick=0.13, wavy=0.12), _SIX, turn=60
    ),
    "songming-pinggu": one(
        m.cluster(
            m.mushroom(
                "wide", m.shaded("#8f8a86", "#c4beb6"), "#f3efe8", tall=0.75, thick=0.12, wavy=0.07, lying=False
            ),
            11,
            0.9,
        )
    ),
    "tonghai-xianggu": of(
        m.mushroom(
            "dome",
            lambda p: mix("#6a4227", "#e6d2ae", ramp(noise(p, 6, "crack"), 0.25, 0.45)),
            "#efe3cb",
            tall=0.34,
            thick=0.12,
        ),
        FIVE,
        turn=60,
    ),
    "jinning-jinzhengu": one(_tall(m.thin("#fbf6e6", "#fdfaf0"), 70)),
    "yuxi-xingbaogu": of(
        m.mushroom(
            "wide", m.shaded("#a5805a", "#c9a67c", 0.4), "#f8f3e8", tall=1.05, thick=0.26, foot=1.15, gloss=0.35
        ),
        THREE,
        turn=30,
    ),
    "jinning-baiyugu": one(_tall(m.thin("#ffffff", "#fbf9f2", tall=0.95, head=0.14, thick=0.055), 26)),
    "qujing-chashugu": one(_tall(m.thin("#8a5a34", "#e0c59c", tall=1.1, head=0.12, thick=0.045), 30)),
    "dali-jisongrong": of(
        m.mushroom("closed", m.scaly("#dcb27a", "#a5703c", 9), "#f4ead6", tall=0.62, thick=0.16, foot=1.3),
        _SIX,
        turn=50,
    ),
    "tengchong-heimuer": in_bowl(
        lambda rng: [each.scaled(0.62).moved(0, -0.2, 0) for each in m.ear("#3d2a24", "#5c423a")(rng)],
        0.4,
        wide=3,
        high=2,
        lift=0.25,
    ),
    "zhaotong-zhusun": of(m.bamboo_fungus, THREE, turn=20),
    "nanhua-gan-niugan": on_plate(pile(m.slices("#e9d6ac", "#8a6238"), reach=0.85, high=0.35, count=34)),
    "shangri-la-gan-songrong": on_board(pile(m.slices("#f3e8cd", "#a97848"), reach=0.8, high=0.3, count=30)),
    "lijiang-gan-yangdu": in_bowl(
        lambda rng: [each.scaled(0.4).moved(0, -0.3, 0) for each in m.morel(rng)], 0.42, wide=3, high=2
    ),
    "qujing-gan-chashugu": on_plate(
        pile(
            lambda rng: [
                each.scaled(0.9).moved(0, -0.4, 0)
                for each in m.thin("#6e4a2c", "#b08a5c", tall=0.9, head=0.1, thick=0.03)(rng)
            ],
            reach=0.5,
            high=0.3,
            count=44,
        )
    ),
    "tengchong-gan-muer": in_bowl(
        lambda rng: [each.scaled(0.5).moved(0, -0.15, 0) for each in m.ear("#241a17", "#4a3c36")(rng)],
        0.3,
        colour="#efe7dc",
        wide=4,
        high=2,
    ),
    "nanhua-youjizong": jar(grainy("#a5702e", "#5f3a18", 9), "#f6ead0", "#9a5a24", lid="#7a3a20", motif="leaf"),
}
