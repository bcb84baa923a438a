"""Dialogue logic: what is asked, understood and answered."""
