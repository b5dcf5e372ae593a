"""Small pages whose text scripts make, and what the archive has around them.

A page costs a browser about a second of processor time, so that difficulties which do not touch each other share one:
each has a paragraph of its own, `a` to its script.
"""

from __future__ import annotations

from collections.abc import Mapping

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


def together(parts: Mapping[str, str]) -> bytes:
    """Return a page with the scripts of all parts, each in a block with its own paragraph as `a`."""
    pieces = [
        f'<p id="{name}"></p><script>{{ const a = document.getElementById("{name}"); {code} }}</script>'
        for name, code in parts.items()
    ]
    return page("".join(pieces))


AT_ONCE = {
    "inline": "document.write('<p>inline</p>')",
    "alerts": "alert('a'); const yes = confirm('b'); document.write(`<p>${yes} ${prompt('c')}</p>`)",
    "a script that a script writes": "document.write('<script src=x.js></' + 'script>')",
    "a script with an error": "document.write('<script>nothing()</' + 'script><p>after it</p>')",
    "hidden until a script shows it": "a.style.display = 'none'; a.textContent = 'shown'; a.style.display = ''",
    "a dialog of consent": "document.body.insertAdjacentHTML('beforeend', '<div role=dialog>We use cookies</div>')",
    "another element": "customElements.define('x-p', class extends HTMLElement {"
    "connectedCallback() { this.innerHTML = '<p>of an element</p>' } }); document.write('<x-p></x-p>')",
    "a shadow tree": "const s = document.createElement('div'); s.textContent = 'light'; a.append(s);"
    "s.attachShadow({mode: 'open'}).innerHTML = 'dark'",
    "a template": "document.write('<template id=t><p>of a template</p></template>');"
    "a.after(document.getElementById('t').content.cloneNode(true))",
    "another title": "document.title = 'Policy of ' + document.title",
    "cookies and storage": "document.cookie = 'a=1'; localStorage.b = 2;"
    "a.append(document.cookie, localStorage.length, sessionStorage.length)",
    "the size of the window": "a.append([innerWidth, innerHeight, matchMedia('(min-width: 1366px)').matches])",
    "a message in the background": "a.append(navigator.sendBeacon('text.json', 'x'))",
    "an accordion": "document.write('<details id=d><summary>More</summary><p>less</p></details>');"
    "d.open = true; d.classList.add('on')",
    "XMLHttpRequest, synchronous": "const x = new XMLHttpRequest(); x.open('GET', 'part.html', false); x.send();"
    "document.write(x.responseText)",
    "an image that fails": "document.write('<p id=b>b</p>"
    '<img src=x.png onerror="document.getElementById(`b`).remove()">\')',
    "noscript": "document.write('<noscript><p>Turn scripts on.</p></noscript>')",
    "a download": "document.write('<a id=f href=\"data:application/zip,x\" download>f</a>');"
    "document.getElementById('f').click()",
}
LATER = {
    "on DOMContentLoaded": "document.addEventListener('DOMContentLoaded', () => { a.append('ready') })",
    "a ready handler like jQuery's": "window.$ = (f) => document.readyState === 'loading'"
    " ? document.addEventListener('DOMContentLoaded', f) : setTimeout(f);"
    "$(() => { a.append(' ready ') ; $(() => a.append(' again ')) })",
    "a timer": "setTimeout(() => { a.append('300 ms') }, 300)",
    "a late timer": "setTimeout(() => { a.append('too late') }, 5000)",
    "an interval that ends": "let n = 0;"
    "const i = setInterval(() => { a.append(n); if (++n > 4) clearInterval(i) }, 90)",
    "a promise before the next script": "window.p = a; Promise.resolve().then(() => a.append('1'))",
    "the next script": "window.p.append('2')",
    "at the next frame": "requestAnimationFrame(() => a.append('drawn'))",
    "an observer of changes": "new MutationObserver((_, o) => { o.disconnect(); a.append('seen') })"
    ".observe(a, {childList: true}); a.append('changed')",
    "text that waits until it is visible": "a.style.height = '9px'; scrollTo(0, 0);"
    "new IntersectionObserver((all, o) => {"
    "if (all[0].isIntersecting) { o.disconnect(); a.append('visible') } }).observe(document.body)",
    "a script that a script adds": "const s = document.createElement('script'); s.src = 'append.js';"
    "document.body.append(s)",
}
ASKED_FOR = {
    "fetch, root-relative": "fetch('/dir/text.json').then(r => { a.append(r.status) })",
    "fetch of another host": "fetch('http://other.example/').catch(() => a.append('refused'))",
    "a POST": "fetch('text.json', {method: 'POST'}).then(r => a.append(r.status))",
    "XMLHttpRequest of HTML": "const x = new XMLHttpRequest(); x.open('GET', 'part.html'); x.responseType = 'document';"
    "x.onload = () => a.append(x.response.body.firstChild); x.send()",
    "imported when needed": "import('./module.js').then(m => a.append(m.text))",
    "a frame": "document.write('<iframe src=part.html></iframe>"
    '<iframe src="http://other.example/" hidden></iframe>\')',
    "a frame that speaks": "onmessage = (e) => a.append(e.data); const f = document.createElement('iframe');"
    "f.srcdoc = '<script>parent.postMessage(\"of a frame\", \"*\")</' + 'script>'; a.after(f)",
    "a worker": "new Worker('worker.js').onmessage = (e) => a.append(e.data)",
    "a worker of its own text": "new Worker(URL.createObjectURL(new Blob(['postMessage(6 * 7)'])))"
    ".onmessage = (e) => a.append(e.data)",
    "a web socket": "new WebSocket('ws://127.0.0.1:5432').onerror = () => a.append('refused')",
}
_INTO = "const a = document.getElementById('a');"
PAGES = {
    "at once": together(AT_ONCE),
    "later": together(LATER),
    "what is asked for": together(ASKED_FOR),
    "scripts at all kinds of addresses": page(
        "".join(
            f"<i>{n}</i><script src='{address}'></script>"
            for n, address in enumerate(
                (
                    "../up.js",
                    "x.js?v=2",
                    "/x.js",
                    "http://other.example/x.js",
                    "//other.example/x.js",
                    "http://host.example/dir/x.js",
                )
            )
        )
        + "<script src='gone.js' onerror='document.write(\"<p>gone</p>\")'></script>"
    ),
    "deferred, then asynchronous, then a module": page(
        "<script defer src='append.js'></script><script async src='append.js'></script>"
        "<script defer src='x.js'></script><p id=m></p>"
        "<script type=module>import {text} from './module.js'; document.getElementById('m').append(text)</script>"
    ),
    "no script": page(""),
    "relative": page("<script src='x.js'></script>"),
    "relative to a base": page("<base href='http://other.example/'><script src='x.js'></script>"),
    "written after load": page("<script>onload = () => document.write('<p>only this</p>')</script>"),
    "a chain of requests": page(
        f"<script>{_INTO} const more = (n) => setTimeout(() => fetch('text.json').then(r => r.json()).then(j => {{"
        "a.append(n + j.text); if (n) more(n - 1) }), 100); more(4)</script>"
    ),
    "fetch of JSON": page(
        f"<script>{_INTO} fetch('text.json').then(r => r.json()).then(j => {{ a.textContent = j.text }})</script>"
    ),
    "a style sheet that hides": page(
        f"<link rel=stylesheet href='style.css'><script>{_INTO} a.className = getComputedStyle(a).display</script>"
    ),
    "an application": (
        "<!DOCTYPE html><title>T</title><div id=root></div><script>const root = document.getElementById('root');"
        f"const h = document.createElement('main'); h.innerHTML = '<h2>Policy</h2><p>{WORDS}</p>'; root.append(h)"
        "</script>"
    ).encode(),
    "sends on": page("<script>location.replace('next.html')</script>"),
    "sends on by meta": page("<meta http-equiv=refresh content='0; url=next.html'>"),
    "opens a window": page("<script>const w = open('next.html'); document.write('<p>opened</p>')</script>"),
    "a zero timer that repeats": page("<script>(function f() { setTimeout(f, 0) })()</script>"),
    "no doctype, misnested": b"<title>T</title><p>" + WORDS.encode() + b"<table><p><b>x<td>y</table><script>1</script>",
    "another address without loading": page(
        f"<script>{_INTO} history.pushState(null, '', 'other'); a.append(location.pathname); "
        "location.hash = 'h'</script>"
    ),
    "100 MB that are dropped": page(
        f"<script>{_INTO} let s = new Uint8Array(1e8).fill(1); a.append(s.length); s = null</script>"
    ),
    "bytes that are no page": b"\x00\x01<p>" + WORDS.encode(),
}
