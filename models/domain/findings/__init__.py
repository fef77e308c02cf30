"""Findings: what could use a hand, as of a date (domain §2.5). They ask; nothing is stopped by itself.

`kinds` are the reasons with their figures, `state` is what they are made from, `of_experiments` and
`of_projects` are the rules, `raising` puts them together.
"""
