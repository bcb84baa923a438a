"""The format of the rule files: one pydantic model per part."""
