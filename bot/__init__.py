"""The outside world: channels, stores, settings and the command line."""
