"""Pages for `needed.py`: a policy that scripts put into a page in many ways, and pages whole without them."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

from harvester.rendering.rendered import PartAnswer

URL, TIMESTAMP = "http://host.example/dir/privacy", "20200601000000"
_BESIDE = "http://host.example/dir/"

_SUBJECTS = ("your name", "your address", "your orders", "what you tell us", "the pages that you read", "your location")
_TEXT = [
    f"We collect {one} when you use our service, and we keep it for {place + 2} years, as the law asks us to. We give "
    f"it to nobody without your consent, and you may ask us at any time to correct or to delete it."
    for place, one in enumerate(_SUBJECTS * 3)
]
POLICY = "<h1>Privacy policy</h1>" + "".join(f"<h2>{n}. Of data</h2><p>{one}</p>" for n, one in enumerate(_TEXT, 1))
_STORY = "".join(f"<p>Our shop number {n} opened in spring and sells tea, cups and kettles.</p>" for n in range(60))
_MENU = "".join(f"<li><a href='/{one}'>{one}</a></li>" for one in ("shop", "blog", "help", "press", "jobs", "news"))
SURROUNDINGS = {
    "nothing": ("", ""),
    "a menu": (f"<ul>{_MENU}</ul>", ""),
    "a menu and a foot": (f"<ul>{_MENU}</ul>", f"<footer><ul>{_MENU}</ul><p>Tea Ltd., 1 Leaf Street.</p></footer>"),
    "much other text": (f"<ul>{_MENU}</ul>", f"<aside>{_STORY}</aside>"),
}


def _string(text: object) -> str:
    return json.dumps(text).replace("</", "<\\/")


def _into(place: str, text: str) -> str:
    return f"document.getElementById('{place}').innerHTML = {text}"


def _script(code: str, place: str = "<div id=text></div>") -> str:
    return f"{place}<script>{code}</script>"


_JSON = _string(POLICY)
_PIECES = "+".join(_string(POLICY[at : at + 70]) for at in range(0, len(POLICY), 70))
_BASE64 = base64.b64encode(POLICY.encode()).decode()
_FETCH = f"fetch('text.html').then(r => r.text()).then(t => {{ {_into('text', 't')} }})"
_FETCH_JSON = f"fetch('text.json').then(r => r.json()).then(j => {{ {_into('text', 'j.html')} }})"
_REQUEST = f"x.open('GET', 'text.html'); x.onload = () => {{ {_into('text', 'x.response')} }}; x.send()"
_ELEMENTS = "const p = document.createElement('p'); p.textContent = one; document.getElementById('text').appendChild(p)"
_CLONED = "document.getElementById('text').append(document.getElementById('t').content.cloneNode(true))"
_STORED = {
    "text.json": (_string({"html": POLICY}), "application/json"),
    "text.html": (POLICY, "text/html"),
    "app.js": (_into("root", _JSON), "text/javascript"),
    "main.js": (f"document.querySelector('app-root').innerHTML = {_JSON}", "text/javascript"),
    "policy.js": (_into("privacy-policy", _JSON), "text/javascript"),
    "content.js": (_into("content", _JSON), "text/javascript"),
    "write.js": (f"document.write({_JSON})", "text/javascript"),
    "load.js": (_FETCH, "text/javascript"),
}
WAYS = {
    "an application": "<div id=root></div><script src=app.js></script>",
    "an application as a module": "<div id=root></div><script type=module src=app.js></script>",
    "an application that asks for scripts": "<noscript>Enable JavaScript.</noscript><div id=root></div>"
    "<script defer src=app.js></script>",
    "an element of its own": "<app-root></app-root><script src=main.js></script>",
    "an empty place for the policy": "<div id=privacy-policy></div><script src=policy.js></script>",
    "an empty place for content": "<div id=content class=x></div><script src=content.js></script>",
    "a place that says to wait": "<div id=root><p>Loading...</p></div><script src=app.js></script>",
    "written by a script beside the page": "<script src=write.js></script>",
    "fetched by a script beside the page": "<div id=text></div><script src=load.js></script>",
    "an inline string": _script(_into("text", _JSON)),
    "inline pieces": _script(_into("text", _PIECES)),
    "inline elements": _script(f"for (const one of {_string(_TEXT)}) {{ {_ELEMENTS} }}"),
    "document.write": _script(f"if (top) document.write({_JSON})"),
    "fetched JSON": _script(_FETCH_JSON),
    "fetched HTML": _script(_FETCH),
    "requested HTML": _script(f"const x = new XMLHttpRequest(); {_REQUEST}"),
    "state and a script": _script(f"window.state = {_JSON}", "<div id=root></div>")
    + _script(_into("root", "window.state"), ""),
    "state in JSON": f"<div id=__next></div><script id=d type=application/json>{_string({'p': POLICY})}</script>"
    + _script(_into("__next", "JSON.parse(d.textContent).p"), ""),
    "a template": f"<template id=t>{POLICY}</template>{_script(_CLONED)}",
    "base64": _script(_into("text", f"atob('{_BASE64}')")),
    "after load": _script(f"addEventListener('load', () => setTimeout(() => {{ {_into('text', _JSON)} }}, 200))"),
    "a short teaser replaced": _script(_into("text", _JSON), f"<div id=text><p>{_TEXT[0]}</p></div>"),
}
_LOADER = "var s = document.createElement('script'); s.src = 'https://other.example/a.js'; document.head.appendChild(s)"
_DIALOG = (
    "var d = document.createElement('div'); d.className = 'cookies'; d.hidden = true; document.body.appendChild(d)"
)
_OPENS = "document.querySelectorAll('li').forEach(e => e.onclick = () => e.classList.toggle('open'))"
WHOLE = {
    "no script": "",
    "counting": _script("window.n = (window.n || 0) + 1; new Image().src = '/count?' + n", ""),
    "a loader of others": _script(_LOADER, ""),
    "a menu that opens": _script(_OPENS, ""),
    "a script beside it": "<script src=gone.js></script>",
    "settings as data": _script(f"window.settings = {_string({'text': _TEXT[0], 'n': 1})}", ""),
    "a dialog of consent": _script(_DIALOG, ""),
    "noscript": _script("window.a = 1", "<noscript>Please enable JavaScript for all functions.</noscript>"),
    "a linked application": "<script src='https://other.example/app.js'></script>",
    "a page's data": '<script type="application/ld+json">{"@type": "WebPage", "description": "We sell tea"}</script>',
}


def written() -> Iterator[tuple[str, bytes]]:
    """Yield the pages written for it, by name."""
    for among, (before, after) in SURROUNDINGS.items():
        for name, way in WAYS.items():
            yield f"{name}, among {among}", _page(before + way + after)
        for name, script in WHOLE.items():
            yield f"whole, {name}, among {among}", _page(f"{before}<article>{POLICY}</article>{script}{after}")


def _page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><head><title>Privacy</title></head><body>{body}</body></html>".encode()


def beside(url: str, _: str) -> PartAnswer | None:
    """Answer what the written pages ask for."""
    found = _STORED.get(url.removeprefix(_BESIDE))
    return None if found is None else PartAnswer(found[0].encode(), found[1])
