"""The type of a resolver's `info`: whose request it is."""

from typing import TypeAlias

import strawberry

from app.context import Context

Info: TypeAlias = strawberry.Info[Context, None]
