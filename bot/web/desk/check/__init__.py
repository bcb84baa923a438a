"""The quick check: a caller's facts in one form, what follows from them, other districts, and what if."""
