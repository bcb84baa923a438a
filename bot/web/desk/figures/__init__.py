"""Figures: where people stop, which clauses results come to, what was asked in vain. Nothing of any one person."""
