"""Articles ranked for a question, and the sentence of each that answers it."""
