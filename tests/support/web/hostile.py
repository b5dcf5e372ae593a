"""A store as an attacker would write it: payloads in titles, texts, links, diffs, reasons, tags and addresses.

The Markdown goes to the store without the cleaner, so that nothing but the web itself stands between it and a reader.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from harvester.cleaner.document import Document, header_of
from harvester.cleaner.quality import assess
from harvester.store.database import Database
from harvester.store.history.history import refresh
from harvester.store.ledger.ledger import Outcome
from harvester.store.schema import Capture, Interval, Playback, Run, Service, Source
from tests.support.store.contents import put

MARK = "window.pwned=1"
PAYLOADS = (
    f"<script>{MARK}</script>",
    f"</script><script>{MARK}</script>",
    f"<img src=x onerror={MARK}>",
    f'"><svg onload="{MARK}">',
    f"'><img src=x onerror={MARK}>",
    f"<iframe srcdoc='<script>parent.{MARK}</script>'></iframe>",
    f"<body onload={MARK}>",
    f"<style>@import 'javascript:{MARK}';</style>",
    f"<math><mtext></p><style><img src=x onerror={MARK}></style></mtext></math>",
    f"<noscript><p title='</noscript><img src=x onerror={MARK}>'>",
    f"<a href='javascript:{MARK}' id=clickme>click</a>",
    f"[click](javascript:{MARK})",
    f"[click](JaVaScRiPt:{MARK})",
    f"[click](\\x01javascript:{MARK})",
    f"[click](java\tscript:{MARK})",
    f"[click](data:text/html,<script>{MARK}</script>)",
    f"[click](vbscript:{MARK})",
    f'[click](https://x.example/?"onmouseover="{MARK})',
    f"[click](https://x.example/'><script>{MARK}</script>)",
    f'![x](x" onerror="{MARK})',
    f"<javascript:{MARK}>",
    f"`<script>{MARK}</script>`",
    f"**<img src=x onerror={MARK}>**",
    "{{ 7*7 }}{% raw %}${7*7}",
    f"<form action=javascript:{MARK}><button>go</button></form>",
    f"<meta http-equiv=refresh content='0;url=javascript:{MARK}'>",
    f"<base href='javascript:{MARK}//'>",
    f"<object data='javascript:{MARK}'></object><embed src='javascript:{MARK}'>",
    f"<details open ontoggle={MARK}>",
    f"<x onclick={MARK} onfocus={MARK} autofocus tabindex=1>x</x>",
    f"\u2028<script>{MARK}</script>\u202e\ufeff",
    f"&lt;script&gt;{MARK}&lt;/script&gt; &#60;img src=x onerror={MARK}&#62;",
)
SERVICE = "hostile.example"
FIRST = datetime(2019, 1, 1, tzinfo=UTC)
TITLE = f'<script>{MARK}</script>"><img src=x onerror={MARK}>'


def _texts() -> tuple[str, str]:
    """Two versions: payloads stay, come, go, stand in headings, lists, tables, quotes, code and moved paragraphs."""
    lines = [f"Payload {place}: {payload}" for place, payload in enumerate(PAYLOADS)]
    blocks = [f"## {PAYLOADS[0]}", *lines, *[f"  * {payload}" for payload in PAYLOADS]]
    blocks += [
        f"Cell | {PAYLOADS[2]}  \n---|---  \n{PAYLOADS[3]} | {PAYLOADS[4]}  ",
        f"> {PAYLOADS[5]}",
        f"```\n{TITLE}\n```",
    ]
    moved = "This sentence with a payload moves far enough for a move to be seen in it: " + PAYLOADS[2]
    old = [moved, *blocks, "The old text says <b onclick=window.pwned=1>this</b> and no more than this."]
    new = [*blocks, *[f"New {payload} words" for payload in PAYLOADS], f"## New {PAYLOADS[3]}", moved]
    return "\n\n".join(old), "\n\n".join(new)


def fill(database: Database) -> None:
    """Makes the hostile store."""
    with database.writing() as session:
        service = Service(name=SERVICE, added_at=FIRST, tags=[PAYLOADS[0], PAYLOADS[3], "../../etc"])
        session.add(service)
        session.flush()
        url = f"https://hostile.example/?{PAYLOADS[2]}"
        source = Source(service_id=service.id, url=url, origin=PAYLOADS[0], note=PAYLOADS[3])
        session.add(source)
        session.flush()
        for number, markdown in enumerate(_texts()):
            when = FIRST + timedelta(days=200 * number)
            stamp = f"{when:%Y%m%d%H%M%S}"
            address = f"https://web.archive.org/web/{stamp}id_/{url}"
            document = Document(header_of(SERVICE, stamp, address), TITLE, markdown, SERVICE, address)
            document_id, text_id = put(session, document, assess(TITLE, markdown))
            capture = Capture(
                service_id=service.id,
                source_id=source.id,
                archive=PAYLOADS[0],
                timestamp=when,
                original=url,
                mimetype=PAYLOADS[2],
                status=200,
                digest=f"{PAYLOADS[3]}{number}",
                outcome=Outcome.STORED,
                document_id=document_id,
                text_id=text_id,
                cleaner=PAYLOADS[2],
            )
            session.add(capture)
            session.flush()
            session.add(
                Playback(
                    capture_id=capture.id,
                    fetched_at=when,
                    url=f"javascript:{MARK}",
                    status=200,
                    headers={"x": PAYLOADS[0]},
                    chain=[{"status": 302, "url": f"javascript:{MARK}", "historical": True}],
                    verdict=PAYLOADS[3],
                )
            )
        failed = FIRST + timedelta(days=100)
        session.add(
            Capture(
                service_id=service.id,
                source_id=source.id,
                archive="a",
                timestamp=failed,
                original=url,
                digest="b",
                outcome=Outcome.FAILED,
                reason=PAYLOADS[2],
            )
        )
        session.add(
            Interval(
                service_id=service.id,
                source_id=source.id,
                plan=PAYLOADS[0],
                start=FIRST + timedelta(days=400),
                end=FIRST + timedelta(days=580),
                outcome=Outcome.NOT_ARCHIVED,
                reason=PAYLOADS[2],
            )
        )
        session.add(
            Run(kind=PAYLOADS[2], parameters={}, started_at=FIRST, finished_at=FIRST, outcome=PAYLOADS[0], summary={})
        )
        refresh(session, service.id, now=FIRST)
