"""Questions understood: where they ask, about what, and what is asked of it."""
