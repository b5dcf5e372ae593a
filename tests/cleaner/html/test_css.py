"""Whether an inline style hides an element is decided as CSSOM decides it."""

from __future__ import annotations

import pytest

from harvester.cleaner.html.css import display_of


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "DISPLAY:NONE;",
        " display : none ",
        "display:none!important;display:block",
        "display:none;display:nonsense",
        "color:red;;display:none",
        "/*;*/display/*x*/:/*y*/none/*z*/;",
        "d\\69splay:none",
        "@x{};display:none",
        "x;display:none",
        "background:url(a;b);display:none",
        "content:';';display:none",
        "display:none;}color:red",
    ],
)
def test_these_hide(style: str) -> None:
    assert display_of(style) == "none"


@pytest.mark.parametrize(
    "style",
    [
        "",
        "visibility:hidden",
        "display:none;display:block",
        "display:none;display:var(--x)",
        "background:url(a;display:none)",
        "content:';display:none'",
        "{display:none}",
        "color:red}display:none",
        'display:"none"',
        "display:none)",
        "display:none\\9",
        "*display:none",
        "-display:none",
        "/*display:none*/",
        "display:none x",
    ],
)
def test_these_do_not_hide(style: str) -> None:
    assert display_of(style) != "none"
