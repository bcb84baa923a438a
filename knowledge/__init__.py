"""Words: reading amounts, and the figures people type, as the values the law is judged by."""
