"""A page as a browser leaves it after its scripts, seen from inside an archive (docs/cleaner.md, "Rendered").

Playwright drives the system's Chromium (the extra ``browser``). The browser reaches no network: each of its requests is
blocked, or answered by a function that the caller gives. Its clock stands still while an answer is pending, begins at
the capture's time, and jumps over all waiting.
"""
