"""How people say a fact: the ``heard`` part of a fact in ``facts.yaml``, in the notation of :mod:`policies.phrases`."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from policies.model.base import Model, Names, as_tuple


def _as_choices(raw: object) -> object:
    """Phrases of a fact without choices are kept under the empty name."""
    if raw is None or isinstance(raw, dict):
        return raw
    return {"": as_tuple(raw)}


Phrases = Annotated[
    dict[str, Names], BeforeValidator(_as_choices), Field(json_schema_extra={"type": ["object", "array"]})
]


class Answered(Model):
    """Phrases that stand for one ready answer: ``{is: 0项, says: [没做过标准]}``; ``in_context``: only beside an ``about``."""

    is_: Annotated[Any, Field(alias="is", description="答案，写法同例子里的 given，例如 0项、{at_least: 1项}")]
    says: Names
    in_context: bool = False


class Heard(Model):
    """What people say when this fact holds, or give its figure.

    ``says``: enough by itself; for a choice or a set, by choice. ``about``: what the talk must be about for ``then`` to count.
    ``not``: says the contrary of a yes/no fact. ``maybe``: only a hint, asked back. ``unlike``: sounds like it and is not.
    ``answers``: phrases that stand for a ready answer. ``denied``: the answer when the thing itself is denied (没有国标 is 0项).
    ``less``: figures to take off (a growth less that of the industry). ``below``: the
    figure said is how much less it is, a negative one (比行业低三个点). ``alone``: a figure that is all a clause says
    (，270人，) is this fact's, where nothing else takes it.
    """

    says: Phrases = {}
    about: Names = ()
    then: Phrases = {}
    not_: Annotated[Names, Field(alias="not", description="这些说法说明“否”")] = ()
    maybe: Names = ()
    unlike: Names = ()
    answers: tuple[Answered, ...] = ()
    denied: Annotated[Any, Field(description="没有、没做过时的答案，写法同例子里的 given，例如 0项")] = None
    less: Names = ()
    below: Names = ()
    alone: bool = False
