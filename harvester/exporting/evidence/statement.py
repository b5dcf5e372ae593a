"""The facts of a package of evidence in plain words, and as citations. Pure: the check writes them again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from harvester.catalogue.document_types import split_name
from harvester.plurals import counted

Facts = Mapping[str, Any]
LOCAL = "local"
"""The archive of captures that were imported from files (`archive.local`)."""


def statement(facts: Facts) -> str:
    """Return what a package says, for a reader who does not know harvester."""
    old, new, change = facts["old"], facts["new"], facts["change"]
    service, type_ = split_name(facts["service"])
    lines = [f"{type_.capitalize()} of {service}", ""]
    if change is None:
        lines += [
            "What this shows",
            f"The text in new/document.md was at {new['index']['original']} on {new['captured']}.",
        ]
    else:
        lines += [
            "What this shows",
            "The text in old/document.md was replaced by the text in new/document.md: "
            f"{counted(change['words_added'], 'word was', 'words were')} added, {change['words_removed']} removed and "
            f"{change['words_moved']} moved; redline.html marks them.",
            f"harvester calls this change {change['kind']}"
            + (f": {'; '.join(change['reasons'])}." if change["reasons"] else "."),
            "",
            "When",
            f"The old text was last seen on {change['after']}, the new one first seen on {change['not_later_than']}. "
            "The change was made between these two instants; nothing here says when exactly.",
            f"Captures known in between that show neither text: {_counted(change['captures_between'])}.",
        ]
    lines += ["", "Captures"]
    for name, side in (("old", old), ("new", new)):
        if side is not None:
            lines += _capture(name, side)
    lines += [
        "",
        "How the text was made",
        "captures.warc.gz holds the pages as the archive gave them, without transfer and content encodings. From each "
        "page harvester took the article: navigation, scripts, styles, images and other parts that are not the "
        "document's text are left out. The cleaner and its version are named with each capture; the same cleaner makes "
        "the same text of the same bytes, which `harvester evidence check` does again.",
        "",
        "Who vouches",
        "That a page was at its address at its time is the word of the archive named with each capture; harvester did "
        "not see the site itself. That the bytes are those that the archive gave, and that texts and redline follow "
        "from them, can be checked with this package alone. The manifest shows that no file was altered since it was "
        f"made. {_stamped(facts)}",
        "",
        f"Made on {facts['created']} by {facts['software']}.",
    ]
    return "\n".join(lines) + "\n"


def _stamped(facts: Facts) -> str:
    if facts["timestamp_authority"] is None:
        return "It is not signed and does not prove when or by whom."
    return (
        f"manifest.tsr is a time stamp (RFC 3161) of the authority at {facts['timestamp_authority']}: it proves, to "
        "whoever trusts that authority, that the manifest existed at the time in it. It does not "
        "prove by whom it was made."
    )


def citations(facts: Facts) -> str:
    """Return how to cite the captures: one line each, and as BibTeX."""
    sides = [side for side in (facts["old"], facts["new"]) if side is not None]
    service, type_ = split_name(facts["service"])
    plain = [
        f"{service}, {type_}, {side['index']['original']}, as captured by "
        f"{side['index']['archive']} on {side['captured']}, {side['snapshot']} "
        f"(SHA-256 of the page: {side['payload']['sha256']})."
        for side in sides
    ]
    entries = [
        f"@misc{{{re.sub('[./]', '-', facts['service'])}-{side['index']['timestamp']},\n"
        f"  title = {{{type_.capitalize()} of {service}}},\n"
        f"  year = {{{side['captured'][:4]}}},\n"
        f"  howpublished = {{\\url{{{side['snapshot']}}}}},\n"
        f"  note = {{Captured {side['captured']}; SHA-256 {side['payload']['sha256']}}}\n}}"
        for side in sides
    ]
    return "\n".join([*plain, "", *entries]) + "\n"


def _capture(name: str, side: Facts) -> list[str]:
    version, index = side["version"], side["index"]
    lines = [
        f"{name}: {index['original']}",
        f"  captured on {side['captured']} {_source(side)};",
        f"  {_VERDICTS.get(side['digest_verdict'], _VERDICTS['unknown'])};",
        f"  SHA-256 of the page {side['payload']['sha256']} ({side['payload']['bytes']} bytes)",
        f"  cleaned by cleaner version {side['cleaner']}",
        f"  its text was seen in {counted(version['captures'], 'capture')} from {version['first_seen']} to "
        f"{version['last_seen']} (version {version['number']})",
    ]
    if others := side["witnesses"]:
        lines.append(f"  the same capture (address, instant and digest) is also listed by {', '.join(others)}")
    if len(version["witnesses"]) > 1:
        lines.append(f"  archives that show its text in that time: {', '.join(version['witnesses'])}")
    if side["redirects"]:
        through = ", ".join(one["url"] for one in side["redirects"])
        lines.append(f"  {counted(len(side['redirects']), 'redirect')} led there: {through}")
    if version["texts"] > 1:
        lines.append(f"  {version['texts']} texts alternate in that time; this one counts as the version's")
    return lines


def _source(side: Facts) -> str:
    """Describe where a capture is from, and how its bytes were obtained."""
    if side["index"]["archive"] == LOCAL:
        read = side["headers"].get("x-imported-from", "a file")
        return f"as an archive file says ({read}); who made that file vouches for it"
    by = f"by the archive {side['index']['archive']}, which shows it at {side['snapshot']}; "
    if side["downloaded"]:
        return f"{by}downloaded on {side['downloaded']}"
    return (
        f"{by}not downloaded itself: the index lists it with the digest of another capture, whose bytes were "
        f"downloaded on {side['same_bytes_downloaded'] or 'an unknown day'} (a revisit record says so)"
    )


_VERDICTS = {
    "match": "its bytes have the digest that the archive lists",
    "mismatch": "its bytes do not have the digest that the archive lists",
    "unknown": "the archive lists no digest that could be compared with its bytes",
}


def _counted(outcomes: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {outcome}" for outcome, count in outcomes.items()) or "none"
