"""What a conversation says and does when a person is asked for, and while one holds it."""
