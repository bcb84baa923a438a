"""Checking a caller at one sitting: what a person at the desk fills in, only as far as it matters. Pure."""
