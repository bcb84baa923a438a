"""Where people write from: one adapter a channel."""
