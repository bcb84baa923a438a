"""The pages of the chat, from their templates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.web.common.pages import environment


class Pages:
    """Renders the pages. Made once; holds templates and what is the same on all of them."""

    def __init__(self, asset: Callable[[str], str], retention_days: int) -> None:
        """Load the templates. ``asset``: where a file beside a page is."""
        self._env = environment("bot.web.chat")
        self._env.globals |= {"asset": asset, "retention_days": retention_days}

    def render(self, template: str, **context: Any) -> str:
        """A page, or the part of it that a turn changes."""
        return self._env.get_template(template).render(**context)
