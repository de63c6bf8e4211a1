"""Each rule of the binding finds what it is there for, in a schema made wrong on purpose."""

import strawberry
from graphql import GraphQLSchema

from resolvers.node import LOADERS
from tests.schema import binding_rules as rules
from tests.schema import wrong


def built(query: type) -> GraphQLSchema:
    """The schema of a throw-away root."""
    return strawberry.Schema(query=query)._schema


def test_a_relation_without_resolver_is_found() -> None:
    """It would be awaited by graphql-core, one statement per row."""
    assert rules.unreadable(built(wrong.OneRelation)) == ["Product.category is a relation: a statement per row"]


def test_a_misspelt_attribute_is_found() -> None:
    """It would answer null, or an error."""
    assert rules.unreadable(built(wrong.OneTypo)) == ["Product.nmae is no column, property or attribute of Product"]


def test_a_raw_key_is_found() -> None:
    """A resolver of its own does not make an id global."""
    assert rules.ids_not_global(built(wrong.OneRawId)) == ["Product.id is not the global id"]


def test_a_crossed_resolver_is_found() -> None:
    """A resolver of categories on a product."""
    assert rules.crossed(built(wrong.OneCrossed)) == [
        "Product.name is read by a resolver of Category",
        "Product.children is read by a resolver of Category",
    ]


def test_a_column_that_does_not_fit_is_found() -> None:
    """By null, and by type; the array of numbers fits."""
    assert rules.misfits(built(wrong.OneNullable)) == [
        "Product.price_from_fen: Int! is given int | None",
        "Product.slug: Int! is given <class 'str'>",
    ]


def test_a_resolver_that_does_not_fit_is_found() -> None:
    """By null, by class, by list and by the null in a list; what is awaited is looked through."""
    found = [problem.partition(":")[0] for problem in rules.misfits(built(wrong.Misfits))]
    assert found == ["Query.never_null", "Query.other", "Query.one", "Query.many", "Query.some"]


def test_two_sources_of_a_type_are_found() -> None:
    """A type without `@of` is of what is handed over, which must be one thing."""
    (problem,) = rules.sources_disagree(built(wrong.Ambiguous))
    assert problem.startswith("Condition is of ")


def test_another_source_than_declared_is_found() -> None:
    """A category handed over as a product."""
    (problem,) = rules.sources_disagree(built(wrong.Misfits))
    assert problem.startswith("Product is of ")


def test_a_node_without_source_is_found() -> None:
    """Behind an interface, rows need `@of`."""
    assert rules.unmarked(built(wrong.Nodes)) == ["Product has no @of"]


def test_a_node_that_cannot_be_fetched_again_is_found() -> None:
    """No loader under its name, or rows of another name, or a loader left over."""
    left_over = [f"{name} has a loader but is no Node" for name in sorted(LOADERS.keys() - {"Product"})]
    expected = ["Goods has no loader", *left_over, "Goods is of Product"]
    assert rules.not_refetchable(built(wrong.Nodes)) == expected


def test_a_result_of_another_shape_is_found() -> None:
    """No union, a union of another name, with two successes or without a refusal, and a refusal of another name."""
    found = rules.bad_results(strawberry.Schema(query=wrong.Empty, mutation=wrong.Writes)._schema)
    assert found == [
        "noUnion answers no union",
        "twoSuccesses has 2 successes, 1 refusals",
        "twoSuccesses answers Two",
        "Gone is of ProductNotFound",
        "noRefusal has 1 successes, 0 refusals",
    ]
