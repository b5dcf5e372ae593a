"""Pages for the differential fuzzer: pieces of real pages put together wrongly, and mutated."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

_TOKEN = re.compile(r"<!--.*?-->|<[^>]*>|[^<]+", re.DOTALL)

_WORDS = [
    "we",
    "collect",
    "personal",
    "information,",
    "cookies,",
    "and",
    "usage",
    "data",
    "when",
    "you",
    "visit",
    "the",
    "site;",
    "privacy",
    "policy",
    "describes",
    "how",
    "your",
    "data",
    "is",
    "shared",
    "with",
    "third",
    "parties,",
    "advertisers,",
    "partners.",
    "You",
    "may",
    "contact",
    "us",
    "at",
    "any",
    "time",
    "for",
    "details,",
    "access,",
    "correction",
    "or",
    "deletion",
    "of",
    "it.",
    "This",
    "is",
    "&amp;",
    "that",
    "&nbsp;",
    "or",
    "&#8217;s",
    "&copy;",
    "café",
    "中文",
    "😀",
]
_BLOCKS = [
    "div",
    "p",
    "section",
    "article",
    "td",
    "table",
    "tr",
    "tbody",
    "ul",
    "ol",
    "li",
    "form",
    "fieldset",
    "blockquote",
    "pre",
    "h1",
    "h2",
    "h3",
    "center",
    "dl",
    "dd",
    "dt",
    "header",
    "footer",
    "aside",
    "figure",
    "main",
    "nav",
    "address",
    "th",
    "thead",
    "caption",
]
_INLINE = [
    "a",
    "b",
    "i",
    "em",
    "strong",
    "span",
    "font",
    "u",
    "tt",
    "code",
    "small",
    "big",
    "s",
    "strike",
    "del",
    "ins",
    "sub",
    "sup",
    "label",
    "abbr",
    "q",
    "cite",
    "nobr",
]
_ODD = [
    "<br>",
    "<br><br>",
    "<br> <br>\n",
    "<br/>&nbsp;<br>",
    "<hr>",
    "<img src=a.jpg>",
    "<input>",
    "<select><option>x<p>y</select>",
    "<textarea>a<b>c</textarea>",
    "<noscript><p>no</p></noscript>",
    "<script>var a = '<p>';</script>",
    "<style>p{}</style>",
    "<!-- note -->",
    "<!---->",
    "<iframe src=x>in</iframe>",
    "<object><param><p>ob</p></object>",
    "<embed src=//www.youtube.com/e>",
    "<svg><title>s</title><path/><a>x</a></svg>",
    "<math><mi>x</mi></math>",
    "<template><p>t</p></template>",
    "<button>go</button>",
    "</p>",
    "</br>",
    "</div>",
    "</b>",
    "</table>",
    "</td>",
    "</form>",
    "</body>",
    "<frameset>",
    "<base href=/b/>",
    "<link rel=x>",
    "<noframes><p>x</p></noframes>",
    "<xmp><p>y</xmp>",
    "<meta name=author content=z>",
    "<video><source></video>",
    "&nbsp;",
    "\n\n",
    "\t",
    "<area>",
    "<col>",
    "<colgroup>",
    "<tfoot>",
    "<optgroup>",
    "<legend>l</legend>",
    "<details><summary>s</summary>d</details>",
    "<marquee>m</marquee>",
    "<plaintext>",
    "<image>",
    "<title>second</title>",
    "<ruby>a<rt>b<rp>c</ruby>",
    "<wbr>",
    "<tt>",
    "<?php x ?>",
    "<![CDATA[x]]>",
    "<picture><img></picture>",
    "<figure data-src='x.jpg'></figure>",
    "<canvas></canvas>",
    "<h1></h1>",
    "<p></p>",
    "<div></div>",
    "<div> </div>",
    "<p>&nbsp;</p>",
    "<a name=x></a>",
]
_HREFS = [
    "x.html",
    "/x",
    "//h.org/y",
    "?q=1",
    "#top",
    "http://e.com/a b",
    "http://E.com:80/%7e",
    "mailto:a@b.c",
    "javascript:void(0)",
    " x ",
    "",
    "http://[::1]/",
    "http://1.2/",
    "../../z",
    "./",
    "http:x",
    "https:/y",
    "JAVASCRIPT:a",
    "http://caf\u00e9.org/\u00e9?\u00e9#\u00e9",
    "tel:+1",
    "ftp://f/..",
    "http://e.com\\a",
    "data:text/html,x y",
    "http://user:p@h/",
    "http://h:99999/",
    "a:b",
    "http://",
    "\nx\ty",
    "x?a=<b>'",
    "//",
]
_CLASSES = [
    "comment",
    "sidebar",
    "article",
    "content",
    "main",
    "share",
    "footer",
    "header",
    "byline",
    "author",
    "hidden",
    "menu",
    "social",
    "post",
    "text",
    "page",
    "shareit",
    "media",
    "widget",
    "related",
    "and-ad-x",
]
_STYLES = [
    "display:none",
    "display: none !important",
    "display:None;",
    "display:block;display:none",
    "display:none;display:block",
    "color:red;display:none",
    "display:none!important;display:block",
    "display : none",
    "background:url(x;display:none)",
    "display:nope",
    "display:none;;",
    "/*x*/display:none",
    "visibility:hidden",
]


def sources(file: Path) -> list[list[str]]:
    """The tokens (tags, comments, texts) of each real page in a reference file, the big ones left out."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        pages = [json.loads(line)["html"] for line in lines]
    return [_TOKEN.findall(page) for page in pages if len(page) < 400_000]


def page(rng: random.Random, real: list[list[str]]) -> str:
    """One page: a slice of a real page mutated, or one made up."""
    if real and rng.random() < 0.6:
        tokens = rng.choice(real)
        size = min(len(tokens), rng.choice((20, 60, 150, 400)))
        start = rng.randrange(max(1, len(tokens) - size))
        tokens = _mutate(rng, tokens[start : start + size])
    else:
        tokens = list(_made_up(rng, rng.choice((5, 15, 40, 100))))
    head = rng.choice(
        (
            "",
            "<!doctype html>",
            '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">',
            "<html><head><title>Privacy Policy - X</title></head><body>",
            "<!doctype html><title>Our privacy notice: a page</title><body>",
        )
    )
    return head + "".join(tokens)


def _words(rng: random.Random, most: int) -> str:
    return " ".join(rng.choices(_WORDS, k=rng.randrange(1, most)))


def _attributes(rng: random.Random, tag: str) -> str:
    out = ""
    if tag == "a" and rng.random() < 0.8:
        out += f' href="{rng.choice(_HREFS)}"'
    if rng.random() < 0.2:
        out += f' class="{rng.choice(_CLASSES)}"'
    if rng.random() < 0.1:
        out += f" id={rng.choice(_CLASSES)}"
    if rng.random() < 0.06:
        out += f' style="{rng.choice(_STYLES)}"'
    if rng.random() < 0.05:
        out += rng.choice(
            (
                " hidden",
                " aria-hidden=true",
                " aria-hidden=false",
                " rel=author",
                " itemprop=author",
                " rowspan=3",
                " colspan=5",
                " role=presentation",
                " summary=x",
                ' foo"bar=1',
                " title='a\"b'",
            )
        )
    return out


def _made_up(rng: random.Random, count: int) -> Iterator[str]:
    open_tags: list[str] = []
    for _ in range(count):
        choice = rng.random()
        if choice < 0.3:
            tag = rng.choice(_BLOCKS)
        elif choice < 0.5:
            tag = rng.choice(_INLINE)
        elif choice < 0.75:
            yield _words(rng, 60)
            continue
        elif choice < 0.85 and open_tags:
            yield f"</{open_tags.pop(rng.randrange(len(open_tags)) if rng.random() < 0.3 else -1)}>"
            continue
        else:
            yield rng.choice(_ODD)
            continue
        open_tags.append(tag)
        name = tag.upper() if rng.random() < 0.1 else tag
        yield f"<{name}{_attributes(rng, tag)}>"
        if rng.random() < 0.4:
            yield _words(rng, 30)
    while open_tags and rng.random() < 0.9:
        yield f"</{open_tags.pop()}>"


def _mutate(rng: random.Random, tokens: list[str]) -> list[str]:
    tokens = list(tokens)
    for _ in range(rng.choice((0, 1, 3, 8, 20))):
        if not tokens:
            break
        place = rng.randrange(len(tokens))
        choice = rng.random()
        if choice < 0.3:
            del tokens[place]
        elif choice < 0.45:
            other = rng.randrange(len(tokens))
            tokens[place], tokens[other] = tokens[other], tokens[place]
        elif choice < 0.6:
            tokens.insert(place, rng.choice(_ODD))
        elif choice < 0.75:
            tag = rng.choice(_BLOCKS + _INLINE)
            tokens.insert(place, f"<{tag}{_attributes(rng, tag)}>")
        elif choice < 0.85:
            tokens.insert(place, f"</{rng.choice(_BLOCKS + _INLINE)}>")
        elif choice < 0.95:
            tokens.insert(place, _words(rng, 80))
        else:
            tokens[place:place] = tokens[max(0, place - 10) : place]
    return tokens
