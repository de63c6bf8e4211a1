"""How fish and seafood look, by slug."""

from app.demo.pictures.arrange import FIVE, THREE
from app.demo.pictures.colour import mix, noise, ramp
from app.demo.pictures.goods import fish as f
from app.demo.pictures.goods import sea as s
from app.demo.pictures.goods.meat import slab
from app.demo.pictures.scene import Look
from app.demo.pictures.staging import in_bowl, of, on_board, on_plate, on_tray, one

_PAIR = ((0, -0.42, 0.92), (0.05, 0.4, 0.9))
_SIX = (
    (-0.62, -0.4, 0.95),
    (0.1, -0.45, 0.95),
    (0.7, -0.2, 0.95),
    (-0.5, 0.3, 0.95),
    (0.2, 0.25, 0.95),
    (0.65, 0.55, 0.9),
)

LOOKS: dict[str, Look] = {
    "chengjiang-kanglangyu": on_plate(
        f.fish(f.scales("#8fa3b0", "#f0f4f4"), "#b9c6cc", deep=0.27, long=1.8), _PAIR, radius=1.35, turn=6
    ),
    "luoping-hongzun": on_board(
        f.fish(f.scales("#6f7f6a", "#f0dcd4", stripe="#d9685f"), "#c98a7a", deep=0.36, spots="#2f3430")
    ),
    "luoping-xunyu": on_board(
        f.fish(f.scales("#4a4f52", "#d9d6cc"), "#5c6164", deep=0.28, long=2.3, nose=0.6, tail=1.2)
    ),
    "yiliang-jiyu": on_plate(f.fish(f.scales("#6f745a", "#e3dcb8"), "#8a8a66", deep=0.5, long=1.7), radius=1.3),
    "eryuan-caoyu": on_board(
        f.steak("#8f9268", "#f4dcd2"), ((-0.6, -0.25, 1.1), (0.35, -0.3, 1.05), (-0.1, 0.4, 1.05))
    ),
    "yuanjiang-luofei": on_board(f.fish(f.scales("#77808a", "#d9dadc"), "#5f6870", deep=0.52, long=1.8)),
    "jiangchuan-datouyu": on_plate(f.fish_head),
    "mengla-jiangtuan": on_board(
        f.fish(f.scales("#7a8088", "#e9e2da", shine="#8a8f96"), "#8a8f96", deep=0.36, long=2.0, nose=1.3, tail=1.1)
    ),
    "ningde-dahuangyu": on_plate(
        f.fish(f.scales("#d9a93a", "#f7d978", shine="#fff2b8"), "#f0b040", deep=0.38, long=1.9), radius=1.35
    ),
    "zhoushan-daiyu": on_tray(
        f.belt_piece,
        ((-0.45, -0.45, 0.9), (0.45, -0.4, 0.9), (-0.35, 0.02, 0.9), (0.5, 0.1, 0.9), (0, 0.48, 0.9)),
        size=(2.5, 1.7),
    ),
    "zhoushan-xiaohuangyu": on_plate(
        f.fish(f.scales("#c9a24a", "#f3d98c"), "#e0ae4c", deep=0.3, long=1.4),
        ((0, -0.55, 0.85), (0.06, 0, 0.86), (-0.04, 0.55, 0.84)),
        radius=1.35,
        turn=6,
    ),
    "zhanjiang-jinchang": on_board(
        f.fish(f.scales("#a9b4bc", "#f0f1ee", shine="#ffffff"), "#e0b54c", deep=0.62, long=1.7, tail=1.2)
    ),
    "zhanjiang-longdanban": on_board(
        f.fish(f.scales("#7a6a4c", "#cbb88c"), "#6a5a40", deep=0.48, long=1.9, nose=1.15, spots="#3a2f24")
    ),
    "dalian-duobaoyu": on_plate(
        f.fish(f.scales("#7a6f5c", "#a3977e"), "#8a7f6a", deep=0.78, long=1.6, thin=0.2, spots="#4a4338"), radius=1.3
    ),
    "luoping-zunyunan": on_board(
        slab(
            (0.85, 0.3, 0.6),
            lambda p: mix("#f08a5c", "#fbd9c4", ramp(abs(noise(p * (3, 1, 1), 2.2)), 0.12, 0.02) * 0.8),
            rounding=0.09,
            gloss=0.6,
        ),
        ((-0.55, -0.3, 1), (0.5, -0.3, 1), (0, 0.35, 1)),
    ),
    "zhanjiang-jiweixia": on_plate(s.shrimp("#cfc0a8", "#8f8a7a", tail="#d98a4c"), _SIX, radius=1.4, turn=180),
    "zhanjiang-qingxiaren": in_bowl(
        lambda rng: [
            each.scaled(0.5).moved(0, -0.05, 0) for each in s.shrimp("#f7d6c8", "#f0a58c", legs=False, curl=4.2)(rng)
        ],
        0.36,
        wide=3,
        high=3,
        colour="#e6eef2",
    ),
    "ningde-suozixie": one(s.crab("#6f8a94", "#3f5a66", legs_colour="#7a9aa8")),
    "yiliang-xiaolongxia": on_plate(
        s.crayfish, ((-0.5, -0.3, 0.75), (0.5, -0.2, 0.75), (0.0, 0.4, 0.75)), radius=1.4, turn=50
    ),
    "dalian-bianxie": on_tray(s.crab("#d9603a", "#a83a24", legs_colour="#e2784a"), ((0, 0, 0.72),), size=(2.3, 1.9)),
    "eryuan-xiaohexia": in_bowl(
        lambda rng: [each.scaled(0.42).moved(0, -0.05, 0) for each in s.shrimp("#d9c3a0", "#b98a5c", curl=3.2)(rng)],
        0.24,
        wide=4,
        high=3,
    ),
    "dalian-shanbei": of(s.fan_shell("#e3a98a", "#a8604a", meat=("#fbf3e2", "#ef8a3c")), THREE, turn=20),
    "zhuanghe-shenghao": on_plate(s.oyster, FIVE, radius=1.45, turn=40),
    "ningde-huajia": in_bowl(
        lambda rng: [each.scaled(0.5).moved(0, -0.12, 0) for each in s.clam("#e3d3b4", "#7a6248")(rng)],
        0.38,
        wide=3,
        high=3,
    ),
    "zhoushan-youyu": on_plate(s.tentacles, ((0, 0, 1.0),), radius=1.4),
    "ningde-zicai": on_plate(s.sheets("#2f2436", "#5a3f5c", count=9, size=(1.5, 1.1), ruffle=0.2)),
    "dalian-kunbu": on_board(s.sheets("#3f4a26", "#7a8344", count=6, size=(2.0, 0.6), ruffle=0.14, gloss=0.6)),
    "jiangchuan-tianluo": in_bowl(
        lambda rng: [each.scaled(0.5).moved(0, -0.15, 0) for each in s.snail(rng)],
        0.36,
        colour="#e6eef2",
        wide=3,
        high=3,
    ),
}
