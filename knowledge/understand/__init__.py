"""One sentence to several facts: what is certain, what must be asked back, and what is not a fact at all."""

from knowledge.understand.reader import Reader
from knowledge.understand.understood import Uncertain, Understood

__all__ = ["Reader", "Uncertain", "Understood"]
