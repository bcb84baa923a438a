"""Conversations in which a person was asked for: who waits, what was said, taking over and giving back."""
