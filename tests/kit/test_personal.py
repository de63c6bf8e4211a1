"""The register of personal columns is whole: a new column or table cannot slip in unclassified."""

import re
from collections.abc import Iterable, Mapping
from importlib import import_module
from inspect import getmembers, isclass

import pytest
from tortoise import fields
from tortoise.models import Model

from app.accounts.models import Customer
from app.kit.fields import ref
from app.kit.personal import REGISTER, Erase, Mask, PersonalTable, declare, masked
from app.kit.rows import columns_of
from app.tables import MODELS

TELLING = re.compile(
    r"phone|mobile|openid|unionid|email|mail|address|birth|avatar|nickname|real_name|id_card|wechat|ip_"
)
NOBODYS = {  # table.column: why it says nothing about a person
    "pickup_point.phone": "the shop's own line",
    "pickup_point.address": "where the shop is",
}


def models() -> list[type[Model]]:
    """Every model of the one app."""
    return [
        model
        for name in MODELS
        for _, model in getmembers(import_module(name), isclass)
        if issubclass(model, Model) and model.__module__ == name
    ]


def unclassified(tables: Iterable[type[Model]], register: Mapping[str, PersonalTable]) -> list[str]:
    """What is missing from the register or in it wrongly, a line each.

    A table that points at a customer or has a column with a telling name must be declared, and each of a
    declared table's columns must be in exactly one of its two lists.
    """
    found = []
    for model in tables:
        table, columns = str(model._meta.db_table), set(columns_of(model))
        entry = register.get(table)
        if entry is None:
            telling = {column for column in columns if TELLING.search(column) and f"{table}.{column}" not in NOBODYS}
            pointing = {
                f"{name}_id"
                for name in model._meta.fk_fields
                if getattr(model._meta.fields_map[name], "model_name", "") == "shop.Customer"
            }
            found += [f"{table}.{column}: table not declared" for column in sorted(telling | pointing)]
            continue
        personal, plain = set(entry.personal), set(entry.plain)
        found += [f"{table}.{column}: in neither list" for column in sorted(columns - personal - plain)]
        found += [f"{table}.{column}: in both lists" for column in sorted(personal & plain)]
        found += [f"{table}.{column}: no such column" for column in sorted((personal | plain) - columns)]
    return found


def test_every_column_of_a_person_is_declared() -> None:
    """Of all models there are."""
    assert len(models()) >= 40
    assert unclassified(models(), REGISTER) == []


class Complaint(Model):
    """A throw-away model that points at a customer and keeps a phone number."""

    id = fields.BigIntField(primary_key=True)
    customer = ref("Customer")
    contact_phone = fields.CharField(max_length=20)
    text = fields.TextField()

    class Meta:
        """Never in a database."""

        table = "complaint"


def test_an_undeclared_table_with_a_customer_or_a_telling_name_is_found() -> None:
    """The rule would fail on it."""
    assert unclassified([Complaint], {}) == [
        "complaint.contact_phone: table not declared",
        "complaint.customer_id: table not declared",
    ]


def test_a_column_in_no_list_or_in_both_or_in_no_table_is_found() -> None:
    """Each mistake in a declaration has its own line. The declaration is taken back: others read the register."""
    facts = ("answering", "a year", Mask.HIDDEN, Erase.DELETE_ROW)
    entry = declare(Complaint, plain=("id", "customer_id", "colour"), customer_id=facts)
    del REGISTER["complaint"]
    assert unclassified([Complaint], {"complaint": entry}) == [
        "complaint.contact_phone: in neither list",
        "complaint.text: in neither list",
        "complaint.customer_id: in both lists",
        "complaint.colour: no such column",
    ]


def test_a_declaration_says_what_may_be_asked_about_a_column() -> None:
    """Purpose, retention, mask and erasure of a customer's phone."""
    column = REGISTER["customer"].personal["phone_sealed"]
    assert REGISTER["customer"].model is Customer
    assert (column.table, column.column, column.purpose, column.retention, column.mask, column.erase) == (
        "customer",
        "phone_sealed",
        "contact about an order",
        "until closure",
        Mask.PHONE,
        Erase.NULL,
    )


@pytest.mark.parametrize(
    ("value", "mask", "shown"),
    [
        ("13800138000", Mask.PHONE, "138****8000"),
        ("12345678", Mask.PHONE, "123****5678"),
        ("1234567", Mask.PHONE, "***"),
        ("王小明", Mask.NAME, "王***明"),
        ("王明", Mask.NAME, "王*"),
        ("王", Mask.NAME, "王*"),
        ("", Mask.NAME, "***"),
        ("13800138000", Mask.HIDDEN, "***"),
    ],
)
def test_masks_show_no_more_than_they_say(value: str, mask: Mask, shown: str) -> None:
    """What someone without the right sees."""
    assert masked(value, mask) == shown
