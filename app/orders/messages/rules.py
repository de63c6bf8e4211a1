"""What a message says, without I/O: the fields of each template in the forms that WeChat takes."""

from dataclasses import dataclass
from datetime import datetime

from app.kit import ids
from app.kit.clock import SHANGHAI
from app.orders.messages.enums import MessageTemplate

MOST_THING = 20  # characters of a "thing": WeChat refuses longer ones (47003)
PAGE = "pages/order/detail?id={}"


class BadTemplates(ValueError):  # noqa: N818 - refusals carry no suffix
    """The text names no templates as the settings want them."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What messages are made of: about an order, and about a refund or a substitute where it is about one."""

    order_id: int
    order_number: str
    point_name: str
    slot_ends_at: datetime
    refund_fen: int | None
    substitute_name: str | None
    answer_by: datetime | None


def texts(template: MessageTemplate, facts: Facts, now: datetime) -> dict[str, str]:
    """The fields of a message by their names in WeChat's template, which the shop chose once in its console."""
    order = {"character_string1": facts.order_number}
    if template is MessageTemplate.ORDER_READY:
        return order | _waiting(facts, "商品已备好，请凭取货码自提")
    if template is MessageTemplate.PICKUP_REMINDER:
        return order | _waiting(facts, "自提时段即将结束，请尽快取货")
    if template is MessageTemplate.REFUND_DONE:
        return order | {"amount2": _yuan(facts.refund_fen or 0), "thing3": "退款已原路退回", "time4": _time(now)}
    return order | {
        "thing2": _thing(facts.substitute_name or "替换商品"),
        "time3": _time(facts.answer_by or now),
        "thing4": "商品缺货，请确认是否替换",
    }


def page(order_id: int) -> str:
    """What the message opens."""
    return PAGE.format(ids.encode("Order", order_id))


def _waiting(facts: Facts, tip: str) -> dict[str, str]:
    return {"thing2": _thing(facts.point_name), "time3": _time(facts.slot_ends_at), "thing4": tip}


def _thing(text: str) -> str:
    """At most MOST_THING characters on one line; what is longer ends with an ellipsis."""
    plain = " ".join(text.split())
    return plain if len(plain) <= MOST_THING else plain[: MOST_THING - 1] + "…"


def _time(moment: datetime) -> str:
    """In the shop's time, as WeChat writes it."""
    local = moment.astimezone(SHANGHAI)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def _yuan(fen: int) -> str:
    return f"¥{fen // 100}.{fen % 100:02}"


def parse_templates(text: str) -> dict[MessageTemplate, str]:
    """The ids of templates in `ORDER_READY=id,REFUND_DONE=id`; those left out are not sent.

    Raises:
        BadTemplates: another form, or a template the shop has not.
    """
    found: dict[MessageTemplate, str] = {}
    for entry in filter(None, text.split(",")):
        name, equals, template_id = (part.strip() for part in entry.partition("="))
        if not equals or not template_id or name not in MessageTemplate.__members__:
            raise BadTemplates(f"WECHAT_TEMPLATES is {MessageTemplate.ORDER_READY}=id,{MessageTemplate.REFUND_DONE}=id")
        found[MessageTemplate(name)] = template_id
    return found
