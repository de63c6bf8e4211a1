"""How long rows are kept, as data: a rule per table, and what removes a batch of those over their time.

Source of the duty: PIPL articles 19 and 47 (no longer than needed), and the laws that want longer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.kit.db import RequestConnection

BATCH = 1_000  # rows removed in one transaction


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows of `table` go when `kept` has passed since `since`, SQL over the row `t` (null: its time has not begun).

    `where`: which rows the rule is about. `why`: the law or the need behind the term.
    """

    table: str
    kept: timedelta
    since: str
    why: str
    where: str = "true"

    @property
    def statement(self) -> str:
        """Removes rows whose time began before $1, at most $2; answers how many.

        What another transaction holds is left to the next run: nobody waits for anybody.
        """
        return f"""WITH over AS (
  SELECT t.id FROM {self.table} t WHERE {self.where} AND {self.since} < $1 LIMIT $2 FOR UPDATE OF t SKIP LOCKED
), gone AS (DELETE FROM {self.table} d USING over WHERE d.id = over.id RETURNING 1)
SELECT count(*)::int AS removed FROM gone"""


@dataclass(frozen=True, slots=True)
class Ledger(Rule):
    """A rule about rows the serving role may not delete: a function of the database does, and knows the term itself."""

    function: str = ""

    @property
    def statement(self) -> str:
        """As a rule's; the function is given $2 alone."""
        return f"SELECT {self.function}($2) AS removed WHERE $1::timestamptz IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Blank(Rule):
    """A rule about rows that stay while one of their columns goes: `column` becomes `value`, SQL that tells nothing."""

    column: str = ""
    value: str = "NULL"

    @property
    def statement(self) -> str:
        """As a rule's; counts the rows that told something."""
        return f"""WITH over AS (
  SELECT t.id FROM {self.table} t WHERE {self.where} AND {self.since} < $1
    AND t.{self.column} IS DISTINCT FROM {self.value} LIMIT $2 FOR UPDATE OF t SKIP LOCKED
), gone AS (UPDATE {self.table} d SET {self.column} = {self.value} FROM over WHERE d.id = over.id RETURNING 1)
SELECT count(*)::int AS removed FROM gone"""


async def remove(tx: RequestConnection, rule: Rule, now: datetime) -> int:
    """How many rows of one batch went.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    return int((await tx.fetch(rule.statement, now - rule.kept, BATCH))[0]["removed"])
