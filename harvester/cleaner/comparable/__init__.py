"""The comparable text: a document without what differs between two captures of an unchanged page.

Two texts that say the same are the same: `EQUIVALENCES` lists what is taken as equal, and docs/history.md says of each
why that is true of pages in general. Letter case is not among them, a change of it is cosmetic. The document itself
keeps its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from harvester.cleaner.comparable import addresses, characters, link_marks, mail, paths

# A target in Markdown ends at white space or a bracket; brackets of its own are escaped.
_TARGET = r"((?:\\.|[^\s()<>\\])*)"
_ARCHIVE = r"https?://web\.archive\.org/web/"
_SNAPSHOT = re.compile(r"(.*/)([0-9]{14})id_/(.*)", re.DOTALL)
_ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
# Left encoded: what would end a link's target, or not show.
_KEPT = re.compile(r"[\x00-\x20\x7f-\xa0()<>\[\]\\%\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]")
_LINK = re.compile(rf"\]\({_TARGET}(?=\)| \")|<(https?://[^\s<>]+)(?=>)")


class Equivalence(NamedTuple):
    """Forms that count as equal: `apply` returns a text, or the target of a link, in its standard form."""

    name: str
    apply: Callable[[str], str]


TEXT_EQUIVALENCES = (
    Equivalence("composed and decomposed letters", characters.compose),
    Equivalence("ligatures and other signs for letters", characters.plain_letters),
    Equivalence("invisible and direction marks", characters.drop_invisible),
    Equivalence("kinds of quotation marks", characters.one_quote),
    Equivalence("kinds of dashes", characters.one_dash),
    Equivalence("kinds of ellipses", characters.one_ellipsis),
    Equivalence("notes that a link opens a new window", link_marks.drop_window_notes),
    Equivalence("links of a heading to itself", link_marks.drop_permalinks),
    Equivalence("a path to the page above a text or in its first line", paths.part),
    Equivalence("kinds and runs of spaces", characters.one_space),
    Equivalence("where lines are wrapped", characters.unwrap),
)
LINK_EQUIVALENCES = (
    Equivalence("protected e-mail addresses", mail.decode_target),
    Equivalence("pages that only lead on", addresses.lead_on),
    Equivalence("http and https", addresses.one_scheme),
    Equivalence("default ports and the case of hosts", addresses.plain_host),
    Equivalence("percent-escapes", addresses.plain_escapes),
    Equivalence("session, tracking and cache-busting parameters", addresses.drop_parameters),
    Equivalence("fragments of script frameworks", addresses.drop_fragment),
    Equivalence("a slash at the end", addresses.drop_slash),
)
EQUIVALENCES = (*TEXT_EQUIVALENCES, *LINK_EQUIVALENCES)


def comparable_text(title: str, markdown: str, snapshot_url: str = "", protected: Sequence[str] = ()) -> str:
    """Return title and Markdown of a document, made by this cleaner or imported from the corpus, as they are compared.

    `snapshot_url`: where the page was loaded from; needed for another archive than web.archive.org, and to know the
    site that a root-relative link is of. `protected`: the e-mail addresses that the page hides, in order.
    """
    return _standard(title, mail.reveal(_of_the_site(markdown, snapshot_url), protected))


@lru_cache(maxsize=8)  # successive captures mostly show one text, now that its links are the site's
def _standard(title: str, markdown: str) -> str:
    markdown = _LINK.sub(_plain_link, mail.with_scheme(markdown))
    text = f"# {title}\n\n{markdown}"
    for equivalence in TEXT_EQUIVALENCES:
        text = equivalence.apply(text)
    return text


def _plain_link(link: re.Match[str]) -> str:
    return f"<{_plain(link[2])}" if link[1] is None else f"]({_plain(link[1])}"


@lru_cache(maxsize=1024)
def _plain(target: str) -> str:
    for equivalence in LINK_EQUIVALENCES:
        target = equivalence.apply(target)
    return target


def _of_the_site(markdown: str, snapshot_url: str) -> str:
    """Remove the archive's prefix, which contains the capture's time, from the links; and its host from root-relative
    ones.
    """
    prefix = _ARCHIVE
    snapshot = _SNAPSHOT.match(snapshot_url)
    if snapshot:
        if not re.fullmatch(_ARCHIVE, snapshot[1]):
            prefix = f"(?:{prefix}|{re.escape(snapshot[1])})"
        archive, page = urlsplit(snapshot[1]), urlsplit(unquote(snapshot[3]))
        if archive.netloc and page.netloc:
            origin = rf"{archive.scheme}://{re.escape(archive.netloc)}"
            # It begins with letters, which are leapt to: what stands before is looked at afterwards.
            of_archive = re.compile(rf"{origin}(?<=[(<]{origin})(?=[/)>?#])(?!/[^()\s]*[0-9]{{14}})")
            markdown = of_archive.sub(lambda _: f"{page.scheme}://{page.netloc}", markdown)
    # A page that was saved from the archive's viewer has its own time in its links; another one is an author's.
    own = f"|{snapshot[2]}(?:[a-z]{{2}}_)?" if snapshot else ""
    if "id_/" not in markdown and not (snapshot and f"/{snapshot[2]}" in markdown):
        return markdown
    links = re.compile(f"{prefix}(?:[0-9]{{14}}id_{own})/{_TARGET}")
    return links.sub(lambda match: _ENCODED.sub(_decode, match[1]), markdown)


def _decode(match: re.Match[str]) -> str:
    try:
        text = bytes.fromhex(match[0].replace("%", "")).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]
    return _KEPT.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), text)
