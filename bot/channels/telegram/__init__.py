"""Telegram: updates in, the conversation's replies out."""
