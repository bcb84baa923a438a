"""What goes wrong with a store, apart from the stores: whoever reports it need not load them."""

from __future__ import annotations


class StoreError(Exception):
    """Conversations cannot be kept or read; the message (Chinese) names the place and says what to do."""
