"""The kind of a change: how much it matters, with the reasons in words.

Every altered word is `substantive` unless there is evidence that it is less. `verdict` takes the gravest of what the
places of a change are evidence of; `altered` asks for the evidence of a place in words, form after form. Each other
module knows one kind of it: `dates` (the document's own date, copyright years), `contact` (addresses and names of the
same party), `wording` and `slips` (capitals, punctuation, cross-references, typing errors), `headings`, `links` (where
a link leads).
"""
