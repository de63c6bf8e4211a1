"""What in the schema breaks clients of the last release, and whether the changelog says so.

The rule: `schema/released.graphql` is the schema of the last release. Each breaking change against it, as
graphql-core's `find_breaking_changes` words it (`Field Product.price was removed`), needs a line with these words under
`### Breaking` of `## Unreleased` in CHANGELOG.md; behind them the line tells what clients do instead.
`yougou schema --release` makes the present schema the released one.
"""

import re

from graphql import GraphQLSchema, build_schema, find_breaking_changes

_UNRELEASED = re.compile(r"^## Unreleased$(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_BREAKING = re.compile(r"^### Breaking$(.*?)(?=^### |\Z)", re.MULTILINE | re.DOTALL)


def unannounced(released: str, present: GraphQLSchema, changelog: str) -> list[str]:
    """The breaking changes from the schema text `released` to `present` that `changelog` does not list."""
    told = _announced(changelog)
    found = sorted(each.description.rstrip(".") for each in find_breaking_changes(build_schema(released), present))
    return [each for each in found if not any(each in line for line in told)]


def _announced(changelog: str) -> list[str]:
    """The lines of the unreleased breaking changes, those that go on in a second line as one."""
    unreleased = _UNRELEASED.search(changelog)
    breaking = _BREAKING.search(unreleased[1]) if unreleased else None
    return [" ".join(each.split()) for each in re.split(r"^- ", breaking[1], flags=re.MULTILINE)] if breaking else []
