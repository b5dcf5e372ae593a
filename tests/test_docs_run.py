"""The pages that walk a reader through commands and programs: every block is run, in order, over the sample."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.docs_blocks import blocks, run
from tests.support.paths import ROOT, SAMPLE


@pytest.mark.parametrize(
    "page",
    [
        "search.md",
        "research.md",
        "python-api.md",
        "tutorials/journalist.md",
        "tutorials/researcher.md",
        "tutorials/operator.md",
    ],
)
def test_every_block_of_the_page_does_what_the_page_says(
    page: str, sample_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = sample_copy.parent
    (home / "config").mkdir()
    shutil.copy(SAMPLE / "services.toml", home / "config")
    monkeypatch.chdir(home)
    assert run(ROOT / "docs" / page) >= 4
    if page == "research.md":
        for name in ("terms", "words", "grade", "changes"):
            assert (home / f"{name}.svg").read_text(encoding="utf-8").startswith("<svg ")


def test_a_page_that_says_what_is_not_so_fails(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```python\nprint(1)\n```\n\n```text\n2\n```\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="printed:\n1"):
        run(page)
    page.write_text("Text.\n\n```python\nraise ValueError('x')\n```\n", encoding="utf-8")
    with pytest.raises(ValueError, match="x") as caught:
        run(page)
    assert caught.value.__notes__ == ["in page.md, line 3"]


def test_the_blocks_of_a_page_are_found_with_what_they_print() -> None:
    page = "```sh\na\n```\n\n```text\nb\n```\nwords\n```text\nc\n```\n```python\nd\n```\n"
    assert [(one.language, one.code, one.line, one.printed) for one in blocks(page)] == [
        ("sh", "a\n", 1, "b\n"),
        ("python", "d\n", 12, None),
    ]
