"""Whether what was found answers: an answer, a near miss, or what the documents leave open."""
