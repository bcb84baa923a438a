"""The hotline desk: finding clauses, checking a caller, taking over a conversation. For signed-in staff only."""
