"""A conversation that a person is asked for, and that an operator holds for a while."""
