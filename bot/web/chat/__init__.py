"""The page on which an enterprise talks with the assistant."""
