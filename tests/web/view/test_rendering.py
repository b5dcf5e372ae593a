"""A policy as HTML: its headings, labels, lists and rows."""

from __future__ import annotations

import pytest

from harvester.web.view.rendering import policy, reason


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("# Privacy", '<h2 dir="auto">Privacy</h2>'),
        ("### Cookies", '<h4 dir="auto">Cookies</h4>'),
        ("###### Small", '<h6 dir="auto">Small</h6>'),
        ("## 3. Rights", '<h3 dir="auto"><span class="label">3.</span> Rights</h3>'),
        ("  * names", '<ul>\n<li dir="auto">names</li>\n</ul>'),
        ("> We care.", '<blockquote dir="auto">We care.</blockquote>'),
        ("a | b\n---|---\nc | d", "<td>a</td><td>b</td>"),
    ],
)
def test_a_block_is_shown_as_what_it_is(markdown: str, shown: str) -> None:
    assert shown in policy(markdown)


def test_an_inner_item_has_its_level_and_a_numbered_one_its_number() -> None:
    shown = policy("  * outer\n    * inner\n\n  2. second")
    assert '<li class="level-2" dir="auto">inner</li>' in shown
    assert '<li class="numbered" dir="auto"><span class="label">2.</span> second</li>' in shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("only the hosts of links", "only the hosts of links"),
        ('altered: "30 ימים" -> "<b>"', "altered: <bdi>&#34;30 ימים&#34;</bdi> → <bdi>&#34;&lt;b&gt;&#34;</bdi>"),
        ("only the date: none -> 1 مايو", "only the date: <bdi>none</bdi> → <bdi>1 مايو</bdi>"),
    ],
)
def test_a_reason_quotes_each_text_in_its_own_direction(said: str, shown: str) -> None:
    assert reason(said) == shown
