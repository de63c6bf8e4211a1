"""Whatever is told, in whatever order and however often: the ledger balances."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.payments.enums import ChargeKind
from app.payments.errors import RefundKeyReused, RefundTooLarge
from app.payments.gateway import RefundStatus
from app.payments.models import GrantedRefund
from tests.payments.till import UNBALANCED, Till

CHARGES = st.tuples(st.just("charge"), st.sampled_from(["T1", "T2"]), st.sampled_from([1000, 1000, 400]))
GRANTS = st.tuples(st.just("grant"), st.sampled_from("abcd"), st.sampled_from([1, 333, 600, 1000]))
REPORTS = st.tuples(st.just("report"), st.sampled_from("abcd"), st.sampled_from(list(RefundStatus)))
CLOSE = st.tuples(st.just("close"), st.just(""), st.just(0))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.one_of(CHARGES, GRANTS, REPORTS, REPORTS, CLOSE), min_size=4, max_size=14))
async def test_every_interleaving_balances(till: Till, steps: list[tuple[str, str, int | RefundStatus]]) -> None:
    """Charges, grants and reports of refunds: paid - refunded is what the entries add up to, and never below zero."""
    payment = await till.open()
    granted: dict[str, GrantedRefund] = {}
    paid: list[str] = []
    for step, name, value in steps:
        if step == "charge" and isinstance(value, int):
            outcome = await till.charge(payment, f"{name}-{payment.id}", value)
            paid += [name] if outcome.kind is ChargeKind.PAID else []
        elif step == "grant" and isinstance(value, int):
            try:
                granted[name] = await till.grant(payment, name, value)
            except (RefundTooLarge, RefundKeyReused):
                continue
        elif step == "close":
            sql = "UPDATE payment SET closing_at = now(), closed_at = now() WHERE id = $1 AND paid_at IS NULL"
            await till.owner.execute(sql, payment.id)
        elif name in granted and isinstance(value, RefundStatus):
            for number in (granted[name].out_refund_no, f"{granted[name].out_refund_no}B"):
                await till.report(number, granted[name].amount_fen, value)
        came, owed, back = await till.counters(payment)
        assert 0 <= back <= owed <= came
    assert await till.owner.fetch(UNBALANCED) == []
    assert len(paid) <= 1
