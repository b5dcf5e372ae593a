"""Pages with scripts, made at random: what `harvester.rendering` leaves against the crawler's own steps.

    python -m bench.scripted_fuzz                        200 pages from seed 0
    python -m bench.scripted_fuzz --pages 5000 --seed 7  (two cores: about a second of each a page)

A page holds one to eight pieces, each with an element of its own, so that only what scripts do is compared and not
which of two answers came first. Where the crawler gives something else the second time, its own clock decides: such a
page counts as unsteady. Prints each family of pieces that differs, and the seeds.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable

from harvester.errors import RenderingError
from harvester.rendering.browser import Browser
from harvester.rendering.program import browser_program
from harvester.rendering.rendered import ToRender
from tests.rendering.oracle import shown_by_the_crawler
from tests.rendering.pages import ADDRESS, WORDS, archived

HTML = "text/html; charset=utf-8"
_BATCH = 24
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


def differing(browser: Browser, seeds: range) -> tuple[list[int], list[int]]:
    """Return the seeds whose pages differ from the crawler's, and those of which the crawler makes two things."""
    pages = {str(seed): made(seed)[0] for seed in seeds}
    theirs = shown_by_the_crawler(pages)
    ours = {}
    for name, body in pages.items():
        try:
            ours[name] = browser.render(ToRender(ADDRESS, body, HTML), archived).html
        except RenderingError as error:
            ours[name] = error.reason
    doubtful = {name: body for name, body in pages.items() if ours[name] != theirs[name]}
    again = shown_by_the_crawler(doubtful) if doubtful else {}
    steady = [int(name) for name in doubtful if again[name] == theirs[name]]
    unsteady = [int(name) for name in doubtful if again[name] != theirs[name]]
    return steady, unsteady


def main() -> None:
    """Compare, and print the figures."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--pages", type=int, default=200)
    asked.add_argument("--seed", type=int, default=0)
    options = asked.parse_args()
    families: Counter[str] = Counter()
    found: list[int] = []
    unsteady: list[int] = []
    began, done = time.monotonic(), 0
    with Browser(browser_program()) as browser:
        for start in range(options.seed, options.seed + options.pages, _BATCH):
            seeds = range(start, min(start + _BATCH, options.seed + options.pages))
            differ, doubtful = differing(browser, seeds)
            found, unsteady, done = found + differ, unsteady + doubtful, done + len(seeds)
            for seed in differ:
                families.update(set(made(seed)[1]))
                print(f"differs: {seed} {made(seed)[1]}", flush=True)
            print(
                f"{done} pages in {time.monotonic() - began:.0f} s, {len(found)} differ, {len(unsteady)} unsteady",
                flush=True,
            )
    print(f"families of those that differ: {dict(families.most_common())}")
    print(f"unsteady: {unsteady}")


if __name__ == "__main__":
    main()
