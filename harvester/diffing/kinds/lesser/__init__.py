"""Forms of a change that are less than substantive: of a place, each function gives its finding, or None.

`altered` asks for them, in the order in which it lists them. `place` is what they are asked about; each other module
knows the forms of one subject.
"""
