"""Everything that can be wrong with an FAQ entry and still load: figures, status, tone."""

from knowledge.faq.lint.run import lint_faq

__all__ = ["lint_faq"]
