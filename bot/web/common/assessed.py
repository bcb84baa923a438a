"""An assessment as pages show it, as data for ``assessed.html``: documents with their measures, ranges as bars."""

from __future__ import annotations

from typing import Any

from bot.web.common.charts import bar, top_of
from dialogs.groups import DISPUTED, MET, NEAR, OPEN, in_group, items
from dialogs.present import Presenter
from policies.engine.assessment import Assessment


def assessed(presenter: Presenter, assessment: Assessment) -> dict[str, Any]:
    """The documents with their measures, each with what it folds open to, and of how many places they are."""
    documents = presenter.policies.documents(assessment)
    for document in documents:
        if document["nominal"] is not None:
            low, high = document["nominal"]
            document["scale"] = top_of([document["nominal"]])
            document["bar"] = bar(min(document["assured"], low), high, document["scale"])
    open_ = in_group(items(assessment), MET, DISPUTED, NEAR, OPEN)
    return {
        "documents": documents,
        "details": {item.number: presenter.measures.detail(item, assessment) for item in open_},
        "places": len({policy.policy.header.districts for policy in assessment.policies}),
    }
