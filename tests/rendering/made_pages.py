"""Pages with scripts, made at random: one to eight pieces, each with an element of its own.

So only what scripts do is compared, and not which of two answers came first.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.rendering.pages import WORDS

_DELAYS = (0, 1, 10, 50, 120, 300)
_TEXTS = ("We keep it.", "a & b", "<b>bold</b>", "\u00e9t\u00e9", "<p>two</p><p>parts</p>", "<li>item", "x\ny", "")
_PROPERTIES = ("textContent", "innerHTML", "outerHTML", "innerText")
_PLACES = ("beforebegin", "afterbegin", "beforeend", "afterend")
_EDITS = (
    "e.append({text})", "e.prepend({text})", "e.replaceChildren({text}, 'z')", "e.remove()", "e.before({text})",
    "e.after(e.cloneNode(true))", "e.{property} = {text}", "e.insertAdjacentHTML('{place}', {text})",
    "e.setAttribute('title', {text})", "e.className = 'c'; e.classList.toggle('d')", "e.hidden = true",
    "e.style.display = 'none'", "e.style.cssText = 'color: red; display: block'", "e.dataset.a = {text}",
    "e.parentNode.insertBefore(document.createElement('hr'), e)", "e.replaceWith(document.createTextNode({text}))",
    "document.title += {text}",
    "e.contentEditable = true; e.focus(); document.execCommand('insertText', false, 'typed')",
)  # fmt: skip


def edit(chance: random.Random) -> str:
    """Return a statement that alters the element `e`."""
    return chance.choice(_EDITS).format(
        text=repr(chance.choice(_TEXTS)), property=chance.choice(_PROPERTIES), place=chance.choice(_PLACES)
    )


def _joomla(chance: random.Random) -> str:
    codes = "".join(f"&#{ord(one)};" for one in chance.choice(("info", "privacy.office")))
    return (
        f"<script>var prefix = 'ma' + 'il' + 'to'; var path = 'hr' + 'ef' + '='; var addy = '{codes}' + '&#64;';"
        "addy = addy + 'shop' + '&#46;' + 'example';"
        "document.write('<a ' + path + '\\'' + prefix + ':' + addy + '\\'>');"
        "document.write(addy); document.write('<\\/a>')</script>"
        "<script>document.write('<span style=\\'display: none;\\'>')"
        "</script>This address is protected<script>document.write('</'); document.write('span>')</script>"
    )


def _within(before: str, after: str) -> Callable[[random.Random], str]:
    return lambda chance: (
        f"<script>{{ const e = document.getElementById('ID'); {before}{edit(chance)}{after} }}</script>"
    )


def _written(chance: random.Random) -> str:
    text = chance.choice(_TEXTS)
    form = chance.choice(
        ("document.write({0})", "document.writeln({0})", "document.write({0}.split('').reverse().join(''))")
    )
    return f"<script>{form.format(repr(text))}</script>"


def _timed(chance: random.Random) -> str:
    return _within("setTimeout(() => { ", f" }}, {chance.choice(_DELAYS)})")(chance)


def _loaded(chance: random.Random) -> str:
    address = chance.choice(("x.js", "../up.js", "gone.js", "/x.js", "//other.example/x.js", "x.js?v=2"))
    return f"<script src='{address}'></script>"


_FAMILIES_WITHIN = {
    "at once": ("", ""),
    "chain of timers": ("setTimeout(() => setTimeout(() => Promise.resolve().then(() => { ", " }), 30), 30)"),
    "interval": ("let n = 0; const i = setInterval(() => { if (++n > 2) clearInterval(i); ", " }, 70)"),
    "ready": ("document.addEventListener('DOMContentLoaded', () => { ", " })"),
    "load": ("addEventListener('load', () => { ", " })"),
    "state": ("document.addEventListener('readystatechange', () => { if (document.readyState[0] === 'c') { ", " } })"),
    "promise": ("Promise.resolve().then(() => { ", " })"),
    "frame": ("requestAnimationFrame(() => requestAnimationFrame(() => { ", " }))"),
    "idle": ("requestIdleCallback(() => { ", " })"),
    "observer": (
        "new MutationObserver((_, o) => { o.disconnect(); ",
        " }).observe(e, {childList: true}); e.append('o')",
    ),
    "handler": ("e.onclick = () => { ", " }; e.click()"),
    "event": ("addEventListener('x-ID', () => { ", " }); dispatchEvent(new Event('x-ID'))"),
    "fetched": ("fetch('text.json').then(r => r.json()).then(j => { e.append(j.text); ", " })"),
    "fetched, missing": ("fetch('gone.json').then(r => r.json()).catch(() => { ", " })"),
    "requested": ("const x = new XMLHttpRequest(); x.open('GET', 'part.html'); x.onload = () => { ", " }; x.send()"),
    "script that is added": (
        "const s = document.createElement('script'); s.src = 'module.js?ID'; s.onerror = () => { ",
        " }; e.append(s)",
    ),
    "image": ("const i = new Image(); i.onerror = () => { ", " }; i.src = 'a.png'"),
    "template": ("const t = document.createElement('template'); t.innerHTML = '<p>t</p>'; e.append(t.content); ", ""),
    "message": ("addEventListener('message', (m) => { if (m.data === 'ID') { ", " } }); postMessage('ID', '*')"),
}
"""What a script does before and after an edit of its element."""
FAMILIES: dict[str, Callable[[random.Random], str]] = {
    **{name: _within(*around) for name, around in _FAMILIES_WITHIN.items()},
    "twice": lambda chance: _within("", "; ")(chance) + _within("if (e) { ", " }")(chance),
    "written": _written,
    "cloak": _joomla,
    "timer": _timed,
    "loaded": _loaded,
    "error": lambda chance: "<script>nothing()</script>" + _within("onerror = () => true; ", "")(chance),
    "hidden": lambda chance: (
        f"<div style='display: none'>{WORDS[:90]}<b id=ID-b>h</b></div>"
        "<script>document.getElementById('ID-b').parentNode.style.display = ''</script>"
    ),
}


def made(seed: int) -> tuple[bytes, list[str]]:
    """Return the page of a seed, and the families of its pieces."""
    chance = random.Random(seed)
    names = chance.choices(list(FAMILIES), k=chance.randint(1, 8))
    pieces = [
        f"<p id=e{n}>{WORDS[:40]}</p>" + FAMILIES[name](chance).replace("ID", f"e{n}") for n, name in enumerate(names)
    ]
    doctype = chance.choice(("<!DOCTYPE html>", "<!DOCTYPE html>", ""))
    page = f"{doctype}<title>T</title><body><p>{WORDS}</p>{''.join(pieces)}<p>end</p></body>"
    return page.encode(), names
