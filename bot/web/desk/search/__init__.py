"""Finding a clause: one box, filters, the article in full, and the words to say on the phone."""
