"""How a version or a change is cited: APA, BibTeX and CSL-JSON, each as text to be copied."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from harvester.catalogue.document_types import split_name

_LATEX = str.maketrans(
    {one: f"\\{one}" for one in "&%$#_"}
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"}
    | {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
)
"""The signs that LaTeX reads as its own: a ``%``, of which addresses are full, would hide the rest of a note."""


@dataclass(frozen=True, slots=True)
class Citation:
    """One form of a citation."""

    key: str
    form: str
    text: str


def citations(document: str, seen: datetime, url: str, note: str) -> list[Citation]:
    """Return the forms in which a document is cited that a service showed when it was `seen`; `url` leads to it.

    The author is the service by its domain: who wrote its policy is not known.
    """
    service, type_ = split_name(document)
    title = type_.capitalize()
    # Braces and backslashes would end or alter a field of BibTeX.
    url = quote(url, safe="%/:?#[]@!$&'()*+,;=~")
    day = f"{seen.year}, {seen:%B} {seen.day}"
    key = f"{document.replace('/', '-')}-{seen:%Y%m%d}"
    bibtex = [
        f"@misc{{{key},",
        f"  author = {{{{{service.translate(_LATEX)}}}}},",
        f"  title = {{{title}}},",
        f"  year = {{{seen.year}}},",
        f"  month = {seen.month},",
        f"  day = {seen.day},",
        f"  note = {{{note.translate(_LATEX)}}},",
        f"  url = {{{url}}}",
        "}",
    ]
    csl = {
        "id": key,
        "type": "webpage",
        "author": [{"literal": service}],
        "title": title,
        "issued": {"date-parts": [[seen.year, seen.month, seen.day]]},
        "note": note,
        "URL": url,
    }
    return [
        Citation("apa", "APA", f"{service}. ({day}). {title} [{note}]. {url}"),
        Citation("bibtex", "BibTeX", "\n".join(bibtex)),
        Citation("csl", "CSL-JSON", json.dumps([csl], ensure_ascii=False, indent=1)),
    ]
