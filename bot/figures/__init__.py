"""Figures for staff: what is counted, what the documents do not answer, and the tables made of it."""
