"""Pages that grow: every construct that the cleaner treats, repeated and nested, alone and two by two.

A shape makes a page of about so many bytes. What a page costs may grow with the page and with its document, no faster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

WORDS = "<p>We keep what you tell us, as the law asks of us, for a year, and say so here, in as many words. </p>" * 12

# Markup that may be opened again and again: what opens it (with a place for a number), and what closes it.
NESTED = {
    "div": ("<div>", "</div>"),
    "class": ('<div class="comment c{0} article" id="footer{0}">', "</div>"),
    "display": ('<div style="color:red;display:block;x:({0}">', "</div>"),
    "quote": ("<blockquote>", "</blockquote>"),
    "ul": ("<ul><li>", "</li></ul>"),
    "ol": ('<ol start="{0}"><li>', "</li></ol>"),
    "dl": ("<dl><dt>a<dd>", "</dl>"),
    "table": ("<table><tr><td>", "</td></tr></table>"),
    "table without cells": ("<table>", "</table>"),
    "span": ("<span>", "</span>"),
    "bold": ("<b>", "</b>"),
    "font": ("<font color={0}>", "</font>"),
    "emphasis": ("<em>", "</em>"),
    "deleted": ("<del>", "</del>"),
    "code": ("<code>", "</code>"),
    "link": ('<a href="x{0}">', "</a>"),
    "pre": ("<pre>", "</pre>"),
    "heading": ("<h2>", "</h2>"),
    "paragraph": ("<p>", "</p>"),
    "section": ("<section>", "</section>"),
    "abbreviation": ('<abbr title="t{0}">', "</abbr>"),
    "template": ("<template>", "</template>"),
    "svg": ("<svg><g>", "</g></svg>"),
    "math": ("<math><mi>", "</mi></math>"),
    "foreign": ("<svg><foreignObject>", "</foreignObject></svg>"),
    "select": ("<select><option>", "</select>"),
    "button": ("<button>", "</button>"),
    "form": ("<form><fieldset>", "</fieldset></form>"),
    "frame": ("<iframe>", "</iframe>"),
    "object": ("<object>", "</object>"),
    "quotation": ("<q>", "</q>"),
    "unknown": ("<x-{0}>", "</x-{0}>"),
    "plain comment": ("<!-- {0} ", " -->"),
    "ruby": ("<ruby><rt>", "</rt></ruby>"),
}
# What may stand in a page any number of times.
REPEATED = {
    "line": "x\n",
    "word": "a ",
    "comma": "a, b, ",
    "letter": "x",
    "space": " ",
    "break": "<br>",
    "two breaks": "<br><br>a",
    "rule": "<hr>",
    "star": "*",
    "star and space": "* ",
    "underscore": "_",
    "tick": "`",
    "backslash": "\\",
    "bracket": "[",
    "both brackets": "](",
    "number": "1. ",
    "number on a line": "\n12. ",
    "dash": "\n- ",
    "full stops": ".*",
    "quote sign": "> ",
    "bar": "a|",
    "entity": "&amp;",
    "no-break space": "&nbsp;",
    "long entity": "&CounterClockwiseContourIntegral;",
    "number entity": "&#65;",
    "ampersand": "&",
    "open tag": "<",
    "tag in text": "&lt;b&gt;",
    "bold": "<b>a</b>",
    "empty bold": "<b></b>",
    "item": "<li>a",
    "row": "<tr><td>a<td>b",
    "cell": "<td>a",
    "unclosed paragraph": "<p>a, b",
    "image": '<img src="i{0}.png" alt="a">',
    "input": "<input>",
    "comment": "<!-- a -->",
    "comment start": "<!--",
    "declaration": "<![CDATA[ ",
    "instruction": "<?x ",
    "script": "<script>a</script>",
    "hidden script": "<script><!--a</script>",
    "hidden script in capitals": "<SCRIPT><!--a</SCRIPT>",
    "hidden script, not closed": "<script><!--a",
    "raw text": "<xmp><b>&</xmp>",
    "raw comment": "<xmp><!-- </xmp>",
    "open script tag": "<script ",
    "open noscript tag": "<noscript ",
    "open title tag": "<title ",
    "open base tag": "<base ",
    "open refresh": "<meta http-equiv=refresh ",
    "open refresh with content": '<meta http-equiv=refresh content="0;',
    "state": "<script>var a={{",
    "state as a string": '<script>JSON.parse("{{',
    "state of data": "<script type=application/json>{{",
    "iframe text": "<iframe><a href=x></iframe>",
    "end tag": "</p>",
    "end tags": "</b></i></div>",
    "link": '<a href="x{0}">a</a> ',
    "link up": '<a href="../../x{0}">a</a> ',
    "link to a host": '<a href="//h{0}.example/%zz?q y">a</a> ',
    "link with a title": '<a href="x{0}" title="t (u) [v]">a</a> ',
    "link to a query": '<a href="?{0}">a</a> ',
    "link to itself": '<a href="#{0}">a</a> ',
    "link of a script": '<a href="javascript:x({0})">a <b>b</b></a> ',
    "link as its text": '<a href="http://a.example/{0}">http://a.example/{0}</a> ',
    "e-mail": '<a href="mailto:a{0}@b.example">a@b.example</a> ',
    "byline": '<p class="byline author">By a{0}</p>',
    "hidden": '<p style="display:none">a</p>',
    "font paragraph": "<p><font color={0}>a",
    "misnested": "<b><p>a</b></p>",
    "misnested link": "<a href=x{0}><div>a</a></div>",
    "abbreviation": '<abbr title="t{0}">a{0}</abbr> ',
    "meta": '<meta name="title" content="t{0}">',
    "title": "<title>a - b | c: d</title>",
    "astral": "\U0001f600 ",
    "control": "\x1c",
    "zero width": "\u200b",
    "ideograph": "\u4e2d\u6587",
    "surrogate": "&#xD800;",
    "address": "http://a.example/{0} ",
    "archive address": "https://web.archive.org/web/20200101000000id_/http://a.example/ ",
    "percent": "%41",
    "object": "<object></object>",
    "formatting at table": "<table><b>a",
    "head": "<head></head>",
    "option": "<select><b>a</select>",
    "textarea": "<textarea>a</textarea>",
    "doctype": "<!DOCTYPE html>",
    "protected address": 'data-cfemail="5a3b3b"',
    "part that moves": '<div hidden id="S:0"><script>$RC("B:0","S:0")</script>',
}
# One construct that is long in itself.
LONG = {
    "attributes": lambda n: "<p " + " ".join(f"a{i}=1" for i in range(n // 8)) + ">a</p>",
    "classes": lambda n: '<p class="' + "comment " * (n // 8) + '">a, b</p>',
    "style": lambda n: '<p style="' + "display:none;([" * (n // 15) + '">a</p>',
    "style escapes": lambda n: '<p style="display:' + "\\64 " * (n // 4) + '">a</p>',
    "style variables": lambda n: '<p style="display:' + "var(" * (n // 4) + '">a</p>',
    "style variables and a line": lambda n: '<p style="display:' + "var(" * (n // 4) + '\n!">a</p>',
    "style of importance": lambda n: '<p style="display:var(' + "! important" * (n // 11) + '\n!">a</p>',
    "style comments": lambda n: '<p style="display:' + "/*" * (n // 2) + '">a</p>',
    "style strings": lambda n: "<p style='display:" + '"\\' * (n // 2) + "'>a</p>",
    "address": lambda n: '<a href="' + "s/" * (n // 2) + '">a</a>',
    "address of dots": lambda n: '<a href="' + "a/../" * (n // 5) + '">a</a>',
    "address of escapes": lambda n: '<a href="' + "%2e%2E/" * (n // 7) + '">a</a>',
    "address of a host": lambda n: '<a href="http://' + "a." * (n // 2) + 'example/">a</a>',
    "address of an odd host": lambda n: '<a href="http://' + "\u00e4." * (n // 3) + 'example/">a</a>',
    "address of one odd label": lambda n: '<a href="http://' + "\u00e4b" * (n // 3) + '.example/">a</a>',
    "address of a number": lambda n: '<a href="http://' + "1" * n + '/">a</a>',
    "address of hex": lambda n: '<a href="http://0x' + "f" * n + '/">a</a>',
    "address of IPv6": lambda n: '<a href="http://[' + "1:" * (n // 2) + ']/">a</a>',
    "address of ports": lambda n: '<a href="http://a:' + "1" * n + '/">a</a>',
    "address of users": lambda n: '<a href="http://' + "a@" * (n // 2) + 'b/">a</a>',
    "address that leads on": lambda n: '<a href="http://a.example/go?url=' + "?" * n + '">a</a>',
    "address of a version": lambda n: '<a href="http://a.example/a.css?v=' + "1" * n + 'z">a</a>',
    "address of a tab": lambda n: '<a href="http://a.example/#tab' + "1" * n + '!">a</a>',
    "opaque address": lambda n: '<a href="x:' + "\u00e9 " * (n // 3) + '">a</a>',
    "base": lambda n: f'<base href="http://a.example/{"s/" * (n // 2)}">',
    "base of a query": lambda n: f'<base href="http://a.example/?{"s" * n}">',
    "base of a host": lambda n: f'<base href="http://{"a." * (n // 2)}example/">',
    "tag name": lambda n: "<" + "x" * n + ">a</" + "x" * n + ">",
    "attribute": lambda n: '<p title="' + "&amp;" * (n // 5) + '">a</p>',
    "list start": lambda n: '<ol start="' + "9" * n + '"><li>a<li>b</ol>',
    "abbreviation": lambda n: '<abbr title="' + "t" * (n // 2) + '">' + "a" * (n // 2) + "</abbr>",
    "title": lambda n: "<title>" + "a - b | c: d " * (n // 13) + "</title>",
    "title of spaces": lambda n: "<title>a" + " " * n + "b</title>",
    "title of colons": lambda n: "<title>a" + ": " * (n // 2) + "b</title>",
    "title of bars": lambda n: "<title>a" + " | " * (n // 3) + "b</title>",
    "title of two lines": lambda n: "<title>a - b\u2028" + "x" * n + "</title>",
    "title of two parts": lambda n: "<title>a b c - d\u2028" + "x" * n + "</title>",
    "meta": lambda n: '<meta property="' + "og:title " * (n // 9) + '" content="a">',
    "meta spaces": lambda n: '<meta property="' + "og " + " " * n + '" content="a">',
    "meta names": lambda n: '<meta name="' + "dc " + " " * n + '" content="a">',
    "charset": lambda n: "<meta content='" + "charset=" * (n // 8) + "'>",
    "comment": lambda n: "<!--" + "- " * (n // 2) + "-->",
    "script": lambda n: "<script>" + "</scrip" * (n // 7) + "</script>",
    "script that turns letters": lambda n: (
        f"<script>document.write('a'.replace(/[a-zA-Z]/g,function(c){{{'+13' * 600}{'26' * 900}</script>" * (n // 3600)
    ),
    "script that doubles": lambda n: (
        f"<script>a='%41';{'a+=a;' * 14}{'b=unescape(a);' * 250}document.write('a')</script>" * (n // 3600)
    ),
    "refresh of spaces": lambda n: '<meta http-equiv=refresh content="0;' + " " * n + '">',
    "refresh of digits": lambda n: '<meta http-equiv=refresh content="' + "0" * n + ';url=x">',
    "references": lambda n: "<p>" + "&#" + "9" * n + ";</p>",
}

Shape = Callable[[int], str]


def _repeated(piece: str) -> Shape:
    def page(size: int) -> str:
        return "".join(piece.format(i) for i in range(max(1, size // len(piece))))

    return page


def _nested(opens: str, closes: str) -> Shape:
    def page(size: int) -> str:
        depth = max(1, size // (len(opens) + len(closes)))
        inside = "".join(opens.format(i) for i in range(depth)) + "a, b"
        return inside + "".join(closes.format(i) for i in range(depth))

    return page


def _open(opens: str) -> Shape:
    def page(size: int) -> str:
        return "".join(opens.format(i) for i in range(max(1, size // len(opens))))

    return page


def parts() -> dict[str, Shape]:
    """Each construct by itself, by its name."""
    found: dict[str, Shape] = {f"repeated {name}": _repeated(piece) for name, piece in REPEATED.items()}
    found |= {f"nested {name}": _nested(*pair) for name, pair in NESTED.items()}
    found |= {f"open {name}": _open(pair[0]) for name, pair in NESTED.items()}
    found |= {f"long {name}": LONG[name] for name in LONG}
    return found


def pages() -> dict[str, Shape]:
    """Every construct alone, beside words that make an article."""

    def page(part: Shape) -> Shape:
        return lambda size: WORDS + part(size) + WORDS

    return {name: page(part) for name, part in parts().items()}


def cut_pages() -> dict[str, Shape]:
    """Every construct alone at the end of a page that was cut off there, so that nothing closes what it opens."""

    def page(part: Shape) -> Shape:
        return lambda size: WORDS + part(size).rstrip("></")

    return {name: page(part) for name, part in parts().items()}


def pairs() -> Iterator[tuple[str, Shape]]:
    """Every two constructs, the second after the first or within it."""
    found = parts()

    def page(first: Shape, second: Shape) -> Shape:
        return lambda size: WORDS + first(size // 2) + second(size // 2) + WORDS

    for (a, first), (b, second) in product(found.items(), found.items()):
        yield f"{a}, {b}", page(first, second)
