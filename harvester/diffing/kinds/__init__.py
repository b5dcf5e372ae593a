"""The kind of a change: how much it matters, with the reasons in words.

Every altered word is `substantive` unless there is evidence that it is less; each module here knows one kind of
evidence: `dates` (the document's own date, copyright years), `contacts` (addresses and names of the same party),
`wording` (capitals, punctuation, typing errors, cross-references), `links` (where a link leads).
"""
