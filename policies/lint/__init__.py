"""``lint``: the officer's compiler. See docs/authoring.md for what it says and how to mend it."""

from policies.lint.run import lint, write_boundaries
from policies.lint.schema import schemas_are_current, write_schemas

__all__ = ["lint", "schemas_are_current", "write_boundaries", "write_schemas"]
