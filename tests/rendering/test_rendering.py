"""A page is rendered as the crawler of the corpus rendered it, and no page harms more than itself."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from contextlib import suppress
from pathlib import Path

import pytest

from harvester.cli import main
from harvester.errors import BudgetSpent, ConfigurationError, RenderingError
from harvester.rendering.browser import Browser
from harvester.rendering.program import browser_program
from harvester.rendering.rendered import PartAnswer, ToRender, VisitLimits
from harvester.rendering.visit import QUIET_MS, STEP_MS
from tests.rendering.oracle import ALL, RECORDED
from tests.rendering.pages import ADDRESS, ARCHIVED, PAGES, TIMESTAMP, URL, WORDS, archived, page

HTML = "text/html; charset=utf-8"


BY_THE_CRAWLER = json.loads(RECORDED.read_text(encoding="utf-8"))


def test_every_page_is_recorded() -> None:
    assert list(BY_THE_CRAWLER) == list(ALL), "run: python -m tests.rendering.oracle"


@pytest.mark.parametrize("name", ALL)
def test_a_page_is_the_one_that_the_crawler_stored(name: str, browser: Browser) -> None:
    rendered = browser.render(ToRender(ADDRESS, ALL[name], HTML), archived)
    assert rendered.html == BY_THE_CRAWLER[name]
    assert "never" not in rendered.html


def test_chromium_with_its_windows_leaves_the_same() -> None:
    """The browser of a user who has no headless shell."""
    pytest.importorskip("playwright")
    program = shutil.which("chromium")
    if program is None:
        assert not os.environ.get("CI"), "CI must have chromium"
        pytest.skip("no chromium on this machine: apt-get install chromium")
    with Browser(Path(program)) as browser:
        for name in ("relative", "a frame that speaks"):
            assert browser.render(ToRender(ADDRESS, ALL[name], HTML), archived).html == BY_THE_CRAWLER[name]


def test_a_page_is_drawn_at_each_step_of_its_clock(browser: Browser) -> None:
    """As the crawler's pages were: half a second of quiet has thirty frames, however fast its clock went."""
    body = page(
        "<p id=a></p><script>const a = document.getElementById('a'); let drawn = 0;"
        "const draw = () => { a.textContent = ++drawn; requestAnimationFrame(draw) }; requestAnimationFrame(draw);"
        "new IntersectionObserver(() => a.className = 'in-view').observe(a)</script>"
    )
    for _ in range(5):
        shown = browser.render(ToRender(ADDRESS, body, HTML), archived).html
        found = re.search(r'<p id="a" class="in-view">(\d+)</p>', shown)
        assert found is not None, shown
        assert int(found[1]) >= QUIET_MS / STEP_MS


def test_what_was_answered_missing_and_blocked_is_listed_once(browser: Browser) -> None:
    asked = []

    def answer(url: str, timestamp: str) -> PartAnswer | None:
        asked.append((url, timestamp))
        return ARCHIVED.get(url)

    scripts = "".join(f"<script src='{one}'></script>" for one in ["x.js", "x.js", "gone.js", "/x.js"])
    body = page(scripts + "<img src=a.png><script src='//other.example/x.js'></script>")
    rendered = browser.render(ToRender(ADDRESS, body, HTML), answer)
    before = ADDRESS.partition("page")[0]
    assert asked == [(f"http://host.example/dir/{one}", TIMESTAMP) for one in ("x.js", "gone.js")]
    assert rendered.answered == (f"{before}x.js",)
    assert rendered.missing == (f"{before}gone.js", "https://web.archive.org/x.js")
    assert rendered.blocked == ("https://other.example/x.js", f"{before}a.png")
    assert (rendered.url, rendered.timestamp) == (URL, TIMESTAMP)
    assert rendered.browser.split(".")[0].isdigit()


def test_a_page_that_sends_on_is_the_capture_to_which_it_led(browser: Browser) -> None:
    rendered = browser.render(ToRender(ADDRESS, PAGES["sends on"], HTML), archived)
    assert rendered.url == "http://host.example/dir/next.html"


def test_clock_time_zone_and_chance_are_those_of_the_capture(browser: Browser) -> None:
    body = page(
        "<script>document.write([new Date().toString(), Math.random(), crypto.randomUUID(),"
        "performance.now(), navigator.language].join('|'))</script>"
    )
    first, second = (browser.render(ToRender(ADDRESS, body, HTML), archived).html for _ in range(2))
    assert first == second
    assert "Sat Jun 26 2010 09:43:54 GMT+0000 (Coordinated Universal Time)|" in first
    assert "|en-US" in first


def test_the_clock_stands_while_an_answer_is_pending(browser: Browser) -> None:
    def slowly(url: str, timestamp: str) -> PartAnswer | None:
        time.sleep(0.7)  # longer than the page may rest
        return archived(url, timestamp)

    rendered = browser.render(ToRender(ADDRESS, PAGES["fetch of JSON"], HTML), slowly)
    assert "a notice as data" in rendered.html


def test_a_long_page_is_whole(browser: Browser) -> None:
    body = page(f"<p>{WORDS}</p>" * 1000 + "<script>document.write('the end')</script>")
    assert "the end" in browser.render(ToRender(ADDRESS, body, HTML), archived).html


HARMFUL = {
    "never-rests": "<script>setInterval(() => fetch('text.json?' + Date.now()), 400)</script>",
    "hangs": "<script>for (;;);</script>",
    "too-much-memory": "<script>const a = []; for (;;) a.push(new Uint8Array(1e7).fill(1))</script>",
    "sends-on": "<script>location.reload()</script>",
    "leaves": "<script>location = 'http://other.example/'</script>",
}


@pytest.mark.parametrize("reason", HARMFUL)
def test_a_page_that_does_not_end_has_a_reason_and_the_next_is_rendered(
    reason: str, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    harmful = ToRender(ADDRESS, page(HARMFUL[reason]), HTML)
    with monkeypatch.context() as impatient:
        if reason == "hangs":
            impatient.setattr(browser, "_limits", VisitLimits(seconds=2))
        with pytest.raises(RenderingError, match=r"^rendering https://web\.archive\.org/web/2010") as refused:
            browser.render(harmful, lambda url, _: PartAnswer(b"{}", "application/json"))
    assert refused.value.reason == reason
    assert "the next" in browser.render(ToRender(ADDRESS, page("<p>the next</p>"), HTML), archived).html


def test_a_download_is_no_page(browser: Browser) -> None:
    with pytest.raises(RenderingError) as refused:
        browser.render(ToRender(ADDRESS, b"\x00\x01", "application/octet-stream"), archived)
    assert refused.value.reason == "downloads"


def test_a_page_that_asks_for_many_addresses_gets_no_more_than_the_limit(browser: Browser) -> None:
    asked = []

    def answer(url: str, _: str) -> None:
        asked.append(url)

    scripts = "".join(f"<script async src='{n}.js'></script>" for n in range(70))
    rendered = browser.render(ToRender(ADDRESS, page(scripts), HTML), answer)
    assert len(set(asked)) == len(asked) == 60
    assert len(rendered.blocked) == 10


def test_what_the_answers_raise_ends_the_page(browser: Browser) -> None:
    def answer(url: str, timestamp: str) -> PartAnswer | None:
        raise BudgetSpent("no more requests")

    with pytest.raises(BudgetSpent):
        browser.render(ToRender(ADDRESS, PAGES["relative"], HTML), answer)


def test_a_browser_that_is_not_there_is_named() -> None:
    with pytest.raises(ConfigurationError, match="browser: /nowhere/chromium is no program"):
        browser_program("/nowhere/chromium")


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harvester.rendering.program.installed", lambda: False)
    with pytest.raises(ConfigurationError, match=r"pip install 'harvester\[browser\]'"):
        browser_program()


def test_clean_renders_a_page_with_what_a_folder_has(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("playwright")
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "x").write_bytes(b"document.write('<p>written by the script of that day</p>')")
    rows = [("http://host.example/dir/x.js", "20100601000000", "text/javascript")]
    fields = ("url", "timestamp", "mimetype")
    lines = [json.dumps({**dict(zip(fields, row, strict=True)), "status": 200, "file": "x"}) for row in rows]
    (folder / "captures.jsonl").write_text("\n".join(lines))
    (tmp_path / "page.html").write_bytes(PAGES["relative"])
    options = ["--url", URL, "--timestamp", TIMESTAMP, "--domain", "host.example"]

    def cleaned(*more: str) -> str:
        with suppress(SystemExit):
            main(["clean", str(tmp_path / "page.html"), *options, *more])
        return capsys.readouterr().out

    written = "written by the script of that day"
    assert written not in cleaned()
    assert written not in cleaned("--render")
    assert written in cleaned("--render", "--captures", str(folder))
