"""Random trees and pages for the Markdown tests: every tag that counts, and texts that are awkward."""

from __future__ import annotations

from hypothesis import strategies as st

from harvester.cleaner.html.dom import Comment, Element, Node, Text

BLOCKS = [
    *("p", "div", "h1", "h2", "h6", "h7", "br", "hr", "blockquote", "pre", "section"),
    *("ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td", "th"),
]
INLINE = [
    *("a", "em", "i", "u", "strong", "b", "del", "strike", "s", "code", "kbd", "tt", "abbr", "acronym", "q"),
    *("sub", "sup", "span", "img", "font", "center", "input", "foo:bar"),
]
UNPARSED = [
    *("head", "style", "script", "title", "body", "noscript"),
    *("iframe", "xmp", "plaintext", "textarea", "template", "svg"),
]

TEXTS = [
    *("a", "b.", "word word", " ", "\n", " x", "x ", "", "!", " .", "?x", "'", '"', "#", "é", "*", "_a_", "[x]", "</"),
    *("\xa0", "\xa0\xa0x", "-\xa0x", "1\xa0.", "\u2003a", "\x0b\x1c", "\t\r\n\f", "  two  sp  ", "\n\n", "a\n\nb"),
    *("&", "<", ">", "a & b", "1. x", "12.", "1.\n2. b", "+ a", "- a", "--", "-", "+", "\n - a\n + b\n 3. c", "٣. a"),
    *("\\", "\\*", "\\\\[", "http://a.b", "http://a.b/?a&b", "&nbsp_place_holder;", "nbsp_place_holder;", "end\n"),
]
# Harmless in running text; in raw text, and so once serialised, they are markup.
MARKUP = [
    *("<b>x</b>", "<!--", "&amp;", "&#65;", "&#160;x", "&#32;", "&#x;", "&foo;", "&nbsp;", "</style >", "</script >"),
    *(
        "<![x",
        "<a href>q",
        "</blockquote>",
        "</ul>",
        "</' + 'script>",
        "<br/>",
        "<p",
        "&lt",
        "&b-",
        "</body>",
        "<a b='",
    ),
]
DESTINATIONS = [
    "http://a.b",
    "#x",
    "",
    "mailto:x@y",
    "http://a.b/?a&b",
    "/x (y)",
    "a[b]\\",
    "x\xa0y",
    "word word",
    "\n",
]
TITLES = ["", "t", " ", "a (b) \\", 'q"q', "\xa0", "</' + 'script>"]
STARTS = ["3", "0", "-2", "x", "1_0", " 7 ", "", "٣", "9" * 4400]
ODD_ATTRIBUTES = ['x"', "a<b", "data-x", "on=click", "é", "xlink:href", "HREF"]

_attributes = st.fixed_dictionaries(
    {},
    optional={
        "href": st.sampled_from(DESTINATIONS),
        "title": st.sampled_from(TITLES),
        "start": st.sampled_from(STARTS),
    },
)
_odd_attributes = st.dictionaries(st.sampled_from(ODD_ATTRIBUTES), st.sampled_from(["", "a>b", "'"]), max_size=1)
_texts = st.sampled_from([*TEXTS * 4, *MARKUP])
_tags = st.sampled_from([*BLOCKS * 3, *INLINE * 3, "a", "a", "a", *UNPARSED])


@st.composite
def trees(draw: st.DrawFn) -> Element:
    """A small tree, as the cleaner may hold one after it has moved nodes about: not every one could be parsed."""
    root = Element("div")
    room = [root]
    for _ in range(draw(st.integers(0, 25))):
        parent = draw(st.sampled_from(room[-6:]))
        kind = draw(st.integers(0, 19))
        node: Node
        if kind < 9:
            node = Text(draw(_texts))
        elif kind == 9:
            node = Comment(draw(st.sampled_from([" c ", " c ", "", "a--", "-- >", "x -->y", ">", "-"])))
        else:
            node = Element(draw(_tags), draw(_attributes))
            node.foreign = "svg" if kind == 18 else ""
            if kind == 19:
                node.attrs |= draw(_odd_attributes)
            if node.tag == "template" and not node.foreign:
                node.content = node.children
            room.append(node)
        parent.append(node)
    return root


_pieces = st.one_of(
    st.sampled_from(TEXTS),
    st.sampled_from(MARKUP),
    st.builds(lambda tag, href: f'<{tag} href="{href}" start=3>', _tags, st.sampled_from(DESTINATIONS)),
    st.builds(lambda tag: f"<{tag}>", _tags),
    st.builds(lambda tag: f"</{tag}>", _tags),
    st.sampled_from(["<!-- c -->", "<svg><style>a&gt;</style><br/></svg>", "<template><b>x</b></template>"]),
)
pages = st.lists(_pieces, max_size=40).map("".join)
