"""The web archives that are known by name: where they are, what they speak, and how often each may be asked.

The addresses are those of public lists of web archives, the limits those that each states, or else cautious ones; of
autumn 2026. `stated` says where a fact comes from. All of it can be overridden in ``[archives.NAME]``.
"""

from __future__ import annotations

from dataclasses import dataclass

Values = dict[str, str | float]

_LISTS = "MemGator docs/archives.json (April 2026); webis-de/archive-query-log README (May 2026)"
_CAUTIOUS: Values = {"cdx_per_minute": 20, "captures_per_second": 0.5}
"""For archives that state no limit: some have answered 429 to less than one request a second."""


@dataclass(frozen=True, slots=True)
class KnownArchive:
    """One archive: its name, who keeps it, its settings, and where these are stated."""

    name: str
    title: str
    values: Values
    stated: str
    note: str = ""


def _pywb(
    name: str, title: str, base: str, note: str = "", *, stated: str = _LISTS, **values: str | float
) -> KnownArchive:
    """Return an archive that pywb serves at `base`: index and captures are below it."""
    placed: Values = {"dialect": "pywb", "cdx": f"{base}/cdx", "playback": base}
    return KnownArchive(name, title, {**placed, **_CAUTIOUS, **values}, stated, note)


KNOWN_ARCHIVES: tuple[KnownArchive, ...] = (
    KnownArchive(
        "internet-archive",
        "Internet Archive",
        {
            "cdx": "https://web.archive.org/cdx/search/cdx",
            "playback": "https://web.archive.org/web",
            "dialect": "wayback",
            "cdx_per_minute": 24,
            "captures_per_second": 8,
            "save": "https://web.archive.org/save",
        },
        "the Archive's own statement: 30 index requests and 600 captures a minute, of which 80 % are used",
    ),
    _pywb(
        "arquivo.pt",
        "Arquivo.pt",
        "https://arquivo.pt/wayback",
        "blocks for good whoever ignores a 429, so a 429 stops all requests for a day; one year's embargo",
        stated="arquivo/pwa-technologies wiki, APIs: 250 requests a minute and address",
        playback="https://arquivo.pt/noFrame/replay",
        cdx_per_minute=40,
        captures_per_second=0.6,
        pause="1d",
    ),
    _pywb(
        "uk-government",
        "UK Government Web Archive",
        "https://webarchive.nationalarchives.gov.uk/ukgwa",
        "sites of the government",
    ),
    _pywb(
        "uk-web-archive",
        "UK Web Archive",
        "https://www.webarchive.org.uk/wayback/archive",
        "has been away since the attack on the British Library: `archive test` says whether it is back",
    ),
    _pywb("australia", "Australian Web Archive", "https://web.archive.org.au/awa", "mainly .au; answers 429 to more"),
    _pywb(
        "new-zealand",
        "New Zealand Web Archive",
        "https://ndhadeliver.natlib.govt.nz/webarchive",
        "mainly .nz; its index states no lengths",
    ),
    _pywb("iceland", "Vefsafn.is", "https://vefsafn.is/is", "mainly .is"),
    _pywb("estonia", "Eesti Veebiarhiiv", "https://veebiarhiiv.digar.ee/a", "mainly .ee"),
    KnownArchive(
        "library-of-congress",
        "Library of Congress Web Archive",
        {
            "dialect": "memento",
            "cdx": "https://webarchive.loc.gov/all/timemap/link/",
            "playback": "https://webarchive.loc.gov/all",
            **_CAUTIOUS,
            "cdx_per_minute": 10,
        },
        _LISTS,
        "fragile: answers 429 readily",
    ),
    KnownArchive(
        "archive-it",
        "Archive-It, all public collections",
        {
            "dialect": "memento",
            "cdx": "https://wayback.archive-it.org/all/timemap/link/",
            "playback": "https://wayback.archive-it.org/all",
            **_CAUTIOUS,
        },
        _LISTS,
        "one collection by its number: archive-it:NUMBER",
    ),
    KnownArchive(
        "common-crawl",
        "Common Crawl",
        {
            "dialect": "commoncrawl",
            "cdx": "https://index.commoncrawl.org/collinfo.json",
            "playback": "https://data.commoncrawl.org",
            "snapshots": "https://web.archive.org/web",
            "cdx_per_minute": 48,
            "captures_per_second": 1.5,
        },
        "cdx_toolkit 0.9.39, by Common Crawl's own staff: an index request a second, a record in 0.55 s",
        "one index a crawl, so a whole history is a hundred index requests; shows no pages: links lead to the Internet "
        "Archive",
    ),
)

ARCHIVE_IT = "archive-it:"
"""Begins the name of a collection of Archive-It."""


def known_archive(name: str) -> KnownArchive | None:
    """Return the archive of a name, also ``archive-it:NUMBER``; None for an unknown one."""
    number = name.removeprefix(ARCHIVE_IT)
    if name.startswith(ARCHIVE_IT) and number.isascii() and number.isdigit():
        base = f"https://wayback.archive-it.org/{number}"
        values: Values = {"dialect": "memento", "cdx": f"{base}/timemap/link/", "playback": base, **_CAUTIOUS}
        return KnownArchive(name, f"Archive-It, collection {number}", values, _LISTS)
    return next((one for one in KNOWN_ARCHIVES if one.name == name), None)
