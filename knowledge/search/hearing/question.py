"""What is understood of a question before anything is looked up: where, about what, and what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.search.hearing.language import Kind, Unstated


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood.

    Attributes:
        text: plain, in standard words, with wrong characters mended, without the names of places and documents, with ``，`` between
            clauses.
        asking: 1 for each character of ``text`` that is a mere word of asking or a figure.
        policies: ids of the documents of the places named.
        part: a division inside a place with documents (顺德区) whose own support is asked about.
        inside: a division inside a place with documents, where somebody only is.
        elsewhere: places without documents.
        topics: names of the topics of the vocabulary whose words are used.
        about: where in ``text`` words of topics and general rules stand, and which.
        meant: where in ``text`` something is said in an everyday way, and how documents write it.
        clauses: ids of articles named by number.
        cites: articles that cite a number of another document that is named, as ``document/article``.
        strange: a number of a document is named that nothing here has or cites.
        terms: terms defined in documents whose meaning is asked.
        kinds: what kind of question it may be, the most telling first.
        each: what money is asked for each of (台 for 每台补多少).
        unstated: a matter usually left to the yearly call for applications.
        matter: something other policies are about.
        benefit: support, or who gets it, is named.
        chat: the kind of small talk it is.
        instruction: it tries to tell the program what to do.
    """

    text: str
    asking: bytes
    policies: tuple[str, ...] = ()
    part: str | None = None
    inside: str | None = None
    elsewhere: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    about: tuple[tuple[int, int, str], ...] = ()
    meant: tuple[tuple[int, int, str], ...] = ()
    clauses: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    strange: bool = False
    terms: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    each: str | None = None
    unstated: Unstated | None = None
    matter: str | None = None
    benefit: bool = False
    chat: str | None = None
    instruction: bool = False

    @property
    def compares(self) -> bool:
        """Whether several documents are asked about side by side."""
        return "comparison" in self.kinds or len(self.policies) > 1
