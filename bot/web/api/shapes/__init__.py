"""The objects of the API as pydantic models: what its description promises, and what the tests hold it to.

The objects themselves are made where the command line makes them; a model here only describes one.
"""
