"""The formats that a change is shown in."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from harvester.diffing import compare
from harvester.diffing.render import html_inline, html_side_by_side, markdown, terminal, to_json, unified
from tests.support.diffing.texts import pairs

SECTIONS = "\n\n".join(f"## Section {n}\n\nWords of section {n}, first.\n\nMore of section {n}." for n in range(9))


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not installed")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs())
def test_patch_makes_the_new_text_of_a_unified_diff(tmp_path: Path, pair: tuple[str, str]) -> None:
    old, new = (text.replace("\r", "").replace("\0", "") for text in pair)
    patch, target, result = tmp_path / "diff.patch", tmp_path / "old", tmp_path / "new"
    patch.write_text(unified(compare(old, new), "old", "new"), "utf-8", newline="")
    target.write_text(old, "utf-8", newline="")
    result.unlink(missing_ok=True)
    if old == new:
        assert patch.read_bytes() == b""
        return
    command = ["patch", "--batch", "--silent", "--fuzz=0", "-o", str(result), str(target), str(patch)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (result.read_bytes() if result.exists() else b"") == new.encode()


def test_a_unified_diff_shows_three_lines_around_a_change() -> None:
    lines = unified(
        compare(SECTIONS, SECTIONS.replace("More of section 4", "All of section 4")), "a b", "c"
    ).splitlines()
    assert lines[:3] == ["--- a b", "+++ c", "@@ -26,7 +26,7 @@"]
    assert [line[0] for line in lines[3:]] == [" ", " ", " ", "-", "+", " ", " ", " "]


def test_unchanged_blocks_are_folded_but_for_their_heading_and_one_beside_a_change() -> None:
    diff = compare(SECTIONS, SECTIONS.replace("More of section 4", "All of section 4"))
    fragment = html_inline(diff, only_changes=True)
    assert re.findall(r"\d+ paragraphs? unchanged", fragment) == ["12 paragraphs unchanged", "11 paragraphs unchanged"]
    assert "Section 4</h2>" in re.sub(r"<span[^>]*>|</span>", "", fragment)
    assert "Section 3" not in re.sub(r"<span[^>]*>|</span>", "", fragment)
    assert "unchanged" not in html_inline(diff)


def test_html_escapes_the_texts_and_never_links_to_a_script() -> None:
    old = "We <b>keep</b> [data](javascript:alert(1)) & more."
    new = 'We <script>keep</script> [data](http://x.org/"onclick=1) & [more](mailto:a@b.org).'
    for fragment in (html_inline(compare(old, new)), html_side_by_side(compare(old, new))):
        assert "<script" not in fragment
        assert "<b>" not in fragment
        assert 'href="javascript' not in fragment
        assert 'href="mailto:a@b.org"' in fragment
        assert 'onclick="' not in fragment


def test_a_moved_block_is_linked_with_its_other_place() -> None:
    blocks = [f"Paragraph number {n} is about subject {n} and nothing else at all." for n in range(6)]
    diff = compare("\n\n".join(blocks), "\n\n".join([*blocks[1:], blocks[0]]))
    for fragment in (html_inline(diff), html_side_by_side(diff)):
        assert 'id="moved-5"' in fragment
        assert 'href="#moved-5"' in fragment
        assert 'id="moved-5-from"' in fragment
        assert 'href="#moved-5-from"' in fragment


def test_a_table_keeps_its_cells() -> None:
    old = "Purpose | Kept\n---|---\nBilling | 6 years\n"
    assert "<td>Billing</td><td><del>6</del> <ins>10</ins> years</td>" in html_inline(
        compare(old, old.replace("6", "10"))
    )


def test_a_policy_cannot_steer_the_terminal() -> None:
    shown = terminal(compare("Old words.", "New \x1b]0;title\x07 words \x1b[2J here.\u202e"))
    assert set(re.findall("\x1b[^m]*m", shown)) <= {"\x1b[0m", "\x1b[9;31m", "\x1b[4;32m", "\x1b[2;36m"}
    assert "\x07" not in shown
    assert "\u202e" not in shown


def test_markdown_marks_words_and_escapes_the_marks_of_the_text() -> None:
    assert markdown(compare("We keep 2 * 3 data.", "We keep 2 * 3 of your data.")) == (
        "We keep 2 \\* 3 **of your** data.\n"
    )
    assert markdown(compare("same", "**same**")) == ""


def test_json_holds_marked_words_links_and_numbers() -> None:
    old = "## 1. Cookies\n\nSee [this](http://a.org) page."
    new = "## 2. Cookies\n\nSee [this](http://b.org) new page."
    data = json.loads(json.dumps(to_json(compare(old, new))))
    assert data["operations"][0]["renumbered"] == ["1.", "2."]
    assert data["operations"][1]["links"] == [{"text": "this", "old": "http://a.org", "new": "http://b.org"}]
    assert data["operations"][1]["blocks"][0]["words"] == [["same", "See this"], ["added", "new"], ["same", "page."]]
    assert (data["kind"], data["words_added"], data["words_removed"]) == ("substantive", 1, 0)
