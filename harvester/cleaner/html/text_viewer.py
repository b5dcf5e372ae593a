"""Plain text as Chromium shows it: the page of its built-in text viewer, one ``<pre>`` with the text in it.

Which types it shows is in its media type registry (mime_util.cc, ``kUnsupportedTextTypes`` for what it downloads).
"""

from __future__ import annotations

import html

_NOT_TEXT = frozenset({"text/html", "text/xml", "text/xsl"})
_DOWNLOADED = frozenset(
    {
        "text/calendar",
        "text/comma-separated-values",
        "text/csv",
        "text/directory",
        "text/ldif",
        "text/ofx",
        "text/qif",
        "text/rtf",
        "text/tab-separated-values",
        "text/tsv",
        "text/vcalendar",
        "text/vcard",
        "text/vnd.sun.j2me.app-descriptor",
        "text/x-calendar",
        "text/x-csv",
        "text/x-ms-iqy",
        "text/x-qif",
        "text/x-vcalendar",
        "text/x-vcard",
        "text/x-vcf",
    }
)
_SCRIPTS_AND_DATA = frozenset({"application/json", "application/javascript", "application/x-javascript"})


def shown_as_text(content_type: str | None) -> bool:
    """Return whether Chromium shows a body of this ``Content-Type`` in its text viewer."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind.startswith("text/"):
        return kind not in _NOT_TEXT and kind not in _DOWNLOADED
    return kind in _SCRIPTS_AND_DATA


def viewer_page(text: str) -> str:
    """Return the page that the viewer makes of `text`; the parser drops the line feed after ``<pre>``."""
    escaped = html.escape(text.replace("\x00", "\ufffd"), quote=False)
    return (
        '<html><head></head><body><pre style="word-wrap: break-word; white-space: pre-wrap;">\n'
        f"{escaped}</pre></body></html>"
    )
