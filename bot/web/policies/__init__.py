"""The documents as they were published, article by article, with what follows from each: open to everybody."""
