"""Who may run what now: the one gate before execution, for requests and for subscriptions."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis
from starlette.types import Scope

from app.http.addresses import address_of
from app.http.errors import Code, RequestRefused
from app.http.prepared import Prepared
from app.http.scopes import require
from app.kit.bucket import Plan
from app.kit.caller import Caller, CallerKind
from app.kit.leases import Ask, Leases
from app.settings import Settings

COST_HEADER = "graphql-cost"  # a request with it is told its cost; its answer is for nobody else to keep
LEAST = 1  # point of a request, whatever it asks for

_BURST_SECONDS = 20
_DEVELOPMENT_WIDTH = 1_000


@dataclass(frozen=True, slots=True)
class Admitted:
    """A request that may run. `requested`: what it costs at most. `bucket`: the one its caller is told of.

    `address`: where it comes from.
    """

    requested: int
    bucket: Ask
    address: str


class Admission:
    """Lets documents through by scopes, by cost and by the buckets they are paid from.

    Everybody pays from the bucket of the address the request comes from, and who is no visitor from its own as well.
    """

    def __init__(self, leases: Leases, *, caller: Plan, address: Plan, trusted_hops: int) -> None:
        self._leases = leases
        self._caller = caller
        self._address = address
        self._trusted_hops = trusted_hops

    @classmethod
    def of(cls, settings: Settings, leases: Leases) -> "Admission":
        """As the installation says. A bucket holds what comes back in 20 seconds; in development it is never empty."""
        width = 1 if settings.is_production else _DEVELOPMENT_WIDTH

        def plan(points: int) -> Plan:
            return Plan(points * width * _BURST_SECONDS, points * width)

        caller, address = plan(settings.caller_points), plan(settings.address_points)
        return cls(leases, caller=caller, address=address, trusted_hops=settings.trusted_hops)

    async def admit(
        self,
        document: Prepared,
        operation_name: str | None,
        variables: Mapping[str, Any] | None,
        caller: Caller,
        scope: Scope,
    ) -> Admitted:
        """Takes the points of an operation of `document`, asked by `caller` over the connection of `scope`.

        Raises:
            RequestRefused: OPERATION_RESOLUTION_FAILURE: there is no such operation. UNAUTHENTICATED or FORBIDDEN: a
                scope is missing. COST_EXCEEDED: it costs more than one request may. THROTTLED: the points are not
                there yet; nothing was taken.
        """
        document.operation(operation_name)
        require(document.scopes, caller)
        points = max(LEAST, document.cost.of(operation_name, variables))
        if points > document.limits.cost:
            raise _too_dear(points, document.limits.cost)
        redis: Redis = scope["state"]["redis"]
        address = address_of(scope, self._trusted_hops)
        buckets = [Ask(f"points:address:{address}", self._address)]
        if caller.kind is not CallerKind.VISITOR:
            buckets.insert(0, Ask(f"points:{caller}", self._caller))
        if wait := await self._leases.take(redis, buckets, points):
            raise _throttled(math.ceil(wait))
        return Admitted(points, buckets[0], address)

    def told(self, admitted: Admitted, actual: int) -> dict[str, Any]:
        """`extensions.cost` of an answer that came to `actual` points."""
        plan = admitted.bucket.plan
        throttle = {
            "maximum": plan.capacity,
            "available": self._leases.available(admitted.bucket),
            "restoreRate": plan.rate,
        }
        return {"requested": admitted.requested, "actual": actual, "throttle": throttle}


def _too_dear(points: int, maximum: int) -> RequestRefused:
    message = f"This costs {points} points; the most is {maximum}. Ask for shorter lists, or in several requests."
    facts = {"cost": points, "maximum": maximum}
    return RequestRefused(400, Code.COST_EXCEEDED, message, is_well_formed=True, facts=facts)


def _throttled(seconds: int) -> RequestRefused:
    return RequestRefused(
        429,
        Code.THROTTLED,
        f"Too much at once. Ask again in {seconds} s.",
        is_well_formed=True,
        headers={"retry-after": str(seconds)},
        facts={"retryAfterSeconds": seconds},
    )
