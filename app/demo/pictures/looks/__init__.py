"""Which product looks how."""

from app.demo.pictures.looks import chilled, fruit, kitchen, meat, mushrooms, pantry, sea, vegetables
from app.demo.pictures.scene import Look

LOOKS: dict[str, Look] = {
    **fruit.LOOKS,
    **vegetables.LOOKS,
    **mushrooms.LOOKS,
    **meat.LOOKS,
    **sea.LOOKS,
    **chilled.LOOKS,
    **pantry.LOOKS,
    **kitchen.LOOKS,
}
"""The look of each product of the assortment, by its slug."""
