"""The same in another form: marks, order, slips of the pen."""
