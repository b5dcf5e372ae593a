"""Small pages whose text scripts make, each with one difficulty, and what the archive has around them."""

from __future__ import annotations

from harvester.rendering.rendered import PartAnswer

TIMESTAMP = "20100626094354"
URL = "http://host.example/dir/page?id=1"
ADDRESS = f"https://web.archive.org/web/{TIMESTAMP}id_/http%3A//host.example/dir/page%3Fid%3D1"
WORDS = "We keep what you tell us for as long as the law allows us to, and not a day longer. " * 8


def page(script: str, rest: str = "") -> bytes:
    """Return a page with an article, then `script`, then `rest`."""
    return f"<!DOCTYPE html><title>T</title><body><p id=a>{WORDS}</p>{script}{rest}</body>".encode()


_WRITES = "document.write('<p>written by it</p>')"
ARCHIVED = {
    "http://host.example/dir/x.js": PartAnswer(_WRITES.encode(), "text/javascript"),
    "http://host.example/dir/x.js?v=2": PartAnswer(_WRITES.encode(), "text/javascript"),
    "http://host.example/up.js": PartAnswer(_WRITES.encode(), "text/javascript"),
    "http://host.example/x.js": PartAnswer(b"document.write('never')", "text/javascript"),
    "http://other.example/x.js": PartAnswer(b"document.write('never')", "text/javascript"),
    "http://host.example/dir/text.json": PartAnswer(b'{"text": "a notice as data"}', "application/json"),
    "http://host.example/dir/part.html": PartAnswer(b"<p>a part of it</p>", "text/html"),
    "http://host.example/dir/next.html": PartAnswer(f"<title>N</title><p>{WORDS}".encode(), "text/html"),
    "http://host.example/dir/style.css": PartAnswer(b"#a { display: none }", "text/css"),
    "http://host.example/dir/module.js": PartAnswer(b"export const text = 'of a module'", "text/javascript"),
    "http://host.example/dir/append.js": PartAnswer(b"document.body.append('appended')", "text/javascript"),
    "http://host.example/dir/worker.js": PartAnswer(b"postMessage('of a worker')", "text/javascript"),
}
"""What the archive has; `never` is what relative addresses cannot reach."""


def archived(url: str, timestamp: str) -> PartAnswer | None:
    """Answer from `ARCHIVED`, for the capture's own time only."""
    assert timestamp == TIMESTAMP
    return ARCHIVED.get(url)


_INTO = "const a = document.getElementById('a');"
PAGES = {
    "no script": page(""),
    "inline": page("<script>document.write('<p>inline</p>')</script>"),
    "relative": page("<script src='x.js'></script>"),
    "relative, one folder up": page("<script src='../up.js'></script>"),
    "relative, with a query": page("<script src='x.js?v=2'></script>"),
    "relative to a base": page("<base href='http://other.example/'><script src='x.js'></script>"),
    "root-relative": page("<script src='/x.js'></script>"),
    "another host": page(
        "<script src='http://other.example/x.js'></script><script src='//other.example/x.js'></script>"
    ),
    "absolute to its own host": page("<script src='http://host.example/dir/x.js'></script>"),
    "relative, not archived": page("<script src='gone.js' onerror='document.write(\"<p>gone</p>\")'></script>"),
    "an image that fails": page("<p id=b>b</p><img src='x.png' onerror='document.getElementById(\"b\").remove()'>"),
    "written after load": page("<script>onload = () => document.write('<p>only this</p>')</script>"),
    "on DOMContentLoaded": page(
        f"<script>document.addEventListener('DOMContentLoaded', () => {{ {_INTO} a.append('ready') }})</script>"
    ),
    "a timer": page(f"<script>setTimeout(() => {{ {_INTO} a.append('300 ms') }}, 300)</script>"),
    "a late timer": page(f"<script>setTimeout(() => {{ {_INTO} a.append('too late') }}, 5000)</script>"),
    "a chain of requests": page(
        f"<script>{_INTO} const more = (n) => setTimeout(() => fetch('text.json').then(r => r.json()).then(j => {{"
        "a.append(n + j.text); if (n) more(n - 1) }), 100); more(4)</script>"
    ),
    "fetch of JSON": page(
        f"<script>{_INTO} fetch('text.json').then(r => r.json()).then(j => {{ a.textContent = j.text }})</script>"
    ),
    "fetch, root-relative": page(
        f"<script>{_INTO} fetch('/dir/text.json').then(r => {{ a.append(r.status) }})</script>"
    ),
    "fetch of another host": page(
        f"<script>{_INTO} fetch('http://other.example/').catch(() => a.append('refused'))</script>"
    ),
    "XMLHttpRequest, synchronous": page(
        "<script>const x = new XMLHttpRequest(); x.open('GET', 'part.html', false); x.send();"
        "document.write(x.responseText)</script>"
    ),
    "a POST": page(f"<script>{_INTO} fetch('text.json', {{method: 'POST'}}).then(r => a.append(r.status))</script>"),
    "a frame": page("<iframe src='part.html'></iframe><iframe src='http://other.example/' hidden></iframe>"),
    "a frame that speaks": page(
        f"<script>{_INTO} onmessage = (e) => a.append(e.data)</script>"
        '<iframe srcdoc=\'<script>parent.postMessage("of a frame", "*")</script>\'></iframe>'
    ),
    "a style sheet that hides": page(
        f"<link rel=stylesheet href='style.css'><script>{_INTO} a.className = getComputedStyle(a).display</script>"
    ),
    "hidden until a script shows it": page(
        "<div id=c style='display:none'>"
        + WORDS
        + "</div><script>document.getElementById('c').style.display=''</script>"
    ),
    "a dialog of consent": page(
        "<script>document.body.insertAdjacentHTML('beforeend', '<div role=dialog>We use cookies</div>')</script>"
    ),
    "an application": (
        "<!DOCTYPE html><title>T</title><div id=root></div><script>const root = document.getElementById('root');"
        f"const h = document.createElement('main'); h.innerHTML = '<h2>Policy</h2><p>{WORDS}</p>'; root.append(h)"
        "</script>"
    ).encode(),
    "a ready handler like jQuery's": page(
        "<script>window.$ = (f) => document.readyState === 'loading'"
        " ? document.addEventListener('DOMContentLoaded', f) : setTimeout(f);"
        f"$(() => {{ {_INTO} a.append(' ready ') ; $(() => a.append(' again ')) }})</script>"
    ),
    "sends on": page("<script>location.replace('next.html')</script>"),
    "sends on by meta": page("<meta http-equiv=refresh content='0; url=next.html'>"),
    "alerts": page(
        "<script>alert('a'); const yes = confirm('b'); document.write(`<p>${yes} ${prompt('c')}</p>`)</script>"
    ),
    "opens a window": page("<script>const w = open('next.html'); document.write('<p>opened</p>')</script>"),
    "downloads": page(
        "<a id=d href='data:application/zip,x' download>d</a><script>document.getElementById('d').click()</script>"
    ),
    "a worker": page(f"<script>{_INTO} new Worker('worker.js').onmessage = (e) => a.append(e.data)</script>"),
    "a module": page(f"<script type=module>import {{text}} from './module.js'; {_INTO} a.append(text)</script>"),
    "a web socket": page(
        f"<script>{_INTO} new WebSocket('ws://127.0.0.1:5432').onerror = () => a.append('refused')</script>"
    ),
    "a script with an error": page("<script>nothing()</script><script>document.write('<p>after it</p>')</script>"),
    "a zero timer that repeats": page("<script>(function f() { setTimeout(f, 0) })()</script>"),
    "noscript": page("<noscript><p>Turn scripts on.</p></noscript>"),
    "no doctype, misnested": b"<title>T</title><p>" + WORDS.encode() + b"<table><p><b>x<td>y</table><script>1</script>",
    "another element": page(
        "<script>customElements.define('x-p', class extends HTMLElement {"
        "connectedCallback() { this.innerHTML = '<p>of an element</p>' } })</script><x-p></x-p>"
    ),
    "a shadow tree": page(
        "<div id=s>light</div><script>document.getElementById('s').attachShadow({mode: 'open'})"
        ".innerHTML = 'dark'</script>"
    ),
    "deferred, then asynchronous": page(
        "<script defer src='append.js'></script><script async src='append.js'></script>"
    ),
    "a deferred script cannot write": page("<script defer src='x.js'></script>"),
    "a script that a script adds": page(
        "<script>const s = document.createElement('script'); s.src = 'append.js'; document.body.append(s)</script>"
    ),
    "a script that a script writes": page("<script>document.write('<script src=x.js></' + 'script>')</script>"),
    "a promise before the next script": page(
        f"<script>{_INTO} Promise.resolve().then(() => a.append('1'))</script><script>a.append('2')</script>"
    ),
    "at the next frame": page(f"<script>{_INTO} requestAnimationFrame(() => a.append('drawn'))</script>"),
    "an observer of changes": page(
        f"<script>{_INTO} new MutationObserver((_, o) => {{ o.disconnect(); a.append('seen') }})"
        ".observe(a, {childList: true}); a.append('changed')</script>"
    ),
    "text that waits until it is visible": page(
        f"<div id=b style='height:9px'></div><script>{_INTO} new IntersectionObserver((all, o) => {{"
        "if (all[0].isIntersecting) { o.disconnect(); a.append('visible') } })"
        ".observe(document.getElementById('b'))</script>"
    ),
    "a template": page(
        f"<template id=t><p>of a template</p></template><script>{_INTO} a.after(t.content.cloneNode(true))</script>"
    ),
    "another address without loading": page(
        f"<script>{_INTO} history.pushState(null, '', 'other'); a.append(location.pathname); "
        "location.hash = 'h'</script>"
    ),
    "another title": page("<script>document.title = 'Policy of ' + document.title</script>"),
    "cookies and storage": page(
        f"<script>{_INTO} document.cookie = 'a=1'; localStorage.b = 2;"
        "a.append(document.cookie, localStorage.length, sessionStorage.length)</script>"
    ),
    "the size of the window": page(
        f"<script>{_INTO} a.append([innerWidth, innerHeight, matchMedia('(min-width: 1366px)').matches])</script>"
    ),
    "imported when needed": page(f"<script>{_INTO} import('./module.js').then(m => a.append(m.text))</script>"),
    "XMLHttpRequest of HTML": page(
        f"<script>{_INTO} const x = new XMLHttpRequest(); x.open('GET', 'part.html'); x.responseType = 'document';"
        "x.onload = () => a.append(x.response.body.firstChild); x.send()</script>"
    ),
    "a worker of its own text": page(
        f"<script>{_INTO} new Worker(URL.createObjectURL(new Blob(['postMessage(6 * 7)'])))"
        ".onmessage = (e) => a.append(e.data)</script>"
    ),
    "a message in the background": page(f"<script>{_INTO} a.append(navigator.sendBeacon('text.json', 'x'))</script>"),
    "an interval that ends": page(
        f"<script>{_INTO} let n = 0; const i = setInterval(() => {{ a.append(n); if (++n > 4) clearInterval(i) }}, 90)"
        "</script>"
    ),
    "an accordion": page(
        f"<details id=d><summary>More</summary><p>{WORDS}</p></details>"
        "<script>d.open = true; d.classList.add('on')</script>"
    ),
    "100 MB that are dropped": page(
        f"<script>{_INTO} let s = new Uint8Array(1e8).fill(1); a.append(s.length); s = null</script>"
    ),
    "bytes that are no page": b"\x00\x01<p>" + WORDS.encode(),
}
