"""What a plan is told to be, and what is wrong with it."""

from typing import Any

from app.bench.explained import Explained, explained

SIZES = {"product": 30_000, "category": 62}


def read(**node: Any) -> Explained:
    """A plan of one node."""
    plan = {"Query Text": "SELECT", "Plan": {"Actual Rows": 1.0, "Actual Loops": 1, **node}}
    return explained("ProductList", "force_custom_plan", plan, SIZES)


def test_a_large_table_read_from_end_to_end_is_a_problem() -> None:
    """A small one is not."""
    scan = {"Node Type": "Seq Scan", "Relation Name": "product"}
    assert read(**scan).problems == ("reads all of product",)
    assert read(**scan | {"Relation Name": "category"}).problems == ()


def test_a_node_that_throws_most_away_is_a_problem() -> None:
    """Over all its loops, and not when it gives a tenth."""
    node = {"Node Type": "Index Scan", "Relation Name": "product", "Index Name": "product_newest", "Actual Loops": 2}
    wasting = read(**node, **{"Actual Rows": 10.5, "Rows Removed by Filter": 6000})
    assert wasting.problems == ("Index Scan product reads 12021 rows and gives 21",)
    assert (wasting.read, wasting.given, wasting.indexes) == (12021, 21, {"product_newest"})
    assert read(**node, **{"Actual Rows": 700.0, "Rows Removed by Filter": 6000}).problems == ()
    assert read(**node, **{"Actual Rows": 1.0, "Rows Removed by Index Recheck": 2000}).problems == ()


def test_nodes_below_are_looked_at() -> None:
    """Wherever they stand."""
    below = {"Node Type": "Seq Scan", "Relation Name": "product", "Actual Rows": 5.0, "Actual Loops": 0}
    found = read(**{"Node Type": "Limit", "Plans": [{"Node Type": "Sort", "Plans": [below]}]})
    assert found.problems == ("reads all of product",)
    assert (found.tables, found.read, found.given) == ({"product"}, 0, 1)
