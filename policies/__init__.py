"""Policy documents, their schema and their facts."""
