"""The assistant itself: command line and terminal."""
