"""Curated questions and answers over the documents: data with citations, linted like the rules.

See docs/authoring.md for how an entry is written.
"""

from knowledge.faq.load import load_faq
from knowledge.faq.model import Cite, Entry, Kind
from knowledge.faq.render import render

__all__ = ["Cite", "Entry", "Kind", "load_faq", "render"]
