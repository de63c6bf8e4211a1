"""An edit: what changes in a product's content, and what stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from app.catalog.content import Content, MediaContent, SkuContent
from app.kit.errors import BadInput


@dataclass(frozen=True, slots=True)
class MediaChoice:
    """A medium as an editor names it: one that is there by its key, or a new picture by its upload."""

    alt: str
    key: str | None = None
    upload_id: int | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """What changes; whatever is not named stays.

    `fields`: values of Content by name. `skus`: whole specifications, by code in place of those that are there, or new
    and last. `media`: all of them in order, None when they stay.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    skus: Sequence[SkuContent] = ()
    media: Sequence[MediaChoice] | None = None


class BadEdit(BadInput):
    """An edit names something that is not there, or the same thing twice."""


_BLANK: Mapping[str, Any] = {
    "subtitle": "",
    "description": "",
    "origin": "",
    "allergens": (),
    "storage_min_c": None,
    "storage_max_c": None,
}
_NEEDED = frozenset(Content.__dataclass_fields__) - _BLANK.keys() - {"skus", "media"}


def first(edit: Edit) -> Content:
    """What a new product's first edit begins with: its own fields, what may come later blank, no SKUs and no media.

    Raises:
        BadEdit: something is missing that a draft must have.
    """
    missing = sorted(_NEEDED - edit.fields.keys())
    if missing:
        raise BadEdit(f"a new product needs {', '.join(missing)} too")
    return Content(**{**_BLANK, **edit.fields})


def new_uploads(content: Content, edit: Edit, known: Mapping[int, MediaContent]) -> list[int]:
    """The uploads an edit brings that `content` has not got; `known` are pictures by the upload they came from.

    Raises:
        BadEdit: a medium that is named neither by a key nor by an upload, or by both.
    """
    there = {each.storage_key for each in content.media}
    found = []
    for each in edit.media or ():
        if (each.key is None) == (each.upload_id is None):
            raise BadEdit("name each medium by its key, or by its upload")
        if each.upload_id is not None:
            medium = known.get(each.upload_id)
            if medium is None or medium.storage_key not in there:
                found.append(each.upload_id)
    return found


def apply(content: Content, edit: Edit, uploads: Mapping[int, MediaContent]) -> Content:
    """`content` after an edit; `uploads` has the pictures of its new media, by upload.

    Raises:
        BadEdit: a key of no medium of it, or the same SKU or medium twice.
    """
    own = dict(edit.fields)
    if "allergens" in own:
        own["allergens"] = tuple(sorted({each.strip() for each in own["allergens"]}))
    new = {sku.code: sku for sku in edit.skus}
    if len(new) != len(edit.skus):
        raise BadEdit("name each SKU once")
    there = {sku.code for sku in content.skus}
    skus = [*(new.get(sku.code, sku) for sku in content.skus), *(sku for sku in edit.skus if sku.code not in there)]
    media = content.media if edit.media is None else _media(content, edit.media, uploads)
    return replace(content, **own, skus=tuple(skus), media=media)


def _media(
    content: Content, choices: Sequence[MediaChoice], uploads: Mapping[int, MediaContent]
) -> tuple[MediaContent, ...]:
    by_key = {each.key: each for each in content.media}
    found = []
    for choice in choices:
        medium = uploads.get(choice.upload_id) if choice.upload_id is not None else by_key.get(choice.key or "")
        if medium is None:
            raise BadEdit("there is no such medium: name it by a key this content has")
        found.append(replace(medium, alt=choice.alt))
    if len({each.key for each in found}) != len(found):
        raise BadEdit("name each medium once")
    return tuple(found)


_GIVEN = frozenset(Content.__dataclass_fields__) - {"skus", "media", "storage_min_c", "storage_max_c"}


def edit_of(given: Mapping[str, Any], skus: Sequence[SkuContent], media: Sequence[MediaChoice] | None) -> Edit:
    """The edit that says what a client gave: None stays; `temperature` has both bounds, `min_c` and `max_c`."""
    fields = {name: _plain(given[name]) for name in _GIVEN if given[name] is not None}
    if given["temperature"] is not None:
        fields |= {"storage_min_c": given["temperature"].min_c, "storage_max_c": given["temperature"].max_c}
    return Edit(fields, skus, media)


def sku_of(given: Mapping[str, Any]) -> SkuContent:
    """The specification a client gave, by the names of SkuContent; prices under `price` and `list_price`."""
    named = {"price": "price_fen", "list_price": "list_price_fen"}
    return SkuContent(**{named.get(name, name): value for name, value in given.items()})


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value
