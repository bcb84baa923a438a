"""How people write numbers: amounts, shares, counts, dates; exact, vague or bounded.

``find`` takes every quantity out of a sentence, ``read`` a text that is one quantity. What cannot be read whole is
refused: a refusal costs one question, a silent error changes an award. The strict notation of the rule files
(:mod:`policies.notation`) is read with the same values.
"""

from knowledge.amounts.quantity import COUNT, DATE, AmountError, Quantity
from knowledge.amounts.scan import find, read

__all__ = ["COUNT", "DATE", "AmountError", "Quantity", "find", "read"]
