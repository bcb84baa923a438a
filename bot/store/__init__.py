"""Where conversations and messages under way are kept: one interface, two stores."""
