"""Makes the sample archive: ``python data/sample/make.py`` writes pages/ and captures.jsonl from words/.

Everything here was written for this repository: the services are invented, the words are ours (CC0). A line of words/
is ``p:``, ``h:`` or ``l:`` (paragraph, heading, list item), with the span of months for which it stood there.
"""

# ruff: noqa: E501 -- pages have long lines
from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from pathlib import Path

HERE = Path(__file__).parent
Block = tuple[str, str]
LINE = re.compile(
    r"(?:@(?:(?P<only>\w+):)?(?P<since>[\d-]*)\.\.(?P<until>[\d-]*) )?(?P<kind>title|[phl]): (?P<text>.*)"
)

FERNWELL = {
    "tidebook": {
        "name": "Tidebook",
        "domain": "tidebook.example",
        "mail": "privacy@tidebook.example",
        "what": "It shows the tides of the places that you sail to and keeps your logbook.",
        "content": "In Tidebook this includes the names of your boats, the voyages in your logbook and the harbours that you have marked.",
    },
    "mossnote": {
        "name": "Mossnote",
        "domain": "mossnote.example",
        "mail": "privacy@mossnote.example",
        "what": "It keeps your notes and brings them to all of your devices.",
        "content": "In Mossnote this includes the text of your notes, your drawings and the files that you attach.",
    },
}


def words(service: str, month: str) -> tuple[str, list[Block]]:
    """Title and blocks of a service's policy as it stood in a month (``2009-04``)."""
    file = "fernwell" if service in FERNWELL else service
    title, blocks = "", []
    for number, line in enumerate((HERE / "words" / f"{file}.txt").read_text(encoding="utf-8").splitlines(), 1):
        match = LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"{file}.txt:{number}: {line!r}")
        if match["only"] not in (None, service):
            continue
        if month < (match["since"] or "") or (match["until"] and month >= match["until"]):
            continue
        text = match["text"]
        for name, value in FERNWELL.get(service, {}).items():
            text = text.replace("{" + name + "}", value)
        if match["kind"] == "title":
            title = text
        else:
            blocks.append((match["kind"], text))
    return title, blocks


def name_of(site: str, title: str) -> str:
    """What stands in the title of a page, the same in every design."""
    return title if site in title else f"{title} - {site}"


def table_page(site: str, title: str, blocks: list[Block], charset: str, year: str) -> str:
    """A page of 2009: upper-case tags, tables for layout."""
    parts = []
    for kind, text in blocks:
        text = html.escape(text, quote=False)
        form = {"h": "<P><B>{}</B></P>", "p": "<P>{}</P>", "l": "<LI>{}</LI>"}[kind]
        parts.append(form.format(text))
    body = re.sub(r"((?:<LI>.*</LI>\n?)+)", r"<UL>\n\1</UL>\n", "\n".join(parts))
    meta = f'<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset={charset}">\n' if charset else ""
    return f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<HTML><HEAD>
{meta}<TITLE>{name_of(site, title)}</TITLE>
</HEAD>
<BODY BGCOLOR="#FFFFFF" TEXT="#333333">
<TABLE WIDTH="760" BORDER="0" CELLPADDING="4" ALIGN="center">
<TR><TD COLSPAN="2" BGCOLOR="#336633"><A HREF="/"><IMG SRC="/img/logo.gif" ALT="{site}" BORDER="0"></A></TD></TR>
<TR><TD WIDTH="140" VALIGN="top"><A HREF="/">Home</A><BR><A HREF="/tour.html">Tour</A><BR><A HREF="/join.html">Join</A>\
<BR><A HREF="/help.html">Help</A></TD>
<TD VALIGN="top"><H1>{title}</H1>
{body}
</TD></TR>
<TR><TD COLSPAN="2" ALIGN="center"><FONT SIZE="1">Copyright {year} {site}. <A HREF="/terms.html">Terms</A> |
<A HREF="/privacy.html">Privacy</A></FONT></TD></TR>
</TABLE>
</BODY></HTML>
"""


def blocks_html(blocks: list[Block], heading: str) -> str:
    """The blocks as lower-case HTML, list items gathered in a list."""
    form = {"h": f"<{heading}>{{}}</{heading}>", "p": "<p>{}</p>", "l": "<li>{}</li>"}
    text = "\n".join(form[kind].format(html.escape(text, quote=False)) for kind, text in blocks)
    return re.sub(r"((?:<li>.*</li>\n?)+)", r"<ul>\n\1</ul>\n", text)


def begin_in_one(blocks: list[Block]) -> list[Block]:
    """The blocks with the first two paragraphs as one, which is a cosmetic change."""
    (_, first), (kind, second), *others = blocks
    return [("p", f"{first} {second}"), *others] if kind == "p" else blocks


def div_page(site: str, title: str, blocks: list[Block], charset: str, year: str) -> str:
    """A page of 2012: XHTML, floating divs, an analytics script, the first two paragraphs as one."""
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}" />\n' if charset else ""
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" \
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
{meta}<title>{name_of(site, title)}</title>
<link rel="stylesheet" type="text/css" href="/css/main.css" />
<script type="text/javascript">var _gaq = _gaq || []; _gaq.push(['_trackPageview']);</script>
</head>
<body>
<div id="wrapper">
<div id="header"><a href="/"><img src="/images/logo.png" alt="{site}" /></a>
<ul id="nav"><li><a href="/features">Features</a></li><li><a href="/blog">Blog</a></li><li><a href="/login">Log in</a></li></ul>
</div>
<div id="content">
<h1>{title}</h1>
{blocks_html(begin_in_one(blocks), "h3")}
</div>
<div id="footer"><p>&copy; {year} {site} | <a href="/about">About</a> | <a href="/terms">Terms</a> | <a href="/privacy">Privacy</a></p></div>
</div>
</body>
</html>
"""


def modern_page(site: str, title: str, blocks: list[Block], charset: str, year: str) -> str:
    """A page of 2015 and later: semantic HTML5, a cookie banner, links to social networks."""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="{charset or "utf-8"}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name_of(site, title)}</title>
<link rel="stylesheet" href="/assets/app.css">
</head>
<body class="page page-legal">
<header class="site-header" role="banner"><a class="logo" href="/">{site}</a>
<nav><a href="/features">Features</a> <a href="/pricing">Pricing</a> <a href="/signup">Sign up</a></nav></header>
<main role="main">
<article class="legal">
<h1>{title}</h1>
{blocks_html(blocks, "h2")}
</article>
</main>
<footer class="site-footer"><nav><a href="/legal/terms">Terms</a> <a href="/legal/privacy">Privacy</a>
<a href="https://social.example/{site.lower().replace(" ", "")}">Follow us</a></nav><small>&copy; {year} {site}</small></footer>
<script src="/assets/app.js" async></script>
</body>
</html>
"""


def home_page(site: str, link: str, year: str) -> str:
    """A home page with a link to the policy in its foot."""
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{site}</title></head>
<body>
<h1>Welcome to {site}</h1>
<p>Read what our members say, take the tour, or open an account; it takes a minute.</p>
<p><a href="/join.html">Join {site}</a> | <a href="/tour.html">Take the tour</a> | <a href="/help.html">Help</a></p>
<p class="foot">&copy; {year} {site} | <a href="/terms.html">Terms of Use</a> | {link}</p>
</body></html>
"""


NOT_FOUND = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Page not found</title></head>
<body><h1>Page not found</h1><p>Sorry, the page you were looking for does not exist or has been moved. Please check the
address, or go back to the <a href="/">home page</a>.</p></body></html>
"""
FORBIDDEN = """<html><head><title>Attention Required!</title></head>
<body><h1>Sorry, you have been blocked</h1><p>You are unable to access this site. It uses a security service to protect
itself from online attacks.</p><p>Request 5f1c09ab7d3e, your address 192.0.2.17</p></body></html>
"""


def pdf(title: str, blocks: list[Block]) -> bytes:
    """A small text PDF: Letter pages, Helvetica, lines broken by hand."""
    lines: list[tuple[str, int, str]] = [("F2", 18, title), ("F1", 10, "")]
    for kind, text in blocks:
        bold = kind == "h"
        start = "- " if kind == "l" else ""
        row = start
        for word in text.split():
            if len(row) + len(word) > 92:
                lines.append(("F2" if bold else "F1", 12 if bold else 10, row.rstrip()))
                row = ""
            row += word + " "
        lines += [("F2" if bold else "F1", 12 if bold else 10, row.rstrip()), ("F1", 10, "")]
    pages = [lines[n : n + 50] for n in range(0, len(lines), 50)]
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    for name in ("Helvetica", "Helvetica-Bold"):
        objects.append(f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode())
    for n, lines_of_page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {6 + 2 * n} 0 R "
            "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>".encode()
        )
        content, y = b"BT\n", 740
        for font, size, text in lines_of_page:
            shown = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            content += f"/{font} {size} Tf 1 0 0 1 56 {y} Tm (".encode() + shown + b") Tj\n"
            y -= size + 4
        content += b"ET"
        objects.append(f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")
    objects.append(f"<< /Title ({title}) >>".encode())
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    xref = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    return (
        out
        + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{xref}\n%%EOF\n".encode()
    )


PAGES = {"table": table_page, "div": div_page, "modern": modern_page}
SITES = {"kettle": "Kettle", "lanternpost": "Lanternpost", "orchardpay": "Orchard Pay"}
KETTLE_OLD, KETTLE = "http://www.kettle.example/privacy.html", "https://kettle.example/legal/privacy"
LANTERN = "http://lanternpost.example/about/privacy.php"
ORCHARD, ORCHARD_PDF = (
    "https://www.orchardpay.example/privacy",
    "https://www.orchardpay.example/docs/privacy-policy.pdf",
)
TIDE, MOSS = "http://tidebook.example/privacy-policy/", "https://www.mossnote.example/legal/privacy-policy"
# service, URL, timestamp, what was captured: a design and a charset, or the name of something else below.
CAPTURES = [
    ("kettle", "http://www.kettle.example:80/privacy.html", "20090412081512", "table iso-8859-1"),
    ("kettle", KETTLE_OLD, "20091103120733", "revisit"),
    ("kettle", KETTLE_OLD, "20100217194010", "table iso-8859-1 late"),
    ("kettle", KETTLE_OLD, "20100830033245", "table iso-8859-1"),
    ("kettle", KETTLE_OLD, "20110521101004", "table iso-8859-1"),
    ("kettle", KETTLE_OLD, "20111209221830", "revisit"),
    ("kettle", KETTLE_OLD, "20120609070146", "div utf-8"),
    ("kettle", KETTLE_OLD, "20130314155209", "revisit"),
    ("kettle", KETTLE_OLD, "20131020060340", f"redirect 301 {KETTLE}"),
    ("kettle", KETTLE, "20131020060340", "div utf-8"),
    ("kettle", KETTLE, "20140911134420", "div utf-8"),
    ("kettle", KETTLE, "20150307092817", "modern utf-8"),
    ("kettle", KETTLE, "20160802174655", "modern utf-8"),
    ("kettle", KETTLE, "20170415111122", "revisit"),
    ("kettle", KETTLE, "20170415111122", "again"),
    ("kettle", KETTLE, "20180526000305", "modern utf-8"),
    ("kettle", KETTLE, "20190122184759", "modern utf-8"),
    ("kettle", KETTLE, "20191231235847", "modern utf-8"),
    ("lanternpost", LANTERN, "20090825143011", "table"),
    ("lanternpost", LANTERN, "20100404040404", "revisit"),
    ("lanternpost", LANTERN, "20110716201533", "table"),
    ("lanternpost", LANTERN, "20120202113000", "status 404"),
    ("lanternpost", LANTERN, "20120428090510", "status 404"),
    ("lanternpost", LANTERN, "20121105165142", "status 404"),
    ("lanternpost", LANTERN, "20130608213317", "div"),
    ("lanternpost", LANTERN, "20140619052008", "div utf-8"),
    ("lanternpost", LANTERN, "20150830164455", "soft404"),
    ("lanternpost", LANTERN, "20160512070809", "div utf-8"),
    ("lanternpost", LANTERN, "20171101235500", "modern utf-8"),
    ("lanternpost", LANTERN, "20180701120000", "modern utf-8"),
    ("lanternpost", LANTERN, "20191014141414", "revisit"),
    ("orchardpay", "http://www.orchardpay.example/privacy", "20101004102216", f"redirect 301 {ORCHARD}"),
    ("orchardpay", ORCHARD, "20101004102217", "table utf-8"),
    ("orchardpay", ORCHARD, "20110930003051", "table utf-8"),
    ("orchardpay", ORCHARD, "20120815194726", "div utf-8"),
    ("orchardpay", ORCHARD, "20130301050607", f"redirect 302 {ORCHARD_PDF}"),
    ("orchardpay", ORCHARD_PDF, "20130301050612", "pdf"),
    ("orchardpay", ORCHARD_PDF, "20140422131509", "pdf"),
    ("orchardpay", ORCHARD, "20150804222324", "modern utf-8"),
    ("orchardpay", ORCHARD, "20160905183001", "status 503"),
    ("orchardpay", ORCHARD, "20160905190217", "modern utf-8"),
    ("orchardpay", ORCHARD, "20170611081933", "blocked"),
    ("orchardpay", ORCHARD, "20170808123456", "modern utf-8"),
    ("orchardpay", ORCHARD, "20180402041020", "modern utf-8"),
    ("orchardpay", ORCHARD, "20190709160000", "modern utf-8"),
    ("orchardpay", ORCHARD, "20191222202102", "modern utf-8"),
    ("tidebook", TIDE, "20100611093012", "table utf-8"),
    ("tidebook", TIDE, "20110205170000", "revisit"),
    ("tidebook", TIDE, "20120323204511", "table utf-8"),
    ("tidebook", TIDE, "20130727061830", "div utf-8"),
    ("tidebook", TIDE, "20140830121500", "div utf-8"),
    ("tidebook", TIDE, "20150919183345", "div utf-8"),
    ("tidebook", TIDE, "20161130010203", "modern utf-8"),
    ("tidebook", TIDE, "20171224090000", "revisit"),
    ("tidebook", "https://tidebook.example/privacy-policy/", "20180606154210", "modern utf-8"),
    ("tidebook", "https://tidebook.example/privacy-policy/", "20191005111213", "modern utf-8"),
    ("mossnote", MOSS, "20110301120101", "div utf-8"),
    ("mossnote", MOSS, "20120907225944", "div utf-8"),
    ("mossnote", MOSS, "20130510073000", "revisit"),
    ("mossnote", MOSS, "20140702140506", "div utf-8"),
    ("mossnote", MOSS, "20150225101010", "modern utf-8"),
    ("mossnote", MOSS, "20160818191919", "modern utf-8"),
    ("mossnote", MOSS, "20170203040506", "modern utf-8"),
    ("mossnote", MOSS, "20180530080808", "modern utf-8"),
    ("mossnote", MOSS, "20190620170304", "modern utf-8"),
]
HOMES = [
    ("http://www.kettle.example/", "20090301102030", "Kettle", '<a href="/privacy.html">Privacy Policy</a>'),
    ("http://www.kettle.example/", "20110815000000", "Kettle", '<a href="privacy.html">Privacy Policy</a>'),
    ("https://kettle.example/", "20140105121212", "Kettle", '<a href="/legal/privacy">Privacy Policy</a>'),
    (
        "https://kettle.example/",
        "20180910101112",
        "Kettle",
        '<a href="https://kettle.example/legal/privacy">Privacy</a>',
    ),
    ("http://tidebook.example/", "20100610235959", "Tidebook", '<a href="/privacy-policy/">Privacy</a>'),
    ("http://tidebook.example/", "20150401080000", "Tidebook", '<a href="/privacy-policy/">Your privacy</a>'),
    (
        "http://lanternpost.example/",
        "20090824120000",
        "Lanternpost",
        '<a href="/about/privacy.php"><img src="/img/privacy.gif" alt="Privacy Statement"></a>',
    ),
]


def body_of(service: str, timestamp: str, what: str) -> tuple[bytes, str]:
    """The bytes that were captured, and the ending of their file."""
    design, _, charset = what.removesuffix(" late").partition(" ")
    title, blocks = words(service, f"{timestamp[:4]}-{timestamp[4:6]}")
    if design == "pdf":
        return pdf(title, blocks), "pdf"
    if design in ("status", "soft404"):
        return NOT_FOUND.encode(), "html"
    if design == "blocked":
        return FORBIDDEN.encode(), "html"
    site = SITES.get(service) or FERNWELL[service]["name"]
    return PAGES[design](site, title, blocks, charset, timestamp[:4]).encode(charset or "cp1252"), "html"


def main() -> None:
    """Write pages/ and captures.jsonl anew."""
    pages = HERE / "pages"
    pages.mkdir(exist_ok=True)
    for old in pages.iterdir():
        old.unlink()
    rows: list[dict[str, object]] = []
    digest = ""
    for service, url, timestamp, what in CAPTURES:
        row: dict[str, object] = {"url": url, "timestamp": timestamp}
        kind = what.split()[0]
        if kind == "again":
            row = dict(rows[-1])
        elif kind == "revisit":
            row["revisit"] = digest
        elif kind == "redirect":
            row |= {"status": int(what.split()[1]), "location": what.split()[2]}
        else:
            body, ending = body_of(service, timestamp, what)
            file = pages / f"{service}-{timestamp}.{ending}"
            file.write_bytes(body)
            row["file"] = f"pages/{file.name}"
            if kind == "pdf":
                row["mimetype"] = "application/pdf"
            elif "utf-8" in what:
                row["headers"] = {"Content-Type": "text/html; charset=utf-8", "Server": "Apache"}
            if kind in ("status", "blocked"):
                row["status"] = 403 if kind == "blocked" else int(what.split()[1])
            elif kind != "soft404" and not what.endswith(" late"):
                digest = base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()
            if what.endswith(" late"):
                row["late"] = True
        rows.append(row)
    for url, timestamp, site, link in HOMES:
        file = pages / f"home-{site.lower()}-{timestamp}.html"
        file.write_bytes(home_page(site, link, timestamp[:4]).encode())
        rows.append({"url": url, "timestamp": timestamp, "file": f"pages/{file.name}"})
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (HERE / "captures.jsonl").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main()
