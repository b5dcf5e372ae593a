"""The kind of a change: how much it matters, with the reasons in words.

Every altered word is `substantive` unless there is evidence that it is less. `verdict` takes the gravest of what the
places of a change are evidence of; `altered` asks for the evidence of a place in words, form after form. The forms are
in `lesser`, by subject. Each other module knows what they ask of words: `dates` (the document's own date, copyright
years), `contact` (addresses and names of the same party), `wording` and `same_words` (capitals, punctuation,
cross-references, typing errors), `headings`, `links` (where a link leads).
"""
