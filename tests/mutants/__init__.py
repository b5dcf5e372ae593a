"""Do the tests notice an altered program? `python -m tests.mutants` alters it and runs the nearest tests.

``listed`` has alterations written by hand, each once unnoticed; ``generated`` makes others from the syntax. Neither is
part of the test suite: docs/mutants.md says how to run them, what was measured and which alterations survive.
"""
