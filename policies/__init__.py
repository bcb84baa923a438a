"""The law: documents, articles, measures and the engine that judges them.

Pure: no clock, no chance, no network, and no disk once :func:`policies.load.load` has returned.
"""
