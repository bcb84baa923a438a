"""The conversation: a pure state machine over an append-only log, and the choice of the next question."""
