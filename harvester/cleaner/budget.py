"""The limit of one page's output: markup that is small on the wire can expand to gigabytes.

Lines inside nested quotations each repeat all signs of quotation, and links to short names each repeat a long base.
"""

from __future__ import annotations

from harvester.errors import CleaningError

MOST_CHARACTERS = 10_000_000
"""Characters of a document, and of the addresses of its links; the longest policies known hold 1,000,000.

To judge and compare as many takes some 4 seconds and 400 MB.
"""


class Budget:
    """Characters that may still be written for one page."""

    __slots__ = ("left",)

    def __init__(self, characters: int = MOST_CHARACTERS) -> None:
        self.left = characters

    def spend(self, characters: int) -> None:
        """Take `characters` off; raises CleaningError ``too-costly`` when there are not as many left."""
        self.left -= characters
        if self.left < 0:
            raise CleaningError("too-costly", f"its text or its links come to more than {MOST_CHARACTERS:,} characters")
