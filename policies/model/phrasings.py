"""``phrasings.yaml``: how people put what a document's articles answer."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from policies.model.base import Model, Names


class Phrasings(Model):
    """Whole questions by the id of the article that answers them; articles are found by them, answers never show them."""

    phrasings: Annotated[
        dict[str, Names],
        Field(description='条款编号到整句的问法，供检索用，例如 "6": [去年买云花了八十万能报回来多少]'),
    ]
