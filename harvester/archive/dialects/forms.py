"""Every dialect by its name in the settings. Common Crawl's has a client of its own (`archive.common_crawl`)."""

from __future__ import annotations

from harvester.archive.dialects.commoncrawl import COMMON_CRAWL
from harvester.archive.dialects.form import DialectForm
from harvester.archive.dialects.pywb import PYWB
from harvester.archive.dialects.timemap import MEMENTO
from harvester.archive.dialects.wayback import WAYBACK
from harvester.settings import Dialect

DIALECTS: dict[Dialect, DialectForm] = {
    "wayback": WAYBACK,
    "pywb": PYWB,
    "memento": MEMENTO,
    "commoncrawl": COMMON_CRAWL,
}
