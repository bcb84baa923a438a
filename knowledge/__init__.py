"""Knowledge drawn from the policies: lookup, search and evaluation."""
