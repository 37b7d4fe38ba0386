"""Findings as sentences, in the order of a reader.

Critical events come first, then the conclusion in one line, abnormal findings by weight, normal ones folded, and the
network beside them. Every rule is a function from a `Case` to sentences, in a module of one idea; it makes remarks,
`words` puts them into words. A rule is silent where what it needs was not measured; what is missing is said once.
"""
