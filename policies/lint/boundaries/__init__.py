"""Cases made from the rules themselves: each bound and one step to each side, each condition failing and unknown.

They say nothing about whether a rule is right: an officer reads them in the diff of ``boundary.yaml`` when a rule
changes, and ``lint`` tells when what a rule computes, or the place it cites, is no longer what was agreed.
"""
